"""forgetTrustedDevices."""

from __future__ import annotations

import dataclasses
from typing import Optional

from ..components import User
from ..model import Model
from .response import OperationResponse


@dataclasses.dataclass
class ForgetTrustedDevicesRequest(Model):
    """Whose devices are forgotten."""

    user_id: str
    """The end user, `USER-…`."""
    client_id: str
    """The client that the secret belongs to, `CLNT-…`."""


@dataclasses.dataclass
class ForgetTrustedDevicesResponseBody(Model):
    """The end user, who trusts no device."""

    user: Optional[User] = None
    """The end user."""


@dataclasses.dataclass
class ForgetTrustedDevicesResponse(OperationResponse):
    """The answer of forgetTrustedDevices."""

    object: Optional[ForgetTrustedDevicesResponseBody] = None
    """The end user, who trusts no device."""
