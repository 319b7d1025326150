"""resetUser."""

from __future__ import annotations

import dataclasses
from typing import Optional

from ..components import User
from ..model import Model
from .response import OperationResponse


@dataclasses.dataclass
class ResetUserRequest(Model):
    """Who begins anew."""

    user_id: str
    """The end user, `USER-…`."""
    client_id: str
    """The client that the secret belongs to, `CLNT-…`."""
    reason: str
    """Why, in words: 1 to 200 characters."""


@dataclasses.dataclass
class ResetUserResponseBody(Model):
    """The end user, with nothing enrolled."""

    user: Optional[User] = None
    """The end user."""


@dataclasses.dataclass
class ResetUserResponse(OperationResponse):
    """The answer of resetUser."""

    object: Optional[ResetUserResponseBody] = None
    """The end user, with nothing enrolled."""
