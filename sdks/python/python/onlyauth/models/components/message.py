"""A message in the sandbox's inbox."""

from __future__ import annotations

import dataclasses

from ..model import Model


@dataclasses.dataclass(repr=False)
class Message(Model):
    """A message that a live app would have sent."""

    hidden = frozenset({"body", "code", "end_user_phone_number", "end_user_uuid"})

    id: str
    """The message, `MESG-…`."""
    channel: str
    """How it would have been sent: `sms`, `voice` or `whatsapp`."""
    end_user_phone_number: str
    """To whom, in E.164."""
    end_user_uuid: str
    """To whom, in your words."""
    body: str
    """The whole text."""
    code: str
    """The code in it; empty in a notice."""
    created_at: int
    """When it arrived, in Unix seconds."""
    kind: str = "code"
    """`code`, or `notice`: that the ways into an account changed."""
