"""getSandboxMessages."""

from __future__ import annotations

import dataclasses
from typing import List, Optional

from ..components import Message
from ..model import Model
from .response import OperationResponse


@dataclasses.dataclass(repr=False)
class GetSandboxMessagesRequest(Model):
    """Whose messages are asked for."""

    hidden = frozenset({"end_user_phone_number"})

    client_id: str
    """The client that the secret belongs to, `CLNT-…`."""
    app_id: str
    """The app, `APPX-…`, in sandbox mode."""
    end_user_phone_number: Optional[str] = None
    """Only messages to this number."""
    limit: Optional[int] = None
    """At most so many."""


@dataclasses.dataclass(repr=False)
class GetSandboxMessagesResponseBody(Model):
    """Messages of the sandbox's inbox."""

    messages: Optional[List[Message]] = None
    """The messages, newest first."""


@dataclasses.dataclass
class GetSandboxMessagesResponse(OperationResponse):
    """The answer of getSandboxMessages."""

    object: Optional[GetSandboxMessagesResponseBody] = None
    """Messages of the sandbox's inbox."""
