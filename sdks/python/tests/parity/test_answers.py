"""Every operation with every kind of answer, those that no good server gives included."""

import json

import pytest

from onlyauth.models import errors, operations

from parity.calls import (
    APP,
    BODIES,
    OPERATIONS,
    access_token_request,
    call,
    once,
    outcome,
    raised,
    response_name,
    sdk_of,
)
from parity.differences import PUBLISHED, expected
from stub import Reply, Stub

REFUSAL = '{"error":"No.","code":"some_code","errors":["No."],"more":1}'
OTHER_REFUSALS = [*range(402, 432), 451, *range(500, 506), 511, 599]


@pytest.fixture(scope="module")
def stub():
    with Stub() as stub:
        yield stub


def ask(stub, operation, reply, **settings):
    stub.requests.clear()
    stub.reply = reply
    sdk = sdk_of(stub, **settings)
    return outcome(lambda: call(sdk, operation))


def good(operation):
    return json.dumps(BODIES[operation]).encode()


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        "application/json; charset=utf-8",
        "Application/JSON",
        "application/json;x",
    ],
)
def test_a_good_answer(stub, operation, content_type):
    answer = ask(stub, operation, Reply(200, good(operation), content_type))
    assert answer == (response_name(operation), 200, content_type, BODIES[operation])


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("status", [400, 401])
def test_400_and_401(stub, operation, status):
    answer = ask(stub, operation, Reply(status, REFUSAL.encode()))
    assert answer == ("ErrorResponse", status, "No.", REFUSAL)
    answer = ask(stub, operation, Reply(status, b"{}"))
    assert answer == ("ErrorResponse", status, None, "{}")


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("status", OTHER_REFUSALS)
def test_every_other_refusal(stub, operation, status):
    for body, content_type in [
        (REFUSAL, "application/json"),
        ("<p>Bad gateway</p>", "text/html"),
        ("", None),
        ("{", "application/json"),
    ]:
        answer = ask(stub, operation, Reply(status, body.encode(), content_type))
        assert answer == ("SDKError", status, body)


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("status", [200, 400, 401])
@pytest.mark.parametrize(
    "content_type", ["text/html", "text/plain; charset=utf-8", "application/xml", "x", None]
)
def test_a_wrong_content_type(stub, operation, status, content_type):
    answer = ask(stub, operation, Reply(status, good(operation), content_type))
    assert answer == ("SDKError", status, good(operation).decode())


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("status", [201, 202])
def test_a_success_that_the_operation_does_not_have(stub, operation, status):
    answer = ask(stub, operation, Reply(status, b"whatever", "text/plain"))
    assert answer == (response_name(operation), status, "text/plain", None)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_null_and_keys_of_the_future(stub, operation):
    answer = ask(stub, operation, Reply(200, b"null"))
    assert answer == (response_name(operation), 200, "application/json", None)
    body = json.dumps({**BODIES[operation], "future": {"x": 1}}).encode()
    assert ask(stub, operation, Reply(200, body))[3] == BODIES[operation]
    empty = ask(stub, operation, Reply(200, b"{}"))[3]
    assert set(empty.values()) == {None}


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("status", [200, 400, 401])
@pytest.mark.parametrize("body", [b"", b"{", b"<html>", b'{"a":'])
def test_no_json(stub, operation, status, body):
    stub.reply = Reply(status, body)
    sdk = sdk_of(stub)
    assert raised(lambda: call(sdk, operation)) == expected("no JSON")
    # What both have in common.
    with pytest.raises(ValueError):
        call(sdk, operation)


@pytest.mark.parametrize("status", [400, 401])
def test_a_refusal_that_is_no_object(stub, status):
    stub.reply = Reply(status, b"[1]")
    sdk = sdk_of(stub)
    for operation in OPERATIONS:
        assert raised(lambda name=operation: call(sdk, name)) == expected("a 400 that is no object")


@pytest.mark.parametrize("key", ["id", "sandbox_mode", "enabled"])
def test_an_app_without_a_required_key(stub, key):
    stub.reply = Reply(200, json.dumps({"app": [{**APP, key: APP[key]} | {}]}).encode())
    partial = {name: value for name, value in APP.items() if name != key}
    stub.reply = Reply(200, json.dumps({"app": [partial], "apps": [partial]}).encode())
    sdk = sdk_of(stub)
    for operation in ("get_apps", "new_app", "get_app_by_id", "update_app"):
        found = raised(lambda name=operation: call(sdk, name))
        assert found == expected("a required key is missing")


def test_an_app_without_its_optional_keys(stub):
    required = (
        "sandbox_mode allow_sms_channel icon allow_totp_channel enabled app_domain "
        "webauthn_enabled id"
    )
    stub.reply = Reply(
        200, json.dumps({"app": [{key: APP[key] for key in required.split()}]}).encode()
    )
    [app] = sdk_of(stub).apps.get_app_by_id("x", "y").object.app
    assert (app.client_id, app.friendly_name, app.supported_factors) == (None, None, None)
    absent = expected("an absent nullable key")
    assert (app.webauthn_redirect_allowed, app.webauth_enabled) == (absent, absent)


def test_a_value_of_another_type(stub):
    stub.reply = Reply(200, b'{"token": 5}')
    sdk = sdk_of(stub)
    try:
        found = call(sdk, "create_access_token").object.token
    except errors.SDKError as error:
        found = f"{type(error).__module__}.{type(error).__name__}"
    assert found == expected("a value of another type")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect(stub, status):
    with Stub(Reply(200, good("get_apps"))) as elsewhere:
        stub.reply = Reply(status, b"", None, {"Location": elsewhere.url})
        answer = outcome(lambda: call(sdk_of(stub), "get_apps"))
        asked = "followed" if elsewhere.requests else answer[0]
    assert asked == expected("a redirect")


def test_a_body_of_10_mb(stub):
    stub.reply = Reply(200, json.dumps({"token": "x" * 10_000_000}).encode())
    try:
        call(sdk_of(stub), "create_access_token")
        found = "read"
    except errors.SDKError as error:
        found = type(error).__name__
    assert found == expected("a body of 10 MB")


def test_attempts_after_refusals_that_pass(stub):
    answers = iter([Reply(503, b"{}"), Reply(503, b"{}"), Reply(200, good("get_apps"))])

    def reply(connection, _request):
        connection.sendall(bytes(next(answers)))

    stub.requests.clear()
    stub.reply = reply
    found = outcome(lambda: call(sdk_of(stub, retry_config=None), "get_apps"))
    assert len(stub.requests) == expected("attempts after a 503")
    assert found[1] == (503 if PUBLISHED else 200)


@pytest.mark.parametrize("request_of_none", [None, "text", 5, [1]])
def test_a_request_that_is_none(stub, request_of_none):
    sdk = sdk_of(stub)
    stub.requests.clear()
    for make_call in (
        lambda: sdk.authentication.create_access_token(request_of_none),
        lambda: sdk.apps.new_app(request_of_none),
        lambda: sdk.apps.update_app("x", "y", request_of_none),
    ):
        assert raised(make_call) == expected("no request")
    assert stub.requests == []


def test_secrets_stay_out_of_reprs(stub):
    stub.reply = Reply(200, good("create_access_token"))
    request = access_token_request()
    response = sdk_of(stub, "s3cret").authentication.create_access_token(request)
    shown = "+12025550142" in repr(request) and "a.b.c" in repr(response)
    assert shown == expected("secrets in reprs")


def test_the_body_in_an_errors_text(stub):
    stub.reply = Reply(200, b"the body", "text/plain")
    with pytest.raises(errors.SDKError) as failed:
        call(sdk_of(stub), "get_apps")
    assert ("the body" in str(failed.value)) == expected("the body in an error's text")
    assert failed.value.body == "the body"


def test_single_attempts_are_a_setting_of_both():
    assert once().strategy == "none"
    assert operations.NewAppRequestBody().client_id is None
