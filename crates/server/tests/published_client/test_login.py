"""A whole login: access token, widget, success token; through the published client and a browser without script."""

import base64
from urllib.parse import parse_qsl, urlsplit

import pytest
from onlyauth.models import errors

from server import eventually
from widget import EndUser, success_token

ORDINARY = "+14155552671"
FIXED_CODE = "+12025550142"


def login(shop, app_id, phone=FIXED_CODE, **changes):
    token = shop.access_token(app_id, end_user_phone_number=phone, **changes)
    return EndUser(shop, app_id, token).pass_the_login(phone)


def test_an_access_token_is_a_jwt_without_readable_personal_data(shop, app_id):
    token = shop.access_token(app_id, end_user_phone_number=ORDINARY, end_user_uuid="ann@example.com")
    assert token.count(".") == 2
    for part in token.split(".")[:2]:
        clear = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
        for personal in (b"4155552671", b"ann@example.com", b"localhost:3000"):
            assert personal not in clear


@pytest.mark.parametrize(
    "changes",
    [{"language": "EN-US"}, {"language": "pt-BR"}, {"region": "us1"}, {"region": "US-1"}],
    ids=str,
)
def test_spellings_that_published_clients_send(shop, app_id, changes):
    assert shop.access_token(app_id, **changes)


def test_a_login_passes_and_its_token_is_validated_once(shop, app_id):
    home = login(shop, app_id, ORDINARY, end_user_uuid="user-7")
    assert home.startswith("http://localhost:3000/login?next=%2Fcart&token=TOKN-")
    assert dict(parse_qsl(urlsplit(home).query))["next"] == "/cart"
    token = success_token(home)

    result = shop.sdk.authentication.validate_success_token(app_id, shop.client_id, token)
    proof = result.object
    assert (proof.token, proof.end_user_uuid) == (token, "user-7")
    assert proof.end_user_phone_number == ORDINARY
    more = result.raw_response.json()
    assert more["app_id"] == app_id
    assert more["action_id"] == "ACTN-" + token[len("TOKN-") :][:36]
    assert (more["channels"], more["channel"]) == (["sms"], "sms")
    assert more["amr"] == ["sms", "otp"]
    assert (more["phone_changed"], type(more["timestamp"])) == (False, int)
    assert result.raw_response.headers["Cache-Control"] == "no-store"

    with pytest.raises(errors.SDKError) as used:
        shop.sdk.authentication.validate_success_token(app_id, shop.client_id, token)
    assert used.value.status_code == 404
    assert used.value.raw_response.json()["code"] == "not_found"


def test_the_fixed_code_number(shop, app_id):
    end_user = EndUser(shop, app_id, shop.access_token(app_id))
    page = end_user.submit(end_user.open().form("send"))
    page = end_user.submit(page.form("check"), code="424 242")
    assert page.state == "passed"


def test_a_wrong_code_is_told_and_a_right_one_passes_afterwards(shop, app_id):
    end_user = EndUser(shop, app_id, shop.access_token(app_id))
    page = end_user.submit(end_user.open().form("send"))
    page = end_user.submit(page.form("check"), code="000000")
    assert page.state == "wrong_code"
    page = end_user.submit(page.form("check"), code="42424")
    assert page.state == "malformed_code"
    assert end_user.submit(page.form("check"), code="424242").state == "passed"


def test_row_9_the_same_form_twice_is_one_token_and_reloading_sends_nothing(shop, app_id):
    end_user = EndUser(shop, app_id, shop.access_token(app_id))
    for _ in range(3):
        assert end_user.open().state == "choose"
    form = end_user.open().form("send")
    page = end_user.submit(form)
    assert end_user.submit(form).state in ("sending", "code_sent")
    assert eventually(lambda: end_user.open().state == "code_sent")
    check = page.form("check")
    homes = {end_user.submit(check, code="424242").home for _ in range(2)}
    [home] = homes
    assert len(end_user.inbox(FIXED_CODE)) <= 1
    assert shop.sdk.authentication.validate_success_token(
        app_id, shop.client_id, success_token(home)
    ).object.end_user_uuid


def test_a_number_to_which_delivery_fails(shop, app_id):
    token = shop.access_token(app_id, end_user_phone_number="+12025550143")
    end_user = EndUser(shop, app_id, token)
    end_user.submit(end_user.open().form("send"))
    assert eventually(lambda: end_user.open().state == "delivery_failed")
    assert end_user.inbox("+12025550143") == []


def test_row_9_a_head_request_is_405_and_consumes_nothing(shop, app_id):
    token = success_token(login(shop, app_id))
    query = {"app_id": app_id, "client_id": shop.client_id, "token": token}
    assert shop.raw("HEAD", "/server/success-tokens", params=query).status_code == 405
    assert shop.sdk.authentication.validate_success_token(app_id, shop.client_id, token).object


def test_row_17_another_end_users_token_is_refused_and_not_consumed(shop, app_id):
    token = success_token(login(shop, app_id, end_user_uuid="mallory"))
    fields = {"app_id": app_id, "client_id": shop.client_id, "token": token}
    swapped = fields | {"end_user_uuid": "victim"}
    for method, where in (("GET", "params"), ("POST", "data")):
        answer = shop.raw(method, "/server/success-tokens", **{where: swapped})
        assert (answer.status_code, answer.json()["code"]) == (400, "end_user_mismatch")
    answer = shop.raw("POST", "/server/success-tokens", data=fields | {"end_user_uuid": "mallory"})
    assert answer.json()["end_user_uuid"] == "mallory"


def test_row_14_another_client_cannot_redeem_and_the_owner_still_can(shop, rival, app_id):
    token = success_token(login(shop, app_id))
    bodies = set()
    for app in (app_id, rival.create_app()):
        with pytest.raises(errors.SDKError) as refused:
            rival.sdk.authentication.validate_success_token(app, rival.client_id, token)
        assert refused.value.status_code == 404
        bodies.add(refused.value.body)
    assert len(bodies) == 1
    assert shop.sdk.authentication.validate_success_token(app_id, shop.client_id, token).object


def test_row_23_the_log_holds_no_secret_and_no_phone(shop, app_id):
    home = login(shop, app_id, ORDINARY, end_user_uuid="row-23-user")
    token = success_token(home)
    shop.sdk.authentication.validate_success_token(app_id, shop.client_id, token)
    log = "".join(shop.server.log)
    assert app_id in log, "the login is logged at all"
    for planted in (shop.secret, token, token[41:], ORDINARY, ORDINARY[1:], "row-23-user"):
        assert planted not in log
