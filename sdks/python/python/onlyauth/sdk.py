"""The client."""

from __future__ import annotations

import warnings
from types import TracebackType
from typing import Callable, Dict, Optional, Type, TypeVar, Union

from .actions import Actions
from .apps import Apps
from .audit import Audit
from .authentication import Authentication
from .caller import Caller
from .native_transport import NativeTransport
from .retries import RetryConfig
from .sandbox import Sandbox
from .sdkconfiguration import SDKConfiguration, security
from .sdkconfiguration import server_url as named_server
from .session_transport import Session, SessionTransport
from .transport import Transport
from .users import Users

_Self = TypeVar("_Self", bound="Onlyauth")


class Onlyauth:
    """Calls one OnlyAuth server.

    May be used from many threads at once, by asyncio, and in processes that were forked from the
    one that made it. It keeps its connections; `close`, or leaving its `with`, gives them back.
    """

    authentication: Authentication
    """Logins: the token that one begins with, and the token that proves it."""
    apps: Apps
    """Apps: the settings of one site each."""
    users: Users
    """End users: what is known of them, and letting them in again."""
    actions: Actions
    """Logins: which there were, and what happened in each."""
    audit: Audit
    """The audit: what was done to end users' ways in, by whom and when."""
    sandbox: Sandbox
    """The sandbox's inbox, for tests."""
    sdk_configuration: SDKConfiguration
    """What the client was set up with."""

    def __init__(
        self,
        bearer_auth: Union[str, Callable[[], Optional[str]], None] = None,
        server_idx: Optional[int] = None,
        server_url: Optional[str] = None,
        url_params: Optional[Dict[str, str]] = None,
        client: Optional[Session] = None,
        retry_config: Optional[RetryConfig] = None,
        timeout_ms: Optional[int] = None,
        *,
        root_certificates_pem: Optional[bytes] = None,
    ) -> None:
        """Sets up a client. Connects to nobody yet.

        Args:
            bearer_auth: the API secret, or a function that gives it and is asked anew for each
                call.
            server_idx: which of the default servers; there is one, with the number 0.
            server_url: the server, such as `https://auth.example`. Without it: the environment
                variable `ONLYAUTH_SERVER_URL`, else `http://localhost:8080`.
            url_params: what to put in place of `{name}` in `server_url`.
            client: an object with the method `request` of a `requests.Session`, which then carries
                the calls in place of the Rust client: once each, with its own errors.
            retry_config: when a call is tried again, which is only done where it is safe.
            timeout_ms: longest that a call may take, in milliseconds, all attempts included; 10,000
                by default.
            root_certificates_pem: certificate authorities, in PEM, to trust beside those that the
                machine trusts.

        Raises:
            ValueError: something of this can't be used; the message says what to change.
            IndexError: there is no server of this number.
        """
        configuration = SDKConfiguration(
            security=security(bearer_auth),
            server_url=named_server(server_url, server_idx, url_params),
            server_idx=server_idx,
            client=client,
            retry_config=retry_config,
            timeout_ms=timeout_ms,
        )
        if timeout_ms is not None and timeout_ms <= 0:
            raise ValueError("timeout_ms is a number of milliseconds, from 1")
        self.sdk_configuration = configuration
        self._transport = _transport(configuration, root_certificates_pem)
        caller = Caller(configuration, self._transport)
        self.authentication = Authentication(configuration, caller)
        self.apps = Apps(configuration, caller)
        self.users = Users(configuration, caller)
        self.actions = Actions(configuration, caller)
        self.audit = Audit(configuration, caller)
        self.sandbox = Sandbox(configuration, caller)

    def close(self) -> None:
        """Gives the connections back. Calls after that raise RuntimeError. An object given as
        `client` stays open."""
        self._transport.close()

    def __enter__(self: _Self) -> _Self:
        return self

    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        traceback: Optional[TracebackType],
    ) -> None:
        self.close()

    async def __aenter__(self: _Self) -> _Self:
        return self

    async def __aexit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        traceback: Optional[TracebackType],
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Onlyauth(server_url={self.sdk_configuration.server_url!r})"


def _transport(
    configuration: SDKConfiguration, root_certificates_pem: Optional[bytes]
) -> Transport:
    session = configuration.client
    if session is None:
        return NativeTransport(configuration, root_certificates_pem)
    for name, given in (
        ("retry_config", configuration.retry_config),
        ("root_certificates_pem", root_certificates_pem),
    ):
        if given is not None:
            warnings.warn(
                f"{name} has no effect beside client: set up the client's own",
                RuntimeWarning,
                stacklevel=3,
            )
    return SessionTransport(session, configuration.server_url, configuration.timeout_ms)
