"""What a program can name and in which order: clients, operations, models, errors."""

import dataclasses
import inspect

import pytest

import onlyauth
from onlyauth.models import components, errors, operations
from onlyauth.utils import BackoffStrategy, RetryConfig

from parity.differences import PUBLISHED, expected

APP_FIELDS = (
    "sandbox_mode allow_sms_channel icon allow_totp_channel enabled app_domain webauthn_enabled id "
    "client_id friendly_name webauthn_redirect_allowed supported_factors webauth_enabled"
)
RESPONSE_FIELDS = "content_type status_code raw_response object"
FIELDS = {
    "App": APP_FIELDS,
    "Apps": APP_FIELDS,
    "CreateAccessTokenRequestBody": (
        "app_id client_id end_user_phone_number end_user_uuid redirect_uri language region"
    ),
    "CreateAccessTokenResponse": RESPONSE_FIELDS,
    "CreateAccessTokenResponseBody": "token",
    "DeleteAppApp": "",
    "DeleteAppRequest": "app_id client_id",
    "DeleteAppResponse": RESPONSE_FIELDS,
    "DeleteAppResponseBody": "app",
    "GetAppByIDApp": APP_FIELDS,
    "GetAppByIDRequest": "app_id client_id",
    "GetAppByIDResponse": RESPONSE_FIELDS,
    "GetAppByIDResponseBody": "app",
    "GetAppsRequest": "client_id",
    "GetAppsResponse": RESPONSE_FIELDS,
    "GetAppsResponseBody": "apps",
    "NewAppRequestBody": "client_id",
    "NewAppResponse": RESPONSE_FIELDS,
    "NewAppResponseBody": "app",
    "UpdateAppApp": APP_FIELDS,
    "UpdateAppRequest": "app_id client_id request_body",
    "UpdateAppRequestBody": "client_id",
    "UpdateAppResponse": RESPONSE_FIELDS,
    "UpdateAppResponseBody": "app",
    "ValidateSuccessTokenRequest": "app_id client_id token",
    "ValidateSuccessTokenResponse": RESPONSE_FIELDS,
    "ValidateSuccessTokenResponseBody": "token end_user_uuid end_user_phone_number",
}


def test_no_model_is_missing():
    if PUBLISHED:
        assert set(operations.__all__) == set(FIELDS)
    assert set(FIELDS) <= set(operations.__all__)


@pytest.mark.parametrize("model", FIELDS)
def test_models_have_their_fields_in_the_same_order_and_as_optional(model):
    fields = dataclasses.fields(getattr(operations, model))
    names = FIELDS[model].split()
    # Ours may have more, behind these and optional.
    assert [field.name for field in fields][: len(names)] == names
    assert PUBLISHED is False or len(fields) == len(names)
    added = fields[len(names) :]
    assert all(field.default is not dataclasses.MISSING for field in added)
    required = [field.name for field in fields if field.default is dataclasses.MISSING]
    if names == APP_FIELDS.split():
        assert required == names[: names.index("id") + 1]
    elif "Response" in model or model == "NewAppRequestBody" or model == "UpdateAppRequestBody":
        assert required == [
            name for name in names if model.endswith("Response") and name != "object"
        ]
    else:
        assert required == names


def parameters(function):
    return [name for name in inspect.signature(function).parameters if name != "self"]


@pytest.mark.parametrize(
    ("function", "names"),
    [
        (
            onlyauth.Onlyauth,
            "bearer_auth server_idx server_url url_params client retry_config",
        ),
        (errors.SDKError, "message status_code body raw_response"),
        (errors.ErrorResponse, "error"),
        (components.Security, "bearer_auth"),
        (RetryConfig, "strategy backoff retry_connection_errors"),
        (BackoffStrategy, "initial_interval max_interval exponent max_elapsed_time"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_constructors_take_the_same_arguments_in_the_same_order(function, names):
    assert parameters(function)[: len(names.split())] == names.split()


@pytest.mark.parametrize(
    ("group", "operation", "names"),
    [
        ("authentication", "create_access_token", "request"),
        ("authentication", "validate_success_token", "app_id client_id token"),
        ("apps", "get_apps", "client_id"),
        ("apps", "new_app", "request"),
        ("apps", "get_app_by_id", "app_id client_id"),
        ("apps", "update_app", "app_id client_id request_body"),
        ("apps", "delete_app", "app_id client_id"),
    ],
)
def test_operations_take_the_same_arguments_in_the_same_order(group, operation, names):
    function = getattr(getattr(onlyauth.Onlyauth("x"), group), operation)
    found = parameters(function)
    assert found[: len(names.split())] == names.split()
    added = found[len(names.split()) :]
    assert all(
        inspect.signature(function).parameters[name].default is not inspect.Parameter.empty
        for name in added
    )


def test_errors_are_exceptions_and_neither_is_the_other():
    assert issubclass(errors.ErrorResponse, Exception)
    assert issubclass(errors.SDKError, Exception)
    assert not issubclass(errors.ErrorResponse, errors.SDKError)
    assert not issubclass(errors.SDKError, errors.ErrorResponse)


def test_an_sdk_error_keeps_what_it_was_made_with():
    error = errors.SDKError("message", 500, "body", None)
    kept = (error.message, error.status_code, error.body, error.raw_response)
    assert kept == ("message", 500, "body", None)


def test_the_default_server(monkeypatch):
    monkeypatch.delenv("ONLYAUTH_SERVER_URL", raising=False)
    for settings in ({}, {"server_idx": 0}):
        configuration = onlyauth.Onlyauth("x", **settings).sdk_configuration
        assert configuration.get_server_details() == (expected("default server"), {})


@pytest.mark.parametrize(
    ("given", "params", "details"),
    [
        ("http://localhost:1", None, "http://localhost:1"),
        ("http://localhost:1/", None, "http://localhost:1"),
        ("http://localhost:1/below", None, "http://localhost:1/below"),
        ("http://{host}:{port}", {"host": "localhost", "port": "1"}, "http://localhost:1"),
        ("http://localhost:1", {"other": "x"}, "http://localhost:1"),
    ],
)
def test_a_server_that_is_named(given, params, details):
    sdk = onlyauth.Onlyauth("x", None, given, params)
    assert sdk.sdk_configuration.get_server_details() == (details, {})


def test_there_is_one_server_to_count_to():
    found = "construction"
    with pytest.raises(IndexError):
        sdk = onlyauth.Onlyauth("x", server_idx=1)
        found = "call"
        sdk.apps.get_apps("x")
    assert found == expected("when a server number is found wrong")
