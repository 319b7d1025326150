"""A login, and what happened in it."""

from __future__ import annotations

import dataclasses
from typing import List, Optional

from ..model import Model


@dataclasses.dataclass
class Action(Model):
    """A login, from the end user's first step to its end."""

    id: str
    """Its id, `ACTN-…`: the `jti` of its access token."""
    app_id: str
    """The app, `APPX-…`."""
    mode: str
    """`sandbox` or `live`, as the app was."""
    status: str
    """`open`, `passed`, `cancelled` or `expired`."""
    channels: List[str]
    """The channels that passed, in order; empty before."""
    country: str
    """The country of the phone number, ISO 3166-1."""
    phone_changed: bool
    """Whether the end user last passed with another number."""
    created_at: int
    """When it began, in Unix seconds."""
    expires_at: int
    """The moment from which it is over, in Unix seconds."""
    purpose: Optional[str] = None
    """`login`, or `factors` where they looked after them; None from a server that tells none."""
    user_id: Optional[str] = None
    """The end user, `USER-…`; None until they passed for the first time."""
    ended_at: Optional[int] = None
    """When it passed or was cancelled, in Unix seconds; None before, and where time ran out."""


@dataclasses.dataclass
class TimeLineEntry(Model):
    """Something that happened in a login."""

    at: int
    """When, in Unix seconds."""
    what: str
    """What, one of a closed set of words, such as `judged`."""
    detail: str
    """The same for people, in English."""
    channel: Optional[str] = None
    """By which channel, such as `sms`; None where it is about none."""
    why: Optional[str] = None
    """Why, or how it was found, such as `wrong`; None where there is nothing to say."""
