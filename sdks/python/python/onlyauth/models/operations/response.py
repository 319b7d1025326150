"""What every operation answers with."""

from __future__ import annotations

import dataclasses

from ..components import RawResponse


@dataclasses.dataclass
class OperationResponse:
    """An answer that is no error. `object`, which each operation adds, is what was read from its
    body."""

    content_type: str
    """The Content-Type of the answer."""
    status_code: int
    """The HTTP status."""
    raw_response: RawResponse
    """The answer as it came: status code, headers, text, `json()`."""
