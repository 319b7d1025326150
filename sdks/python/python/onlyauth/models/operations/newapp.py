"""newApp."""

from __future__ import annotations

import dataclasses
from typing import List, Optional

from ..components import App, AppSettings
from ..model import Model
from .response import OperationResponse


@dataclasses.dataclass(repr=False)
class NewAppRequestBody(AppSettings):
    """The settings that the app begins with; none need be given. Without `client_id` the secret's
    client is meant."""


@dataclasses.dataclass(repr=False)
class NewAppResponseBody(Model):
    """The new app."""

    app: Optional[List[App]] = None
    """A list of one."""


@dataclasses.dataclass
class NewAppResponse(OperationResponse):
    """The answer of newApp."""

    object: Optional[NewAppResponseBody] = None
    """The new app."""
