"""listUsers."""

from __future__ import annotations

import dataclasses
from typing import List, Optional

from ..components import User
from ..model import Model
from .response import OperationResponse


@dataclasses.dataclass
class ListUsersRequest(Model):
    """Whom to list."""

    client_id: str
    """The client that the secret belongs to, `CLNT-…`."""
    app_id: str
    """The app, `APPX-…`."""
    mode: Optional[str] = None
    """`sandbox` or `live`; without it, as the app is."""
    limit: Optional[int] = None
    """At most so many, 1 to 100."""
    cursor: Optional[str] = None
    """`next_cursor` of the page before."""


@dataclasses.dataclass
class ListUsersResponseBody(Model):
    """Some end users."""

    users: Optional[List[User]] = None
    """The end users, in the order in which they became known."""
    next_cursor: Optional[str] = None
    """What to ask for the next page with; None at the end."""


@dataclasses.dataclass
class ListUsersResponse(OperationResponse):
    """The answer of listUsers."""

    object: Optional[ListUsersResponseBody] = None
    """Some end users."""
