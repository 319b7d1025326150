"""importUsers."""

from __future__ import annotations

import dataclasses
from typing import List, Optional

from ..model import Model
from .response import OperationResponse


@dataclasses.dataclass(repr=False)
class ImportUsersRequest(Model):
    """Whom to import, and where to."""

    hidden = frozenset({"lines"})

    client_id: str
    """The client that the secret belongs to, `CLNT-…`."""
    app_id: str
    """The app, `APPX-…`."""
    lines: str
    """One JSON object a line."""
    mode: Optional[str] = None
    """`sandbox` or `live`; without it, as the app is."""


@dataclasses.dataclass
class RefusedLine(Model):
    """A line that was refused; nothing of it was imported."""

    line: int
    """Which, from 1."""
    problems: List[str]
    """Why, a sentence each. None repeats what stands in the line."""


@dataclasses.dataclass
class ImportUsersResponseBody(Model):
    """What an import came to."""

    created: Optional[int] = None
    """Lines whose end users were not known."""
    updated: Optional[int] = None
    """Lines that brought known end users something."""
    unchanged: Optional[int] = None
    """Lines of which all was there."""
    refused: Optional[List[RefusedLine]] = None
    """Lines that were refused, in their order."""


@dataclasses.dataclass
class ImportUsersResponse(OperationResponse):
    """The answer of importUsers."""

    object: Optional[ImportUsersResponseBody] = None
    """What an import came to."""
