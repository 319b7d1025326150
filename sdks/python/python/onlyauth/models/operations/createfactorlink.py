"""createFactorLink."""

from __future__ import annotations

import dataclasses
from typing import Optional

from ..model import Model
from .response import OperationResponse


@dataclasses.dataclass(repr=False)
class CreateFactorLinkRequestBody(Model):
    """Whose factors, at which app, and where the browser goes afterwards. All fields are
    required."""

    hidden = frozenset({"end_user_phone_number", "end_user_uuid"})

    app_id: str
    """The app, `APPX-…`."""
    client_id: str
    """The client that the secret belongs to, `CLNT-…`."""
    end_user_phone_number: str
    """The end user's number in E.164, such as `+14155552671`."""
    end_user_uuid: str
    """Your name for the end user, from your own session and never from the browser."""
    redirect_uri: str
    """Where 'Done' leads back to."""
    language: str
    """BCP 47 tag of the language of the page and its messages, in any case: `en-US`."""
    region: str
    """The region that serves the page, such as `us-1`."""


@dataclasses.dataclass(repr=False)
class CreateFactorLinkResponseBody(Model):
    """The link."""

    hidden = frozenset({"url"})

    url: Optional[str] = None
    """The page's address, with a token in it. Send the end user's browser there: it opens once."""
    expires_at: Optional[int] = None
    """From this moment on it opens nothing, Unix seconds."""


@dataclasses.dataclass
class CreateFactorLinkResponse(OperationResponse):
    """The answer of createFactorLink."""

    object: Optional[CreateFactorLinkResponseBody] = None
    """The link."""
