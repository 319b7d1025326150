"""The server's refusals of what was sent."""

from __future__ import annotations

from typing import List, Optional

from ..components import RawResponse
from .base import OnlyauthError


class ErrorResponse(OnlyauthError):
    """The server refused with 400 (the input is wrong) or 401 (the API secret is). Nothing was
    done."""

    error: Optional[str]
    """What went wrong, in one sentence of the server's."""
    code: Optional[str]
    """One of the API's closed set, such as `invalid_request`; each has a page in the docs."""
    errors: Optional[List[str]]
    """Every problem, one sentence each."""
    raw_response: Optional[RawResponse]
    """The answer as it came."""

    def __init__(
        self,
        error: Optional[str] = None,
        code: Optional[str] = None,
        errors: Optional[List[str]] = None,
        raw_response: Optional[RawResponse] = None,
        message: Optional[str] = None,
    ) -> None:
        """`message` is what `str` gives: by default made of the others."""
        self._message = message or error or "The server refused without saying why."
        super().__init__(self._message)
        self.error = error
        self.code = code
        self.errors = errors
        self.raw_response = raw_response

    def __str__(self) -> str:
        return self._message
