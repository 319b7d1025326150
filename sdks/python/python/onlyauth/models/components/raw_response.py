"""The shape of an answer, whoever carried it."""

from __future__ import annotations

from typing import Any, Mapping, Protocol


class RawResponse(Protocol):
    """What `raw_response` offers at least: an `onlyauth.Response`, or the answer of the object
    given as `client`."""

    @property
    def status_code(self) -> int:
        """The HTTP status."""
        ...

    @property
    def headers(self) -> Mapping[str, str]:
        """The header fields; names in any case."""
        ...

    @property
    def text(self) -> str:
        """The body as text."""
        ...

    def json(self) -> Any:
        """The body, read as JSON. Raises ValueError."""
        ...
