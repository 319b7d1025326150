"""findUser."""

from __future__ import annotations

import dataclasses
from typing import Optional

from ..components import User
from ..model import Model
from .response import OperationResponse


@dataclasses.dataclass(repr=False)
class FindUserRequest(Model):
    """Whom to find."""

    hidden = frozenset({"end_user_uuid"})

    app_id: str
    """The app, `APPX-…`."""
    client_id: str
    """The client that the secret belongs to, `CLNT-…`."""
    end_user_uuid: str
    """Your name for the end user."""
    mode: Optional[str] = None
    """`sandbox` or `live`; without it, as the app is."""


@dataclasses.dataclass
class FindUserResponseBody(Model):
    """The end user that was found."""

    user: Optional[User] = None
    """The end user."""


@dataclasses.dataclass
class FindUserResponse(OperationResponse):
    """The answer of findUser."""

    object: Optional[FindUserResponseBody] = None
    """The end user that was found."""
