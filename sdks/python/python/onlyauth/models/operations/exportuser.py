"""exportUser."""

from __future__ import annotations

import dataclasses
from typing import List, Optional

from ..components import (
    AuditEntry,
    ExportedAction,
    ExportedFactor,
    ExportedMessage,
    FailedChannel,
    TrustedDevice,
)
from ..model import Model
from .response import OperationResponse


@dataclasses.dataclass
class ExportUserRequest(Model):
    """Who is exported."""

    user_id: str
    """The end user, `USER-…`."""
    client_id: str
    """The client that the secret belongs to, `CLNT-…`."""


@dataclasses.dataclass(repr=False)
class ExportUserResponseBody(Model):
    """Everything that is known of an end user."""

    hidden = frozenset({"end_user_uuid", "end_user_phone_number"})

    id: Optional[str] = None
    """The server's name for them, `USER-…`."""
    app_id: Optional[str] = None
    """The app that they are an end user of, `APPX-…`."""
    mode: Optional[str] = None
    """`sandbox` or `live`."""
    end_user_uuid: Optional[str] = None
    """Your name for them."""
    end_user_phone_number: Optional[str] = None
    """The number that last passed, E.164; None where none did."""
    created_at: Optional[int] = None
    """When they became known, in Unix seconds."""
    last_passed_at: Optional[int] = None
    """When they last passed, in Unix seconds; None where they never did."""
    last_channel: Optional[str] = None
    """By which channel, such as `sms`."""
    factors: Optional[List[ExportedFactor]] = None
    """What they enrolled beside a phone, oldest first."""
    backup_codes: Optional[int] = None
    """Backup codes that they have left."""
    trusted_devices: Optional[List[TrustedDevice]] = None
    """Browsers that they trust, oldest first."""
    failures: Optional[List[FailedChannel]] = None
    """Channels with failures in a row."""
    actions: Optional[List[ExportedAction]] = None
    """Their logins that are still kept, oldest first."""
    messages: Optional[List[ExportedMessage]] = None
    """The messages in them."""
    audit: Optional[List[AuditEntry]] = None
    """What was done to their ways in, newest first, as far as it is still kept."""


@dataclasses.dataclass
class ExportUserResponse(OperationResponse):
    """The answer of exportUser."""

    object: Optional[ExportUserResponseBody] = None
    """Everything that is known of an end user."""
