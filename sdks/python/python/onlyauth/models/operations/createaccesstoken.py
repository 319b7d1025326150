"""createAccessToken."""

from __future__ import annotations

import dataclasses
from typing import Optional

from ..model import Model
from .response import OperationResponse


@dataclasses.dataclass(repr=False)
class CreateAccessTokenRequestBody(Model):
    """Who is to log in, at which app, and where the browser goes afterwards. All fields are
    required."""

    hidden = frozenset({"end_user_phone_number", "end_user_uuid"})

    app_id: str
    """The app, `APPX-…`."""
    client_id: str
    """The client that the secret belongs to, `CLNT-…`."""
    end_user_phone_number: str
    """The end user's number in E.164, such as `+14155552671`."""
    end_user_uuid: str
    """Your name for the end user, any text of 1 to 255 bytes."""
    redirect_uri: str
    """Where the browser returns to with the success token."""
    language: str
    """BCP 47 tag of the language of the widget and its messages, in any case: `en-US`."""
    region: str
    """The region that serves the widget, such as `us-1`."""


@dataclasses.dataclass(repr=False)
class CreateAccessTokenResponseBody(Model):
    """The token for the widget."""

    hidden = frozenset({"token"})

    token: Optional[str] = None
    """A JWT for the widget's address. It starts one login, within five minutes by default."""
    language: Optional[str] = None
    """The language that the end user will see: the nearest to yours that the server has texts
    in."""


@dataclasses.dataclass
class CreateAccessTokenResponse(OperationResponse):
    """The answer of createAccessToken."""

    object: Optional[CreateAccessTokenResponseBody] = None
    """The token for the widget."""
