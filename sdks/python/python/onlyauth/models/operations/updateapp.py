"""updateApp."""

from __future__ import annotations

import dataclasses
from typing import List, Optional

from ..components import App, AppSettings
from ..model import Model
from .response import OperationResponse

UpdateAppApp = App
"""The app, by the name that published clients have for it."""


@dataclasses.dataclass(repr=False)
class UpdateAppRequestBody(AppSettings):
    """The settings to change; what is not given stays."""


@dataclasses.dataclass(repr=False)
class UpdateAppRequest(Model):
    """Which app changes, and how."""

    app_id: str
    """The app, `APPX-…`."""
    client_id: str
    """The client that the secret belongs to, `CLNT-…`."""
    request_body: UpdateAppRequestBody
    """The settings to change."""


@dataclasses.dataclass(repr=False)
class UpdateAppResponseBody(Model):
    """The app as it is now."""

    app: Optional[List[App]] = None
    """A list of one."""


@dataclasses.dataclass
class UpdateAppResponse(OperationResponse):
    """The answer of updateApp."""

    object: Optional[UpdateAppResponseBody] = None
    """The app as it is now."""
