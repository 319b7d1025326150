"""Carries calls by an object of the caller's: a requests.Session, a proxy's, a double in a test."""

from __future__ import annotations

import asyncio
import urllib.parse
from typing import Any, Dict, Optional, Protocol

from . import _native
from .call import Call
from .models.components import RawResponse


class Session(Protocol):
    """What is wanted of the object: the method `request` of a `requests.Session`."""

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> RawResponse:
        """Sends a request; called with `params`, `data`, `headers`, `allow_redirects`, and
        `timeout` in seconds where one was set."""
        ...


class SessionTransport:
    """Carries calls by an object that is not ours: it is never closed, and its own errors come
    through as they are."""

    def __init__(self, session: Session, server_url: str, timeout_ms: Optional[int]) -> None:
        self._session = session
        self._server_url = server_url[:-1] if server_url.endswith("/") else server_url
        # Without a word about time, whatever the session is set to.
        self._time = {} if timeout_ms is None else {"timeout": timeout_ms / 1000}
        self._closed = False

    def send(self, call: Call, authorization: Optional[str]) -> RawResponse:
        if self._closed:
            raise RuntimeError("this client is closed: make another one")
        method, path = _native.operation(call.operation)
        for name, value in call.path.items():
            path = path.replace("{" + name + "}", _segment(name, value))
        headers = {"accept": "application/json", "user-agent": _native.USER_AGENT}
        options: Dict[str, Any] = dict(self._time)
        if call.lines is not None:
            headers["content-type"] = "application/x-ndjson"
            options["data"] = call.lines.encode()
        elif method == "POST":
            headers["content-type"] = "application/x-www-form-urlencoded"
            options["data"] = call.form
        if authorization is not None:
            headers["Authorization"] = authorization
        return self._session.request(
            method,
            self._server_url + path,
            params=call.query,
            headers=headers,
            # The secret and what is sent are for the server that was named, and for no other.
            allow_redirects=False,
            **options,
        )

    async def send_async(self, call: Call, authorization: Optional[str]) -> RawResponse:
        # The object blocks, so it waits on a thread. What is cancelled there goes on: nobody can
        # interrupt it.
        return await asyncio.get_running_loop().run_in_executor(
            None, self.send, call, authorization
        )

    def close(self) -> None:
        self._closed = True


def _segment(name: str, value: str) -> str:
    # Dots would be resolved away, and the operation would meet another address than the one that is
    # meant.
    if value in ("", ".", ".."):
        raise ValueError(f"'{name}' is empty or no id: pass it as the API gave it")
    return urllib.parse.quote(value, safe="")
