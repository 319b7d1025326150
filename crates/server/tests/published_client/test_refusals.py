"""Every refusal: as the published client raises it, and as bytes."""

import pytest
from onlyauth.models import errors, operations

from server import eventually

UNKNOWN_APP = "APPX-01920000-0000-7000-8000-000000000000"
UNAUTHORISED = {
    "error": "Invalid auth token.",
    "code": "invalid_auth_token",
    "errors": ["Invalid auth token."],
}


def call_all(sdk, client_id, app_id):
    """Each operation as a named call."""
    access_token = operations.CreateAccessTokenRequestBody(
        app_id=app_id,
        client_id=client_id,
        end_user_phone_number="+12025550142",
        end_user_uuid="u",
        redirect_uri="http://localhost/",
        language="en",
        region="us-1",
    )
    return {
        "createAccessToken": lambda: sdk.authentication.create_access_token(access_token),
        "validateSuccessToken": lambda: sdk.authentication.validate_success_token(
            app_id, client_id, "TOKN-x"
        ),
        "getApps": lambda: sdk.apps.get_apps(client_id),
        "newApp": lambda: sdk.apps.new_app(operations.NewAppRequestBody(client_id=client_id)),
        "getAppById": lambda: sdk.apps.get_app_by_id(app_id, client_id),
        "updateApp": lambda: sdk.apps.update_app(
            app_id, client_id, operations.UpdateAppRequestBody()
        ),
        "deleteApp": lambda: sdk.apps.delete_app(app_id, client_id),
    }


def refusal(call, status):
    """The answer with which `call` was refused, as the client of the operation raises it."""
    kind = errors.ErrorResponse if status in (400, 401) else errors.SDKError
    with pytest.raises(kind) as raised:
        call()
    answer = raised.value.raw_response
    assert answer.status_code == status, answer.text
    if kind is errors.ErrorResponse:
        assert raised.value.error == answer.json()["error"]
    return answer


OPERATIONS = list(call_all(None, "", ""))


@pytest.mark.parametrize("operation", OPERATIONS)
def test_401_is_one_answer_whatever_is_wrong_with_the_secret(shop, rival, app_id, operation):
    wrong_secrets = [
        None,
        "onlyauth",
        shop.secret[:-1],
        shop.secret[:-1] + ("a" if shop.secret[-1] != "a" else "b"),
        shop.secret.upper(),
        f"Basic {shop.secret}",
        shop.secret + " " + shop.secret,
    ]
    answers = [
        refusal(call_all(shop.sdk_with(secret), shop.client_id, app_id)[operation], 401)
        for secret in wrong_secrets
    ]
    # A client_id that is not the secret's, for an app of either.
    for client, app in [(rival, app_id), (rival, UNKNOWN_APP)]:
        answers.append(refusal(call_all(shop.sdk, client.client_id, app)[operation], 401))
    unknown_client = "CLNT-01920000-0000-7000-8000-000000000000"
    answers.append(refusal(call_all(shop.sdk, unknown_client, app_id)[operation], 401))
    assert {answer.content for answer in answers} == {answers[0].content}
    assert answers[0].json() == UNAUTHORISED
    assert {answer.headers["WWW-Authenticate"] for answer in answers} == {"Bearer"}


def test_401_for_a_revoked_secret_within_two_seconds_and_the_others_live_on(server, shop):
    made = server.cli("secret", "create", "--client", shop.client_id)
    sdk = shop.sdk_with(made["api_secret"])
    accepted = eventually(lambda: try_get_apps(sdk, shop.client_id), 2.0)
    assert accepted.status_code == 200
    server.cli("secret", "revoke", "--client", shop.client_id, made["secret_id"])
    body = eventually(lambda: body_of_refusal(sdk, shop.client_id), 2.0)
    without_secret = shop.server.request("GET", "/apps", params={"client_id": shop.client_id})
    assert body == without_secret.content
    assert shop.sdk.apps.get_apps(shop.client_id).status_code == 200


def try_get_apps(sdk, client_id):
    try:
        return sdk.apps.get_apps(client_id)
    except errors.ErrorResponse:
        return None


def body_of_refusal(sdk, client_id):
    try:
        sdk.apps.get_apps(client_id)
    except errors.ErrorResponse as refused:
        assert refused.raw_response.status_code == 401
        return refused.raw_response.content
    return None


def test_401_comes_before_400_and_404(shop, rival):
    form = {"client_id": rival.client_id, "enabled": "maybe"}
    answer = shop.raw("POST", f"/apps/{UNKNOWN_APP}", data=form)
    assert (answer.status_code, answer.json()) == (401, UNAUTHORISED)


def test_400_comes_before_404(shop):
    form = {"client_id": shop.client_id, "enabled": "maybe"}
    answer = shop.raw("POST", f"/apps/{UNKNOWN_APP}", data=form)
    assert answer.status_code == 400, answer.text


def test_400_lists_every_missing_field(shop):
    empty = operations.CreateAccessTokenRequestBody(*[None] * 7)
    answer = refusal(lambda: shop.sdk.authentication.create_access_token(empty), 400)
    fields = ("client_id", "app_id", "end_user_phone_number", "end_user_uuid", "redirect_uri",
              "language", "region")  # fmt: skip
    assert answer.json() == {
        "error": "Invalid Request",
        "code": "invalid_request",
        "errors": [f"'{field}' is required." for field in fields],
    }


def test_400_lists_every_wrong_field(shop, app_id):
    request = shop.access_token_request(
        app_id,
        end_user_phone_number="12",
        end_user_uuid="x" * 256,
        redirect_uri="https://elsewhere.example/",
        language="not a language",
        region="moon-9",
    )
    answer = refusal(lambda: shop.sdk.authentication.create_access_token(request), 400)
    body = answer.json()
    assert (body["error"], body["code"]) == ("Invalid Request", "invalid_request")
    named = [problem.split("'")[1] for problem in body["errors"]]
    assert named == [
        "end_user_phone_number", "end_user_uuid", "redirect_uri", "language", "region",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("call", "missing"),
    [
        (lambda sdk: sdk.apps.get_apps(None), ["client_id"]),
        (lambda sdk: sdk.apps.get_app_by_id(UNKNOWN_APP, None), ["client_id"]),
        (lambda sdk: sdk.apps.delete_app(UNKNOWN_APP, None), ["client_id"]),
        (
            lambda sdk: sdk.apps.update_app(UNKNOWN_APP, None, operations.UpdateAppRequestBody()),
            ["client_id"],
        ),
        (
            lambda sdk: sdk.authentication.validate_success_token(None, None, None),
            ["client_id", "app_id", "token"],
        ),
    ],
    ids=["getApps", "getAppById", "deleteApp", "updateApp", "validateSuccessToken"],
)
def test_400_for_what_each_operation_needs(shop, call, missing):
    answer = refusal(lambda: call(shop.sdk), 400)
    assert answer.json()["errors"] == [f"'{field}' is required." for field in missing]


def test_400_for_unknown_doubled_and_contradicting_settings(shop):
    body = "colour=red&enabled=maybe&friendly_name=a&friendly_name=b"
    headers = {
        "Authorization": f"Bearer {shop.secret}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    answer = shop.server.request("POST", "/apps", headers=headers, data=body)
    assert answer.status_code == 400
    problems = "\n".join(answer.json()["errors"])
    for name in ("colour", "enabled", "friendly_name"):
        assert f"'{name}'" in problems
    form = {"allow_sms_channel": 0, "allow_totp_channel": 0, "webauthn_enabled": 0}
    answer = shop.raw("POST", "/apps", data=form)
    assert answer.status_code == 400
    assert "No channel is left" in answer.json()["errors"][0]


def test_400_is_the_same_for_an_unknown_and_a_foreign_app(shop, rivals_app_id):
    bodies = {
        refusal(call_all(shop.sdk, shop.client_id, app)["createAccessToken"], 400).content
        for app in (UNKNOWN_APP, rivals_app_id, "nonsense")
    }
    assert len(bodies) == 1
    # Which problem is told beside it depends on the input alone.
    assert b"'app_id' is not an app of this client." in bodies.pop()


@pytest.mark.parametrize(
    "operation", ["validateSuccessToken", "getAppById", "updateApp", "deleteApp"]
)
def test_404_is_the_same_for_an_unknown_and_a_foreign_app(shop, rivals_app_id, operation):
    answers = [
        refusal(call_all(shop.sdk, shop.client_id, app)[operation], 404)
        for app in (UNKNOWN_APP, rivals_app_id, "nonsense")
    ]
    assert {answer.content for answer in answers} == {answers[0].content}
    assert answers[0].json() == {
        "error": "Not found.",
        "code": "not_found",
        "errors": ["Not found."],
    }


def test_a_foreign_app_survives_all_of_it(rival, rivals_app_id):
    assert rival.sdk.apps.get_app_by_id(rivals_app_id, rival.client_id).object.app


def test_other_refusals_are_json_of_the_same_shape(shop):
    for method, path, options, status, code in [
        ("PUT", "/apps", {}, 405, "method_not_allowed"),
        ("GET", "/nowhere", {}, 404, "not_found"),
        ("POST", "/apps", {"json": {"enabled": 1}}, 415, "unsupported_media_type"),
        ("POST", "/apps", {"data": {"icon": "x" * 40_000}}, 413, "payload_too_large"),
    ]:
        answer = shop.raw(method, path, **options)
        assert (answer.status_code, answer.json()["code"]) == (status, code), path
        assert set(answer.json()) == {"error", "code", "errors"}
        assert len(answer.json()["errors"]) >= 1


