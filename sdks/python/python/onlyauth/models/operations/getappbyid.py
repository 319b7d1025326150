"""getAppById."""

from __future__ import annotations

import dataclasses
from typing import List, Optional

from ..components import App
from ..model import Model
from .response import OperationResponse

GetAppByIDApp = App
"""The app, by the name that published clients have for it."""


@dataclasses.dataclass(repr=False)
class GetAppByIDRequest(Model):
    """Which app is asked for."""

    app_id: str
    """The app, `APPX-…`."""
    client_id: str
    """The client that the secret belongs to, `CLNT-…`."""


@dataclasses.dataclass(repr=False)
class GetAppByIDResponseBody(Model):
    """The app that was asked for."""

    app: Optional[List[App]] = None
    """A list of one."""


@dataclasses.dataclass
class GetAppByIDResponse(OperationResponse):
    """The answer of getAppById."""

    object: Optional[GetAppByIDResponseBody] = None
    """The app that was asked for."""
