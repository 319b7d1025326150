"""getUserById."""

from __future__ import annotations

import dataclasses
from typing import Optional

from ..components import User
from ..model import Model
from .response import OperationResponse


@dataclasses.dataclass
class GetUserByIDRequest(Model):
    """Who is asked for."""

    user_id: str
    """The end user, `USER-…`."""
    client_id: str
    """The client that the secret belongs to, `CLNT-…`."""


@dataclasses.dataclass
class GetUserByIDResponseBody(Model):
    """The end user."""

    user: Optional[User] = None
    """The end user."""


@dataclasses.dataclass
class GetUserByIDResponse(OperationResponse):
    """The answer of getUserById."""

    object: Optional[GetUserByIDResponseBody] = None
    """The end user."""
