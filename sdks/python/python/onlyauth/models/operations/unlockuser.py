"""unlockUser."""

from __future__ import annotations

import dataclasses
from typing import Optional

from ..components import User
from ..model import Model
from .response import OperationResponse


@dataclasses.dataclass
class UnlockUserRequest(Model):
    """Who is let in again."""

    user_id: str
    """The end user, `USER-…`."""
    client_id: str
    """The client that the secret belongs to, `CLNT-…`."""


@dataclasses.dataclass
class UnlockUserResponseBody(Model):
    """The end user, without failures."""

    user: Optional[User] = None
    """The end user."""


@dataclasses.dataclass
class UnlockUserResponse(OperationResponse):
    """The answer of unlockUser."""

    object: Optional[UnlockUserResponseBody] = None
    """The end user, without failures."""
