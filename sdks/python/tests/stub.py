"""A server that answers what a test wants it to, and remembers what it was asked."""

from __future__ import annotations

import socket
import struct
import threading
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

# How long anything that should happen soon may take, in seconds: only met by failures.
DEADLINE = 30.0


@dataclass
class Request:
    method: str
    target: str
    headers: dict
    body: str

    @property
    def path(self):
        return urlsplit(self.target).path

    @property
    def query(self):
        return dict(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))

    @property
    def form(self):
        return dict(parse_qsl(self.body, keep_blank_values=True))


@dataclass
class Reply:
    """An answer of the usual kind."""

    status: int = 200
    body: bytes = b"{}"
    content_type: str | None = "application/json"
    headers: dict = field(default_factory=dict)

    def __bytes__(self):
        lines = [f"HTTP/1.1 {self.status} Whatever", f"Content-Length: {len(self.body)}"]
        if self.content_type is not None:
            lines.append(f"Content-Type: {self.content_type}")
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        return "\r\n".join([*lines, "Connection: close", "", ""]).encode() + self.body


def reset(connection):
    """Closes so that the other side reads an error in place of an end."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


class Stub:
    """Listens on a port of its own. `reply` is what it answers: a Reply, bytes as they are, or a
    function of the connection and the request, which may do anything."""

    def __init__(self, reply=None, tls=None):
        self.reply = reply or Reply()
        self.requests = []
        self.arrived = threading.Semaphore(0)
        self._tls = tls
        self._open = set()
        self._ending = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
        host, port = self._listener.getsockname()
        scheme = "http" if tls is None else "https"
        self.url = f"{scheme}://{'localhost' if tls else host}:{port}"
        self._acceptor = threading.Thread(target=self._accept, daemon=True)
        self._acceptor.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._ending.set()
        # An accept in another thread wakes by a connection, and not everywhere by closing.
        with socket.create_connection(self._listener.getsockname(), timeout=DEADLINE):
            pass
        self._acceptor.join(timeout=DEADLINE)
        self._listener.close()
        for connection in list(self._open):
            connection.close()

    def wait_for_request(self):
        """Until one more request has arrived."""
        assert self.arrived.acquire(timeout=DEADLINE), "no request arrived"

    def hang(self, _connection, _request):
        """Answers nothing, for as long as the stub lives."""
        self._ending.wait(DEADLINE)

    def _accept(self):
        while not self._ending.is_set():
            connection, _ = self._listener.accept()
            if self._ending.is_set():
                connection.close()
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        try:
            if self._tls is not None:
                connection = self._tls.wrap_socket(connection, server_side=True)
            self._open.add(connection)
            request = self._read(connection)
            if request is None:
                return
            self.requests.append(request)
            self.arrived.release()
            reply = self.reply
            if callable(reply):
                reply(connection, request)
            else:
                connection.sendall(bytes(reply))
        except OSError:
            # The client may go away at any time, and is the one that is tested.
            pass
        finally:
            self._open.discard(connection)
            connection.close()

    @staticmethod
    def _read(connection):
        data = b""
        while b"\r\n\r\n" not in data:
            more = connection.recv(65536)
            if not more:
                return None
            data += more
        head, _, body = data.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        method, target, _ = first.split(" ")
        headers = {
            name.lower(): value.strip()
            for name, _, value in (line.partition(":") for line in lines)
        }
        while len(body) < int(headers.get("content-length", 0)):
            body += connection.recv(65536)
        return Request(method, target, headers, body.decode())
