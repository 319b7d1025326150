"""listActions."""

from __future__ import annotations

import dataclasses
from typing import List, Optional

from ..components import Action
from ..model import Model
from .response import OperationResponse


@dataclasses.dataclass
class ListActionsRequest(Model):
    """Which logins are asked for."""

    client_id: str
    """The client that the secret belongs to, `CLNT-…`."""
    app_id: str
    """The app, `APPX-…`."""
    user_id: Optional[str] = None
    """Only logins of this end user, `USER-…`."""
    status: Optional[str] = None
    """Only those that are `open`, `passed`, `cancelled` or `expired`."""
    limit: Optional[int] = None
    """At most so many, 1 to 100."""
    cursor: Optional[str] = None
    """`next_cursor` of the page before."""


@dataclasses.dataclass
class ListActionsResponseBody(Model):
    """Some logins, newest first."""

    actions: Optional[List[Action]] = None
    """The logins. There may be fewer than were asked for, or none, and still be a next page."""
    next_cursor: Optional[str] = None
    """What to ask for the next page with; None at the end."""


@dataclasses.dataclass
class ListActionsResponse(OperationResponse):
    """The answer of listActions."""

    object: Optional[ListActionsResponseBody] = None
    """The logins."""
