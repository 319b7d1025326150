"""validateSuccessToken."""

from __future__ import annotations

import dataclasses
from typing import List, Optional

from ..model import Model
from .response import OperationResponse


@dataclasses.dataclass(repr=False)
class ValidateSuccessTokenRequest(Model):
    """A success token, and of whom it should be."""

    hidden = frozenset({"token", "end_user_uuid"})

    app_id: str
    """The app, `APPX-…`."""
    client_id: str
    """The client that the secret belongs to, `CLNT-…`."""
    token: str
    """The success token that came with the browser, `TOKN-…`."""
    end_user_uuid: Optional[str] = None
    """The end user whose login this is: a token of somebody else is refused, and stays unused."""


@dataclasses.dataclass(repr=False)
class ValidateSuccessTokenResponseBody(Model):
    """What a success token proves."""

    hidden = frozenset({"token", "end_user_uuid", "end_user_phone_number"})

    token: Optional[str] = None
    """The token as given."""
    end_user_uuid: Optional[str] = None
    """Your name for the end user. Unless you named one in the request, compare it with the login
    you had in mind."""
    end_user_phone_number: Optional[str] = None
    """The end user's number, in E.164."""
    action_id: Optional[str] = None
    """The login, `ACTN-…`."""
    app_id: Optional[str] = None
    """The app, `APPX-…`."""
    channels: Optional[List[str]] = None
    """The channels that passed, in order; `trusted_device` alone where one stood in."""
    channel: Optional[str] = None
    """The last of them."""
    amr: Optional[List[str]] = None
    """Authentication method references (RFC 8176), such as `["sms", "otp"]`; empty for a trusted
    device."""
    timestamp: Optional[int] = None
    """When the login passed, in Unix seconds."""
    phone_changed: Optional[bool] = None
    """Whether a known end user passed with another phone than the last time."""


@dataclasses.dataclass
class ValidateSuccessTokenResponse(OperationResponse):
    """The answer of validateSuccessToken."""

    object: Optional[ValidateSuccessTokenResponseBody] = None
    """What the token proves."""
