"""Everything that is known of an end user."""

from __future__ import annotations

import dataclasses
from typing import Optional

from ..model import Model


@dataclasses.dataclass(repr=False)
class ExportedFactor(Model):
    """Something that an end user enrolled, without its secret."""

    hidden = frozenset({"name"})

    id: str
    """Its id, `FCTR-…`."""
    channel: str
    """By which channel it proves, such as `webauthn`."""
    created_at: int
    """When it was enrolled, in Unix seconds."""
    name: Optional[str] = None
    """What the end user calls it; None where it has no name."""
    rp_id: Optional[str] = None
    """The site that a passkey belongs to; None for others."""
    last_used_at: Optional[int] = None
    """When it last passed, in Unix seconds; None where it never did."""


@dataclasses.dataclass(repr=False)
class ExportedAction(Model):
    """A login of an end user."""

    hidden = frozenset({"end_user_phone_number", "redirect_uri"})

    id: str
    """Its id, `ACTN-…`."""
    status: str
    """`open`, `passed`, `cancelled` or, when its time ran out, `expired`."""
    end_user_phone_number: str
    """The number that it was for, E.164."""
    redirect_uri: str
    """Where it led home."""
    language: str
    """The language of its pages and messages."""
    created_at: int
    """When it began, in Unix seconds."""
    ended_at: Optional[int] = None
    """When it passed or was given up, in Unix seconds; None otherwise."""


@dataclasses.dataclass
class ExportedMessage(Model):
    """A message to an end user, without its text."""

    id: str
    """Its id, `MESG-…`."""
    action_id: str
    """In this login, `ACTN-…`."""
    channel: str
    """How it travelled, such as `sms`."""
    status: str
    """`pending`, `sending`, `sent`, `delivered`, `failed` or `unknown`."""
    created_at: int
    """When it was asked for, in Unix seconds."""
    reason: Optional[str] = None
    """Why it failed, or why nobody knows; None otherwise."""
    sent_at: Optional[int] = None
    """When a provider took it, in Unix seconds; None where none did."""
