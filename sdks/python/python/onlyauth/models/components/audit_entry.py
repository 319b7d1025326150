"""An entry of the audit."""

from __future__ import annotations

import dataclasses
from typing import Optional

from ..model import Model


@dataclasses.dataclass
class AuditEntry(Model):
    """Something that was done to an end user's ways in. Nothing personal is in it."""

    id: str
    """Its id, `AUDT-…`."""
    created_at: int
    """When, in Unix seconds."""
    deed: str
    """What, such as `factor_removed`."""
    actor: str
    """By whom: `end_user`, `backend` or `operator`."""
    user_id: str
    """To this end user, `USER-…`, who may be erased meanwhile."""
    app_id: str
    """In this app, which may be gone meanwhile."""
    mode: str
    """`sandbox` or `live`."""
    detail: Optional[str] = None
    """Which factor, device or channel, or the reason of a reset; None where there is no more."""
