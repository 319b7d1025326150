"""A started `onlyauth serve` in a data folder of its own, and the command line beside it."""

import json
import os
import queue
import subprocess
import threading
import time
from pathlib import Path

import requests

BINARY = Path(os.environ.get("ONLYAUTH_BINARY", "target/debug/onlyauth")).resolve()

# How long anything that should happen soon may take, in seconds: generous, since it is only met by failures.
DEADLINE = 30.0


def environment():
    """The test's environment without what would configure the server."""
    return {name: value for name, value in os.environ.items() if not name.startswith("ONLYAUTH_")}


def eventually(condition, deadline=DEADLINE):
    """Asks until the answer is true, and returns it. Each asking is a request, so this doesn't spin."""
    end = time.monotonic() + deadline
    while True:
        # A question asked after the deadline was asked in time for what must have happened by then.
        last = time.monotonic() >= end
        if answer := condition():
            return answer
        assert not last, f"it did not happen within {deadline} s"


class Server:
    """A running server. Its log lines are gathered, so that tests can look through them."""

    def __init__(self, folder, settings=None):
        self.folder = Path(folder)
        self.log = []
        self._lines = queue.Queue()
        self.process = subprocess.Popen(
            [BINARY, "serve", "--data", self.folder, "--listen", "127.0.0.1:0"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            env=environment() | (settings or {}),
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.url = f"http://{self._address()}"
        eventually(self._is_ready)

    def _read(self):
        for line in self.process.stderr:
            self.log.append(line)
            self._lines.put(line)
        self._lines.put(None)

    def _address(self):
        end = time.monotonic() + DEADLINE
        while line := self._lines.get(timeout=max(0.0, end - time.monotonic())):
            event = json.loads(line)
            if event.get("message") == "server.listening":
                return event["address"]
        raise AssertionError("the server did not start:\n" + "".join(self.log))

    def _is_ready(self):
        answer = requests.get(f"{self.url}/readyz", timeout=DEADLINE)
        return answer.status_code == 200 and answer.json()["ready"]

    def cli(self, *arguments):
        """Runs an administrative command beside the server and returns its JSON."""
        done = subprocess.run(
            [BINARY, *arguments, "--data", self.folder, "--json"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=DEADLINE,
            env=environment(),
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def request(self, method, path, **options):
        """A plain HTTP request, for what the published client hides."""
        return requests.request(
            method, self.url + path, timeout=DEADLINE, allow_redirects=False, **options
        )

    def stop(self):
        """Asks the server to stop and returns its exit code."""
        if self.process.poll() is None:
            self.process.terminate()
        try:
            code = self.process.wait(timeout=DEADLINE)
        finally:
            self.process.kill()
        self._reader.join(timeout=DEADLINE)
        return code
