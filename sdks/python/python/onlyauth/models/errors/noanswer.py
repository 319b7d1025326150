"""Calls that no whole answer came to."""

from __future__ import annotations

from .sdkerror import SDKError


class SDKConnectionError(SDKError, ConnectionError):
    """No connection came about, or it broke before the answer was whole. `status_code` is None.

    Where no connection came about, nothing was sent, and `may_have_taken_effect` is false.
    """


class SDKTimeoutError(SDKError, TimeoutError):
    """No whole answer came in time. `status_code` is None."""
