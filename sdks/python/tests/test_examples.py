"""The examples, driven by people with browsers."""

import contextlib
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from onlyauth.models import errors

from chromium import Chromium
from server import DEADLINE, environment, eventually
from widget import EndUser, success_token

EXAMPLES = Path(__file__).parents[1] / "examples"
PASSWORD = "correct horse battery staple"
PHONE = "+12025550142"

PROGRAMS = {
    "flask_login": ["flask", "--app", "flask_login:web", "run", "--port"],
    "fastapi_login": ["uvicorn", "fastapi_login:web", "--port"],
}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Shop:
    """An example that runs."""

    def __init__(self, url, backend, app_id):
        self.url, self.backend, self.app_id = url, backend, app_id

    def visit(self):
        """A visitor without a browser, who keeps cookies."""
        return requests.Session()

    def post_password(self, visitor, name="ann", password=PASSWORD):
        fields = {"name": name, "password": password}
        return visitor.post(f"{self.url}/login", data=fields, timeout=DEADLINE)

    def come_back(self, visitor, token):
        where = f"{self.url}/login/return"
        return visitor.get(where, params={"token": token}, timeout=DEADLINE)

    def token_of(self, end_user_uuid):
        """A success token of an end user of the same app."""
        asked = {"end_user_uuid": end_user_uuid, "end_user_phone_number": "+12025550178"}
        token = self.backend.access_token(self.app_id, **asked)
        home = EndUser(self.backend, self.app_id, token).pass_the_login("+12025550178")
        return success_token(home)


@contextlib.contextmanager
def running(program, server, shop, app_id):
    port = free_port()
    url = f"http://localhost:{port}"
    process = subprocess.Popen(
        [sys.executable, "-m", *PROGRAMS[program], str(port)],
        cwd=EXAMPLES,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={
            **environment(),
            "PYTHONDONTWRITEBYTECODE": "1",
            "ONLYAUTH_SERVER_URL": server.url,
            "ONLYAUTH_CLIENT_ID": shop.client_id,
            "ONLYAUTH_APP_ID": app_id,
            "ONLYAUTH_SECRET": shop.secret,
            "ANNS_PASSWORD": PASSWORD,
            "SHOP_URL": url,
        },
    )
    try:

        def answers():
            assert process.poll() is None, "the example ended"
            with contextlib.suppress(requests.ConnectionError):
                return requests.get(url, timeout=DEADLINE).ok

        eventually(answers)
        yield Shop(url, shop, app_id)
    finally:
        process.terminate()
        process.wait(timeout=DEADLINE)


@pytest.fixture(params=PROGRAMS)
def example(request, server, shop, app_id):
    with running(request.param, server, shop, app_id) as example:
        yield example


def test_a_person_signs_in_with_a_browser(example, tmp_path):
    with Chromium(tmp_path) as browser:
        browser.open(example.url)
        browser.type("input[name=name]", "ann")
        browser.type("input[name=password]", PASSWORD)
        browser.click("button")
        browser.enter_frame()
        browser.click("button[name=channel]")
        inbox = EndUser(example.backend, example.app_id, None).inbox
        [message] = eventually(lambda: inbox(PHONE))
        # The widget sends a whole code by itself, and leads the top page home.
        browser.type("input[name=code]", message["code"])
        eventually(lambda: "Signed in as ann." in (browser.text() or ""))
        assert urlsplit(browser.address()).path == "/"
        # The session holds, and the token is used up.
        browser.open(example.url)
        assert "Signed in as ann." in browser.text()


def test_a_success_token_is_redeemed_once_and_by_its_own_login(example):
    ann, other = example.visit(), example.visit()
    assert "<iframe" in example.post_password(ann).text
    assert "<iframe" in example.post_password(other).text
    token = example.token_of("ann")
    assert "Signed in as ann." in example.come_back(ann, token).text
    refused = example.come_back(other, token)
    assert (refused.status_code, "Signed in" in refused.text) == (403, False)
    with pytest.raises(errors.SDKError):
        example.backend.sdk.authentication.validate_success_token(
            example.app_id, example.backend.client_id, token
        )


def test_row_17_the_token_of_another_end_user_is_refused_and_stays_unused(example):
    visitor = example.visit()
    example.post_password(visitor)
    token = example.token_of("mallory")
    refused = example.come_back(visitor, token)
    assert (refused.status_code, "Signed in" in refused.text) == (403, False)
    proof = example.backend.sdk.authentication.validate_success_token(
        example.app_id, example.backend.client_id, token
    )
    assert proof.object.end_user_uuid == "mallory"


def test_no_password_no_widget(example):
    for name, password in [("ann", "wrong"), ("nobody", PASSWORD), ("ann", "x" * 5000)]:
        answer = example.post_password(example.visit(), name, password)
        assert (answer.status_code, "<iframe" in answer.text) == (401, False)
    # Nor does a token open anything where no password was checked.
    answer = example.come_back(example.visit(), example.token_of("ann"))
    assert (answer.status_code, "Signed in" in answer.text) == (403, False)


def test_each_is_one_short_program():
    for program in PROGRAMS:
        lines = (EXAMPLES / f"{program}.py").read_text().splitlines()
        assert len(lines) < 80, f"{program} has {len(lines)}"
