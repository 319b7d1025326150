"""How a client identifies itself."""

from __future__ import annotations

import dataclasses
from typing import Optional

from ..model import Model


@dataclasses.dataclass(repr=False)
class Security(Model):
    """The API secret of a client."""

    hidden = frozenset({"bearer_auth"})

    bearer_auth: Optional[str] = None
    """The secret, with or without the scheme `Bearer` before it; None sends none."""
