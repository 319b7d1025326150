"""removeFactor."""

from __future__ import annotations

import dataclasses
from typing import Optional

from ..components import User
from ..model import Model
from .response import OperationResponse


@dataclasses.dataclass
class RemoveFactorRequest(Model):
    """What is removed, and whose it is."""

    user_id: str
    """The end user, `USER-…`."""
    factor_id: str
    """One of their factors, `FCTR-…`."""
    client_id: str
    """The client that the secret belongs to, `CLNT-…`."""


@dataclasses.dataclass
class RemoveFactorResponseBody(Model):
    """The end user, without the factor."""

    user: Optional[User] = None
    """The end user."""


@dataclasses.dataclass
class RemoveFactorResponse(OperationResponse):
    """The answer of removeFactor."""

    object: Optional[RemoveFactorResponseBody] = None
    """The end user, without the factor."""
