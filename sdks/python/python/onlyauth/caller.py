"""Makes calls: what all operations have in common."""

from __future__ import annotations

from typing import Any, Mapping, Optional, Tuple

from .call import Call, Fields, word, words
from .operation import Operation, ResponseT
from .sdkconfiguration import SDKConfiguration, authorization
from .settle import settle
from .transport import Transport

_NOTHING: Mapping[str, Any] = {}


class Caller:
    """Makes calls of one client. Thread-safe."""

    def __init__(self, configuration: SDKConfiguration, transport: Transport) -> None:
        self._configuration = configuration
        self._transport = transport

    def call(
        self,
        operation: Operation[ResponseT],
        *,
        path: Mapping[str, Any] = _NOTHING,
        query: Mapping[str, Any] = _NOTHING,
        form: Fields = _NOTHING,
        lines: Optional[str] = None,
    ) -> ResponseT:
        """Makes a call and waits for what it gives."""
        call, header = self._prepared(operation, path, query, form, lines)
        answer = self._transport.send(call, header)
        return settle(operation, answer, call, header)

    async def call_async(
        self,
        operation: Operation[ResponseT],
        *,
        path: Mapping[str, Any] = _NOTHING,
        query: Mapping[str, Any] = _NOTHING,
        form: Fields = _NOTHING,
        lines: Optional[str] = None,
    ) -> ResponseT:
        """The same, for asyncio."""
        call, header = self._prepared(operation, path, query, form, lines)
        answer = await self._transport.send_async(call, header)
        return settle(operation, answer, call, header)

    def _prepared(
        self,
        operation: Operation[Any],
        path: Mapping[str, Any],
        query: Mapping[str, Any],
        form: Fields,
        lines: Optional[str],
    ) -> Tuple[Call, Optional[str]]:
        security = self._configuration.security
        header = authorization(security() if callable(security) else security)
        filled = {name: "" if value is None else word(value) for name, value in path.items()}
        return Call(operation.name, filled, words(query), words(form), lines), header
