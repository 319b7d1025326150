"""What a client was set up with."""

from __future__ import annotations

import dataclasses
import os
from typing import Callable, Dict, List, Optional, Tuple, Union

from . import _native
from .models.components import Security
from .retries import RetryConfig
from .session_transport import Session

SERVER_URL_VARIABLE = "ONLYAUTH_SERVER_URL"
"""Names the server where a program names none."""

BearerAuth = Union[str, Callable[[], Optional[str]], None]


def default_servers() -> List[str]:
    """The servers to which `server_idx` counts: the one that the environment names, else the one on
    this machine.

    No other: a secret must never leave for a server that nobody named.
    """
    named = os.environ.get(SERVER_URL_VARIABLE, "").strip()
    return [named or _native.DEFAULT_SERVER_URL]


@dataclasses.dataclass(frozen=True)
class SDKConfiguration:
    """What a client was set up with. Its repr shows no secret."""

    security: Union[Security, Callable[[], Security]]
    """The API secret, or what gives it."""
    server_url: str
    """The server; its path, if any, comes before the operations'."""
    server_idx: Optional[int] = None
    """Which of the default servers, where no server was named."""
    client: Optional[Session] = None
    """What carries the calls in place of the Rust client."""
    retry_config: Optional[RetryConfig] = None
    """When a call is tried again."""
    timeout_ms: Optional[int] = None
    """Longest that a call may take, in milliseconds."""
    user_agent: str = _native.USER_AGENT
    """How the client names itself."""

    def get_server_details(self) -> Tuple[str, Dict[str, str]]:
        """The server's address, without the slash at its end; and nothing more, for published
        programs' sake."""
        url = self.server_url
        return (url[:-1] if url.endswith("/") else url), {}


def security(bearer_auth: BearerAuth) -> Union[Security, Callable[[], Security]]:
    """The API secret as a client keeps it; a function is asked anew for each call."""
    if callable(bearer_auth):
        return lambda: Security(bearer_auth())
    return Security(bearer_auth)


def server_url(
    server_url: Optional[str], server_idx: Optional[int], url_params: Optional[Dict[str, str]]
) -> str:
    """The server that is meant. Raises IndexError where there are not as many."""
    if server_url is None:
        return default_servers()[server_idx or 0]
    for name, value in (url_params or {}).items():
        server_url = server_url.replace("{" + name + "}", value)
    return server_url


def authorization(security: Security) -> Optional[str]:
    """The header that a secret is sent in; None where there is none. Raises ValueError, which does
    not repeat it."""
    if security.bearer_auth is None:
        return None
    # A file's last line brings a line break.
    secret = security.bearer_auth.strip()
    if not (secret.isascii() and secret.isprintable()):
        raise ValueError(
            "the API secret has characters that no secret has: pass it as it was printed, "
            "without quotes or line breaks"
        )
    return secret if secret.lower().startswith("bearer ") else f"Bearer {secret}"
