"""Every other refusal, and answers that are none of OnlyAuth's."""

from __future__ import annotations

from typing import List, Optional

from ..components import RawResponse
from .base import OnlyauthError


class SDKError(OnlyauthError):
    """The call came to nothing, and it was neither a 400 nor a 401."""

    message: str
    """What happened and what to look at, in one or two sentences without secrets."""
    status_code: Optional[int]
    """The HTTP status; None where no whole answer came."""
    body: str
    """The body as it came, empty where none did. May hold tokens: don't log it."""
    raw_response: Optional[RawResponse]
    """The answer as it came; None where none was read."""
    code: Optional[str]
    """The API's code, such as `not_found` or `rate_limited`; None where the answer is not
    OnlyAuth's."""
    errors: Optional[List[str]]
    """Every problem, one sentence each, where the server told them."""
    may_have_taken_effect: bool
    """Whether the server may have done what was asked. After validate_success_token: whether the
    token may be used up.

    Ask once more then: an answer is the proof, and a 404 means that the first answer was lost and
    that the end user must log in again.
    """

    def __init__(
        self,
        message: str,
        status_code: Optional[int] = None,
        body: str = "",
        raw_response: Optional[RawResponse] = None,
        *,
        code: Optional[str] = None,
        errors: Optional[List[str]] = None,
        may_have_taken_effect: bool = False,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.status_code = status_code
        self.body = body
        self.raw_response = raw_response
        self.code = code
        self.errors = errors
        self.may_have_taken_effect = may_have_taken_effect

    def __str__(self) -> str:
        return self.message


class DecodeError(SDKError, ValueError):
    """The server answered, and its answer is not the JSON that the operation has."""
