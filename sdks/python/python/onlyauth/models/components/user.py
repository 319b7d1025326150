"""An end user."""

from __future__ import annotations

import dataclasses
from typing import List, Optional

from ..model import Model
from .trusted_device import TrustedDevice


@dataclasses.dataclass(repr=False)
class Factor(Model):
    """Something that an end user enrolled."""

    hidden = frozenset({"name"})

    id: str
    """Its id, `FCTR-…`."""
    channel: str
    """By which channel it proves, such as `totp`."""
    created_at: int
    """When it was enrolled, in Unix seconds."""
    name: Optional[str] = None
    """What the end user calls it; None where it has no name."""
    last_used_at: Optional[int] = None
    """When it last passed, in Unix seconds; None where it never did."""


@dataclasses.dataclass
class FailedChannel(Model):
    """A channel on which an end user failed since they last passed by it."""

    channel: str
    """Which, such as `sms`."""
    failures: int
    """How often in a row."""
    locked: bool
    """Whether it is locked now."""
    locked_until: Optional[int] = None
    """When the lock ends by itself, in Unix seconds; None where there is none, or no end."""


@dataclasses.dataclass(repr=False)
class User(Model):
    """An end user: who passed at least once, or was brought along from another system."""

    hidden = frozenset({"end_user_uuid"})

    id: str
    """The server's name for them, `USER-…`, which addresses may hold."""
    app_id: str
    """The app that they are an end user of, `APPX-…`."""
    mode: str
    """`sandbox` or `live`: the two know nothing of each other."""
    created_at: int
    """When they became known, in Unix seconds."""
    factors: List[Factor]
    """What they enrolled beside a phone, oldest first."""
    failures: List[FailedChannel]
    """Channels with failures in a row."""
    end_user_uuid: Optional[str] = None
    """Your name for them; None from a server that does not tell it."""
    backup_codes: Optional[int] = None
    """Backup codes that they have left; None from a server that does not tell it."""
    trusted_devices: Optional[List[TrustedDevice]] = None
    """Browsers that they trust, oldest first; None from a server that does not tell it."""
    masked_phone_number: Optional[str] = None
    """The number that last passed, all but its last digits hidden; None where none did."""
    last_passed_at: Optional[int] = None
    """When they last passed, in Unix seconds; None where they never did."""
    last_channel: Optional[str] = None
    """By which channel, such as `sms`."""
