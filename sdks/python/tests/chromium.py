"""A headless Chromium, driven by Debian's chromedriver in the words of the WebDriver standard."""

import re
import shutil
import subprocess

import requests

from server import DEADLINE, eventually

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# The key under which WebDriver names an element (section 12.3).
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


class Chromium:
    """One browser with a profile of its own."""

    def __init__(self, profile):
        self._driver = subprocess.Popen(
            ["chromedriver", "--port=0"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        try:
            self._session = f"http://127.0.0.1:{self._port()}/session"
            options = {
                "binary": shutil.which("chromium"),
                "args": [*FLAGS, f"--user-data-dir={profile}"],
            }
            wanted = {"capabilities": {"alwaysMatch": {"goog:chromeOptions": options}}}
            made = requests.post(self._session, json=wanted, timeout=DEADLINE).json()["value"]
            self._session = f"{self._session}/{made['sessionId']}"
        except BaseException:
            self._driver.kill()
            raise

    def _port(self):
        for line in self._driver.stdout:
            if started := re.search(r"started successfully on port (\d+)", line):
                return started[1]
        raise AssertionError("chromedriver did not start")

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        try:
            requests.delete(self._session, timeout=DEADLINE)
        finally:
            self._driver.terminate()
            self._driver.wait(timeout=DEADLINE)
            self._driver.stdout.close()

    def _ask(self, method, path, **body):
        """What WebDriver answers, or None where it refuses: the page may just be changing."""
        json = body if method == "POST" else None
        answer = requests.request(method, f"{self._session}/{path}", json=json, timeout=DEADLINE)
        return answer.json()["value"] if answer.ok else None

    def open(self, url):
        self._ask("POST", "url", url=url)

    def address(self):
        return self._ask("GET", "url")

    def text(self):
        """What the top page shows."""
        self._ask("POST", "frame", id=None)
        return self.read("body")

    def read(self, css):
        """The text of the first such element, or None."""
        element = self._find(css)
        return element and self._ask("GET", f"element/{element}/text")

    def enter_frame(self):
        """Goes on inside of the page's frame, once it is there."""
        self._ask("POST", "frame", id=None)
        element = eventually(lambda: self._find("iframe"))
        self._ask("POST", "frame", id={ELEMENT: element})

    def click(self, css):
        eventually(lambda: self._act(css, "click"))

    def type(self, css, text):
        eventually(lambda: self._act(css, "value", text=text))

    def _find(self, css):
        found = self._ask("POST", "element", using="css selector", value=css)
        return found and found[ELEMENT]

    def _act(self, css, action, **body):
        element = self._find(css)
        if element is None:
            return False
        url = f"{self._session}/element/{element}/{action}"
        # An element that is gone or covered by now is looked for again.
        return requests.post(url, json=body, timeout=DEADLINE).ok
