"""Who carries calls to the server."""

from __future__ import annotations

from typing import Optional, Protocol

from .call import Call
from .models.components import RawResponse


class Transport(Protocol):
    """Carries calls. Thread-safe."""

    def send(self, call: Call, authorization: Optional[str]) -> RawResponse:
        """Sends a call and waits for the answer, whatever its status."""
        ...

    async def send_async(self, call: Call, authorization: Optional[str]) -> RawResponse:
        """The same, for asyncio."""
        ...

    def close(self) -> None:
        """Gives connections back. Calls after that raise RuntimeError."""
        ...
