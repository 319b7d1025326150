"""getApps."""

from __future__ import annotations

import dataclasses
from typing import List, Optional

from ..components import App
from ..model import Model
from .response import OperationResponse

Apps = App
"""An app of the list, by the name that published clients have for it."""


@dataclasses.dataclass(repr=False)
class GetAppsRequest(Model):
    """Whose apps are asked for."""

    client_id: str
    """The client that the secret belongs to, `CLNT-…`."""


@dataclasses.dataclass(repr=False)
class GetAppsResponseBody(Model):
    """Every app of the client."""

    apps: Optional[List[App]] = None
    """The apps, oldest first."""


@dataclasses.dataclass
class GetAppsResponse(OperationResponse):
    """The answer of getApps."""

    object: Optional[GetAppsResponseBody] = None
    """Every app of the client."""
