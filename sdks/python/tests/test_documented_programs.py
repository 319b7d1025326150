"""The two programs that the README shows, run as they stand there but for their placeholders."""

import re
from pathlib import Path

import pytest

from widget import EndUser, success_token

README = Path(__file__).parents[1] / "README.md"


def programs():
    """The Python of the quick start that has placeholders."""
    section = README.read_text().split("## Quick start")[1].split("\n## ")[0]
    blocks = re.findall(r"```python\n(.*?)```", section, re.DOTALL)
    return [block for block in blocks if "<YOUR_BEARER_TOKEN_HERE>" in block]


def run(program, **values):
    """Runs a program's text with these values in place of its placeholders, and gives its
    variables."""
    secret = values.pop("bearer_auth")
    program = program.replace('"<YOUR_BEARER_TOKEN_HERE>"', repr(secret))
    for name, value in values.items():
        program, count = re.subn(f"{name}='<value>'", f"{name}={value!r}", program)
        assert count == 1, name
    assert "<" not in program
    variables = {}
    exec(compile(program, "README.md", "exec"), variables)
    return variables


@pytest.fixture
def named_server(server, monkeypatch):
    monkeypatch.setenv("ONLYAUTH_SERVER_URL", server.url)


@pytest.mark.usefixtures("named_server")
def test_the_documented_programs_lead_to_a_validated_token(shop, app_id):
    create, validate = programs()
    which = {"bearer_auth": shop.secret, "app_id": app_id, "client_id": shop.client_id}
    created = run(
        create,
        **which,
        end_user_phone_number="+14155552671",
        end_user_uuid="user-42",
        redirect_uri="http://localhost:3000/login/return",
        language="en-us",
        region="us-1",
    )["res"].object

    token = success_token(EndUser(shop, app_id, created.token).pass_the_login("+14155552671"))
    proof = run(validate, **which, token=token)["res"].object
    assert (proof.token, proof.end_user_uuid) == (token, "user-42")
    assert proof.end_user_phone_number == "+14155552671"
    assert (proof.app_id, proof.channel, proof.amr) == (app_id, "sms", ["sms", "otp"])


def test_the_readme_has_the_two_programs():
    create, validate = programs()
    assert "s.authentication.create_access_token(request=" in create
    assert "s.authentication.validate_success_token(app_id='<value>'" in validate
