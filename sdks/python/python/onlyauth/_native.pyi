"""The Rust client: connections, retries, time."""

from typing import Dict, List, Optional, Tuple, Union

VERSION: str
USER_AGENT: str
DEFAULT_SERVER_URL: str
HAS_MAILBOX: bool

# Longest first wait, longest wait (milliseconds), growth, longest time for all (milliseconds);
# whether connections count.
Retry = Tuple[int, int, float, int, bool]

class Answer:
    """An answer as it came."""

    @property
    def status(self) -> int: ...
    @property
    def headers(self) -> List[Tuple[str, str]]: ...
    @property
    def body(self) -> bytes: ...
    @property
    def attempts(self) -> int: ...

class Failure:
    """Why no answer came."""

    @property
    def kind(self) -> str: ...
    @property
    def message(self) -> str: ...
    @property
    def status(self) -> Optional[int]: ...
    @property
    def may_have_taken_effect(self) -> bool: ...

Outcome = Union[Answer, Failure]

class InFlight:
    """A call on its way."""

    def cancel(self) -> None: ...

class Mailbox:
    """Where an event loop's outcomes arrive. Its file becomes readable when there are any."""

    def __new__(cls) -> Mailbox: ...
    def fileno(self) -> int: ...
    def take(self) -> List[Tuple[int, Outcome]]: ...

class Client:
    """Calls one server."""

    def __new__(
        cls,
        server_url: str,
        timeout_ms: Optional[int],
        retry: Optional[Retry],
        root_certificates_pem: Optional[bytes],
    ) -> Client: ...
    def send(
        self,
        operation: str,
        path: Dict[str, str],
        query: Dict[str, str],
        form: Dict[str, str],
        lines: Optional[str],
        authorization: Optional[str],
    ) -> Outcome: ...
    def start(
        self,
        mailbox: Mailbox,
        ticket: int,
        operation: str,
        path: Dict[str, str],
        query: Dict[str, str],
        form: Dict[str, str],
        lines: Optional[str],
        authorization: Optional[str],
    ) -> InFlight: ...
    def close(self) -> None: ...

def operation(name: str) -> Tuple[str, str]:
    """Method and path of an operation."""

def masked(text: str) -> str:
    """The text without whatever looks like a secret, a token or a phone number."""
