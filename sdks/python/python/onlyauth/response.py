"""An answer of the server as it came."""

from __future__ import annotations

import http
import json
from typing import Any, Dict, Iterator, List, Mapping, Tuple


class Headers(Mapping[str, str]):
    """Header fields; names in any case. Those that came more than once are joined by commas."""

    def __init__(self, pairs: List[Tuple[str, str]]) -> None:
        self._values: Dict[str, str] = {}
        for name, value in pairs:
            lower = name.lower()
            known = self._values.get(lower)
            self._values[lower] = value if known is None else f"{known}, {value}"

    def __getitem__(self, name: str) -> str:
        return self._values[name.lower()]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        # Values can be anything, and reprs land in logs.
        return f"Headers({', '.join(self._values)})"


class Response:
    """An answer as it came, whatever its status. `content` and `text` may hold tokens: don't log
    them."""

    def __init__(
        self, status_code: int, headers: List[Tuple[str, str]], content: bytes, attempts: int
    ) -> None:
        self.status_code = status_code
        """The HTTP status."""
        self.headers: Mapping[str, str] = Headers(headers)
        """The header fields; names in any case."""
        self.content = content
        """The body's bytes."""
        self.attempts = attempts
        """How often the request was tried until this answer came, from 1."""

    @property
    def text(self) -> str:
        """The body as text: UTF-8, which is what JSON is (RFC 8259 section 8.1)."""
        return self.content.decode("utf-8", errors="replace")

    @property
    def ok(self) -> bool:
        """Whether the status is below 400."""
        return self.status_code < 400

    @property
    def reason(self) -> str:
        """What the status means, such as `Not Found`; empty where nobody has said."""
        try:
            return http.HTTPStatus(self.status_code).phrase
        except ValueError:
            return ""

    def json(self) -> Any:
        """The body, read as JSON. Raises ValueError."""
        return json.loads(self.content)

    def __repr__(self) -> str:
        return f"<Response [{self.status_code}]>"
