"""Each operation as a call, and what comes of a call in words that don't depend on the package."""

import dataclasses

import onlyauth
from onlyauth.models import errors, operations
from onlyauth.utils import RetryConfig

APP_ID = "APPX-01920000-0000-7000-8000-000000000000"
CLIENT_ID = "CLNT-01920000-0000-7000-8000-000000000000"
APP = {
    "id": APP_ID,
    "client_id": CLIENT_ID,
    "friendly_name": "Shop",
    "icon": "",
    "app_domain": "shop.example",
    "enabled": 1,
    "sandbox_mode": True,
    "allow_sms_channel": True,
    "allow_totp_channel": False,
    "webauthn_enabled": True,
    "webauthn_redirect_allowed": None,
    "webauth_enabled": True,
    "supported_factors": "sms,webauthn",
}

# A good answer's body for each operation.
BODIES = {
    "create_access_token": {"token": "a.b.c"},
    "validate_success_token": {
        "token": "TOKN-x",
        "end_user_uuid": "u",
        "end_user_phone_number": "+12025550142",
    },
    "get_apps": {"apps": [APP, APP]},
    "new_app": {"app": [APP]},
    "get_app_by_id": {"app": [APP]},
    "update_app": {"app": [APP]},
    "delete_app": {"app": {}},
}
OPERATIONS = list(BODIES)


def access_token_request(app_id=APP_ID, client_id=CLIENT_ID, **changes):
    fields = {
        "app_id": app_id,
        "client_id": client_id,
        "end_user_phone_number": "+12025550142",
        "end_user_uuid": "u ü&=+%",
        "redirect_uri": "http://localhost:3000/login?next=%2F",
        "language": "en-us",
        "region": "us-1",
    }
    return operations.CreateAccessTokenRequestBody(**{**fields, **changes})


def call(sdk, operation, app_id=APP_ID, client_id=CLIENT_ID):
    """Calls an operation by its name."""
    return {
        "create_access_token": lambda: sdk.authentication.create_access_token(
            access_token_request(app_id, client_id)
        ),
        "validate_success_token": lambda: sdk.authentication.validate_success_token(
            app_id, client_id, "TOKN-x"
        ),
        "get_apps": lambda: sdk.apps.get_apps(client_id),
        "new_app": lambda: sdk.apps.new_app(operations.NewAppRequestBody(client_id=client_id)),
        "get_app_by_id": lambda: sdk.apps.get_app_by_id(app_id, client_id),
        "update_app": lambda: sdk.apps.update_app(
            app_id, client_id, operations.UpdateAppRequestBody()
        ),
        "delete_app": lambda: sdk.apps.delete_app(app_id, client_id),
    }[operation]()


def once():
    """A single attempt, whatever comes of it."""
    return RetryConfig("none", None, False)


def sdk_of(server, secret="s3cret", **settings):
    settings.setdefault("retry_config", once())
    return onlyauth.Onlyauth(secret, server_url=server.url, **settings)


def plain(value):
    """A model as dictionaries, with the keys that the published package has."""
    if dataclasses.is_dataclass(value):
        names = [field.name for field in dataclasses.fields(value)]
        if "sandbox_mode" in names:
            names = list(APP)
        known = {"token", "end_user_uuid", "end_user_phone_number", "app", "apps", *APP}
        return {name: plain(getattr(value, name)) for name in names if name in known}
    return [plain(one) for one in value] if isinstance(value, list) else value


def outcome(make_call):
    """What a call comes to: its answer, or the exception with what programs look at."""
    try:
        response = make_call()
    except errors.ErrorResponse as refused:
        answer = refused.raw_response
        return ("ErrorResponse", answer.status_code, refused.error, answer.text)
    except errors.SDKError as failed:
        answer = failed.raw_response
        assert (failed.status_code, failed.body) == (answer.status_code, answer.text)
        return ("SDKError", failed.status_code, failed.body)
    assert response.status_code == response.raw_response.status_code
    name = type(response).__name__
    return (name, response.status_code, response.content_type, plain(response.object))


def raised(make_call):
    """The full name of the class of what a call raises."""
    try:
        make_call()
    except Exception as error:
        return f"{type(error).__module__}.{type(error).__qualname__}"
    return None


def response_name(operation):
    """`get_app_by_id` answers with a GetAppByIDResponse."""
    words = [{"id": "ID"}.get(word, word.capitalize()) for word in operation.split("_")]
    return "".join(words) + "Response"
