"""When a call is tried again.

Only what is safe is ever repeated, whatever is set here: creating an access token and reading,
after connections that fail and the statuses 429, 502, 503 and 504; changing and deleting an app,
where the server certainly did nothing; validating a success token and making an app, only where no
connection came about, since a success token is good once.
"""

from __future__ import annotations

import dataclasses
from typing import Optional


@dataclasses.dataclass
class BackoffStrategy:
    """How patiently a call is tried again. A `Retry-After` of the server is waited for on top."""

    initial_interval: int
    """Longest wait after the first failure, in milliseconds; each wait is a random part of the
    longest one."""
    max_interval: int
    """Longest wait after any failure, in milliseconds."""
    exponent: float
    """By what the longest wait grows from failure to failure."""
    max_elapsed_time: int
    """No attempt begins later than this after the call's beginning, in milliseconds."""

    def __post_init__(self) -> None:
        if min(self.initial_interval, self.max_interval, self.max_elapsed_time) < 0:
            raise ValueError("the intervals of a BackoffStrategy are milliseconds, from 0")


@dataclasses.dataclass
class RetryConfig:
    """When a call is tried again. Without one: for up to 5 seconds, after waits of at most 200 to
    2,000 ms."""

    strategy: str
    """`backoff`, or anything else, such as `none`, for a single attempt."""
    backoff: Optional[BackoffStrategy]
    """How patiently; may be None where the strategy is not `backoff`."""
    retry_connection_errors: bool
    """Whether connections that fail are a reason, beside the statuses."""

    def __post_init__(self) -> None:
        if self.strategy == "backoff" and self.backoff is None:
            raise ValueError("the strategy 'backoff' needs a BackoffStrategy")
