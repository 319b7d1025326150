"""A browser that an end user trusts."""

from __future__ import annotations

import dataclasses
from typing import List, Optional

from ..model import Model


@dataclasses.dataclass
class TrustedDevice(Model):
    """A browser that an end user chose to trust."""

    id: str
    """Its id, `DEVC-…`."""
    created_at: int
    """When it was first trusted, in Unix seconds."""
    expires_at: int
    """The moment from which it is not trusted any more, in Unix seconds."""
    counts: bool
    """Whether it would let them in now, from the same country and with the number that is known."""
    doubts: List[str]
    """Why it would not, such as `factors_changed`."""
    last_used_at: Optional[int] = None
    """When it last stood in for a challenge, in Unix seconds; None where it never did."""
    country: Optional[str] = None
    """Where it was when it was last trusted, such as `DE`; None where no proxy said it."""
