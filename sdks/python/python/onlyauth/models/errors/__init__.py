"""What a call can end in, other than what it was made for.

- `ErrorResponse`: the server refused with 400 or 401.
- `SDKError`: every other refusal, and every answer that is none of OnlyAuth's.
  - `SDKConnectionError`, `SDKTimeoutError`: no whole answer came, so `status_code` is None. They
    are Python's own ConnectionError and TimeoutError, too.
  - `DecodeError`: the answer is not the JSON that the operation has. It is Python's own ValueError,
    too.

`OnlyauthError` is the base of all of them. What a call can't even be made with (a server URL that
is none, a secret with a line break) is a ValueError, before anything is sent.

No message of these holds an API secret, a token, or an end user's number or name. `body` and
`raw_response` hold what came: don't log them.
"""

from .base import OnlyauthError
from .errorresponse import ErrorResponse
from .noanswer import SDKConnectionError, SDKTimeoutError
from .sdkerror import DecodeError, SDKError

__all__ = [
    "DecodeError",
    "ErrorResponse",
    "OnlyauthError",
    "SDKConnectionError",
    "SDKError",
    "SDKTimeoutError",
]
