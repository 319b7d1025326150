"""Every operation against the server, from a new app to a validated token, and its refusals."""

import pytest

from onlyauth.models import errors, operations

from parity.calls import OPERATIONS, access_token_request, call, once, outcome, plain, response_name
from parity.differences import expected
from widget import EndUser, success_token

UNKNOWN_APP = "APPX-01920000-0000-7000-8000-000000000000"
WRONG_SECRET = (
    '{"error":"Invalid auth token.","code":"invalid_auth_token","errors":["Invalid auth token."]}'
)
NOT_FOUND = '{"error":"Not found.","code":"not_found","errors":["Not found."]}'


def test_apps_from_their_making_to_their_end(shop):
    apps = shop.sdk.apps
    made = outcome(lambda: apps.new_app(operations.NewAppRequestBody()))
    assert made[:3] == ("NewAppResponse", 200, "application/json")
    [app] = made[3]["app"]
    assert (app["client_id"], app["enabled"], app["sandbox_mode"]) == (shop.client_id, 1, True)

    one = ("GetAppByIDResponse", 200, "application/json", {"app": [app]})
    assert outcome(lambda: apps.get_app_by_id(app["id"], shop.client_id)) == one
    listed = plain(apps.get_apps(shop.client_id).object)["apps"]
    assert app in listed

    body = operations.UpdateAppRequestBody(client_id=shop.client_id)
    changed = outcome(lambda: apps.update_app(app["id"], shop.client_id, body))
    assert changed == ("UpdateAppResponse", 200, "application/json", {"app": [app]})
    settings = {"friendly_name": "Neuer Näme & Söhne", "defer_sms_usage": True}
    changed = outcome(lambda: apps.update_app(app["id"], shop.client_id, settings))
    named = {**app, "friendly_name": "Neuer Näme & Söhne"}
    assert changed == ("UpdateAppResponse", 200, "application/json", {"app": [named]})

    gone = outcome(lambda: apps.delete_app(app["id"], shop.client_id))
    assert gone == ("DeleteAppResponse", 200, "application/json", {"app": {}})
    assert outcome(lambda: apps.get_app_by_id(app["id"], shop.client_id)) == (
        "SDKError",
        404,
        NOT_FOUND,
    )


def test_a_login_to_the_validated_token_and_no_second_time(shop, app_id):
    request = access_token_request(app_id, shop.client_id)
    made = outcome(lambda: shop.sdk.authentication.create_access_token(request=request))
    assert made[:3] == ("CreateAccessTokenResponse", 200, "application/json")
    home = EndUser(shop, app_id, made[3]["token"]).pass_the_login(request.end_user_phone_number)
    token = success_token(home)

    def validate():
        return shop.sdk.authentication.validate_success_token(
            app_id=app_id, client_id=shop.client_id, token=token
        )

    proof = {"token": token, "end_user_uuid": "u ü&=+%", "end_user_phone_number": "+12025550142"}
    assert outcome(validate) == ("ValidateSuccessTokenResponse", 200, "application/json", proof)
    assert outcome(validate) == ("SDKError", 404, NOT_FOUND)


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("secret", [None, "", "nonsense", "Bearer nonsense", "two words"])
def test_401_for_a_wrong_secret(shop, app_id, operation, secret):
    sdk = shop.sdk_with(secret)
    refused = outcome(lambda: call(sdk, operation, app_id, shop.client_id))
    assert refused == ("ErrorResponse", 401, "Invalid auth token.", WRONG_SECRET)


@pytest.mark.parametrize("scheme", ["", "Bearer ", "bearer ", "BEARER "])
def test_a_secret_with_or_without_its_scheme_from_a_text_or_a_function(shop, scheme):
    for secret in (scheme + shop.secret, lambda: scheme + shop.secret):
        assert shop.sdk_with(secret).apps.get_apps(shop.client_id).status_code == 200


@pytest.mark.parametrize("operation", OPERATIONS)
def test_401_for_another_clients_id(shop, rival, app_id, operation):
    refused = outcome(lambda: call(shop.sdk, operation, app_id, rival.client_id))
    assert refused == ("ErrorResponse", 401, "Invalid auth token.", WRONG_SECRET)


def invalid(make_call):
    kind, status, error, body = outcome(make_call)
    assert (kind, status, error) == ("ErrorResponse", 400, "Invalid Request")
    return body


def test_400_for_missing_fields(shop):
    authentication, apps = shop.sdk.authentication, shop.sdk.apps
    request = access_token_request(UNKNOWN_APP, shop.client_id, language=None, region=None)
    body = invalid(lambda: authentication.create_access_token(request))
    assert "'language' is required." in body and "'region' is required." in body
    body = invalid(lambda: authentication.validate_success_token(None, None, None))
    assert all(f"'{name}' is required." in body for name in ("app_id", "client_id", "token"))
    for make_call in (
        lambda: apps.get_apps(None),
        lambda: apps.get_app_by_id(UNKNOWN_APP, None),
        lambda: apps.delete_app(UNKNOWN_APP, None),
        lambda: apps.update_app(UNKNOWN_APP, None, operations.UpdateAppRequestBody()),
    ):
        assert "'client_id' is required." in invalid(make_call)


def test_400_for_settings_that_are_none(shop, app_id):
    for make_call in (
        lambda: shop.sdk.apps.new_app({"colour": "red"}),
        lambda: shop.sdk.apps.update_app(app_id, shop.client_id, {"colour": "red"}),
    ):
        assert "'colour'" in invalid(make_call)


@pytest.mark.parametrize("app", [UNKNOWN_APP, "nonsense", "a/b", "ü ?#%"])
def test_404_and_for_access_tokens_400(shop, app):
    body = invalid(lambda: call(shop.sdk, "create_access_token", app, shop.client_id))
    assert "'app_id' is not an app of this client." in body
    missing = ["validate_success_token", "get_app_by_id", "update_app", "delete_app"]
    for operation in missing:
        kind, status, _ = outcome(lambda name=operation: call(shop.sdk, name, app, shop.client_id))
        assert (kind, status) == ("SDKError", 404), operation


@pytest.mark.parametrize("app", ["", ".", ".."])
def test_ids_that_would_lead_elsewhere(shop, app):
    for operation in ("get_app_by_id", "update_app", "delete_app"):
        with pytest.raises(Exception) as refused:
            call(shop.sdk, operation, app, shop.client_id)
        kind = f"{type(refused.value).__module__}.{type(refused.value).__name__}"
        assert kind == expected("an empty app_id"), operation


def test_nobody_listens(server):
    # A port that was free a moment ago, and nobody else's in the tests.
    import socket

    import onlyauth

    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    sdk = onlyauth.Onlyauth("x", server_url=url, retry_config=once())
    for operation in OPERATIONS:
        with pytest.raises(OSError) as failed:
            call(sdk, operation)
        kind = f"{type(failed.value).__module__}.{type(failed.value).__name__}"
        assert kind == expected("no connection"), operation


def test_names_of_answers():
    names = {response_name(operation) for operation in OPERATIONS}
    assert names <= set(operations.__all__)
    assert issubclass(errors.ErrorResponse, Exception)
