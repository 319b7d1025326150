"""Codes of authenticator apps, with an independent implementation of them."""

import json
import random

import pyotp
import pytest

from backend import Backend
from server import Server
from widget import EndUser, success_token


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """One that lets a hundred people log in from one address."""
    settings = {"ONLYAUTH_LIMITS_STARTS_PER_IP_PER_HOUR": "1000"}
    server = Server(tmp_path_factory.mktemp("onlyauth") / "data", settings)
    yield server
    assert server.stop() == 0, "".join(server.log)


@pytest.fixture(scope="module")
def shop(server):
    return Backend(server, "Shop")


def import_users(server, shop, app_id, folder, users):
    """Brings end users along as another system would export them."""
    file = folder / "users.ndjson"
    file.write_text("".join(f"{json.dumps(user)}\n" for user in users))
    where = ["--client", shop.client_id, "--app", app_id]
    return server.cli("user", "import", *where, str(file))


def log_in(shop, app_id, user):
    """Passes by the app's code, and returns what the success token proves."""
    named = {"end_user_uuid": user["end_user_uuid"], "end_user_phone_number": "+12025550142"}
    end_user = EndUser(shop, app_id, shop.access_token(app_id, **named))
    page = end_user.open()
    assert page.state == "totp"
    code = pyotp.TOTP(user["totp_secret"]).now()
    page = end_user.submit(page.form("check"), code=code)
    assert page.state == "passed"
    token = success_token(page.home)
    return shop.sdk.authentication.validate_success_token(app_id, shop.client_id, token).object


def test_a_hundred_of_a_thousand_imported_end_users_log_in(server, shop, app_id, tmp_path):
    users = [
        {"end_user_uuid": f"user-{number}", "totp_secret": pyotp.random_base32()}
        for number in range(1000)
    ]
    report = import_users(server, shop, app_id, tmp_path, users)
    assert report == {"created": 1000, "updated": 0, "unchanged": 0, "refused": []}
    for user in random.Random(7).sample(users, 100):
        proof = log_in(shop, app_id, user)
        assert proof.end_user_uuid == user["end_user_uuid"]
        assert (proof.channel, proof.amr, proof.phone_changed) == ("totp", ["otp"], False)


def test_the_codes_of_an_imported_app_pass_once(server, shop, app_id, tmp_path):
    user = {"end_user_uuid": "ann", "totp_secret": pyotp.random_base32(32)}
    import_users(server, shop, app_id, tmp_path, [user])
    totp = pyotp.TOTP(user["totp_secret"])
    named = {"end_user_uuid": "ann", "end_user_phone_number": "+12025550142"}
    pages = []
    code = totp.now()
    for _ in range(2):
        end_user = EndUser(shop, app_id, shop.access_token(app_id, **named))
        pages.append(end_user.submit(end_user.open().form("check"), code=code).state)
    assert pages == ["passed", "totp_used"]
