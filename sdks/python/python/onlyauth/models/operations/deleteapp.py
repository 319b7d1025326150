"""deleteApp."""

from __future__ import annotations

import dataclasses
from typing import Optional

from ..model import Model
from .response import OperationResponse


@dataclasses.dataclass(repr=False)
class DeleteAppRequest(Model):
    """Which app goes."""

    app_id: str
    """The app, `APPX-…`."""
    client_id: str
    """The client that the secret belongs to, `CLNT-…`."""


@dataclasses.dataclass(repr=False)
class DeleteAppApp(Model):
    """Empty: it is gone."""


@dataclasses.dataclass(repr=False)
class DeleteAppResponseBody(Model):
    """What is left of the app."""

    app: Optional[DeleteAppApp] = None
    """Empty: it is gone."""


@dataclasses.dataclass
class DeleteAppResponse(OperationResponse):
    """The answer of deleteApp."""

    object: Optional[DeleteAppResponseBody] = None
    """What is left of the app."""
