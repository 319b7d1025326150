"""listAuditEntries."""

from __future__ import annotations

import dataclasses
from typing import List, Optional

from ..components import AuditEntry
from ..model import Model
from .response import OperationResponse


@dataclasses.dataclass
class ListAuditEntriesRequest(Model):
    """Which entries are asked for."""

    client_id: str
    """The client that the secret belongs to, `CLNT-…`."""
    user_id: Optional[str] = None
    """Only what was done to this end user, `USER-…`, who may be erased meanwhile."""
    since: Optional[int] = None
    """Only what was done at this moment or later, in Unix seconds."""
    limit: Optional[int] = None
    """At most so many, 1 to 100."""
    cursor: Optional[str] = None
    """`next_cursor` of the page before."""


@dataclasses.dataclass
class ListAuditEntriesResponseBody(Model):
    """Some entries of the audit, newest first."""

    entries: Optional[List[AuditEntry]] = None
    """The entries."""
    next_cursor: Optional[str] = None
    """What to ask for the next page with; None at the end."""


@dataclasses.dataclass
class ListAuditEntriesResponse(OperationResponse):
    """The answer of listAuditEntries."""

    object: Optional[ListAuditEntriesResponseBody] = None
    """The entries."""
