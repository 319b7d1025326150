"""forgetTrustedDevice."""

from __future__ import annotations

import dataclasses
from typing import Optional

from ..components import User
from ..model import Model
from .response import OperationResponse


@dataclasses.dataclass
class ForgetTrustedDeviceRequest(Model):
    """Which device is forgotten, and whose it is."""

    user_id: str
    """The end user, `USER-…`."""
    device_id: str
    """One of their trusted devices, `DEVC-…`."""
    client_id: str
    """The client that the secret belongs to, `CLNT-…`."""


@dataclasses.dataclass
class ForgetTrustedDeviceResponseBody(Model):
    """The end user, without the device."""

    user: Optional[User] = None
    """The end user."""


@dataclasses.dataclass
class ForgetTrustedDeviceResponse(OperationResponse):
    """The answer of forgetTrustedDevice."""

    object: Optional[ForgetTrustedDeviceResponseBody] = None
    """The end user, without the device."""
