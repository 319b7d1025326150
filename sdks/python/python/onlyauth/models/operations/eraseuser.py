"""eraseUser."""

from __future__ import annotations

import dataclasses
from typing import Optional

from ..model import Model
from .response import OperationResponse


@dataclasses.dataclass
class EraseUserRequest(Model):
    """Who is erased."""

    user_id: str
    """The end user, `USER-…`."""
    client_id: str
    """The client that the secret belongs to, `CLNT-…`."""


@dataclasses.dataclass
class EraseUserResponseBody(Model):
    """Nobody any more."""


@dataclasses.dataclass
class EraseUserResponse(OperationResponse):
    """The answer of eraseUser."""

    object: Optional[EraseUserResponseBody] = None
    """Nobody any more."""
