"""getActionById."""

from __future__ import annotations

import dataclasses
from typing import List, Optional

from ..components import Action, TimeLineEntry
from ..model import Model
from .response import OperationResponse


@dataclasses.dataclass
class GetActionByIDRequest(Model):
    """Which login is asked for."""

    action_id: str
    """The login, `ACTN-…`."""
    client_id: str
    """The client that the secret belongs to, `CLNT-…`."""


@dataclasses.dataclass
class GetActionByIDResponseBody(Model):
    """A login, and what happened in it."""

    action: Optional[Action] = None
    """The login."""
    time_line: Optional[List[TimeLineEntry]] = None
    """What was offered, sent and judged, and why, in order."""


@dataclasses.dataclass
class GetActionByIDResponse(OperationResponse):
    """The answer of getActionById."""

    object: Optional[GetActionByIDResponseBody] = None
    """The login, and what happened in it."""
