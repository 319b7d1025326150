"""How a client is set up, and what is refused before anything is sent."""

import pytest

import onlyauth
from onlyauth import BackoffStrategy, RetryConfig
from onlyauth.models import components, errors, operations

from parity.calls import APP, APP_ID, BODIES
from stub import Reply

SECRET = "onlyauth_sk_hush"


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"server_url": "localhost:8080"}, "https://"),
        ({"server_url": ""}, "can't be read"),
        ({"server_url": "ftp://auth.example"}, "https://"),
        ({"server_url": "https://user:hush@auth.example"}, "user or password"),
        ({"server_url": "https://auth.example/?a=b"}, "query"),
        ({"timeout_ms": 0}, "milliseconds"),
        ({"timeout_ms": -1}, "milliseconds"),
        ({"root_certificates_pem": b"hush"}, "PEM"),
    ],
    ids=str,
)
def test_what_cannot_be_used_is_refused_at_once(settings, said):
    with pytest.raises(ValueError, match=said) as refused:
        onlyauth.Onlyauth(SECRET, **settings)
    assert "hush" not in str(refused.value)


@pytest.mark.parametrize("secret", ["a\nb", "ünicode", "a\0b", "\x7f"])
def test_a_secret_that_is_none_is_refused_and_not_repeated(stub, secret):
    sdk = onlyauth.Onlyauth(f"hush{secret}hush", server_url=stub.url)
    with pytest.raises(ValueError, match="API secret") as refused:
        sdk.apps.get_apps("x")
    assert "hush" not in str(refused.value)
    assert stub.requests == []


def test_a_function_that_raises_ends_the_call(stub):
    def fails():
        raise LookupError("the vault is closed")

    with pytest.raises(LookupError, match="vault"):
        onlyauth.Onlyauth(fails, server_url=stub.url).apps.get_apps("x")
    assert stub.requests == []


def test_the_environment_names_the_server(stub, monkeypatch):
    stub.reply = Reply(200, b'{"apps": []}')
    monkeypatch.setenv("ONLYAUTH_SERVER_URL", f" {stub.url} ")
    assert onlyauth.Onlyauth(SECRET).apps.get_apps("x").status_code == 200
    monkeypatch.setenv("ONLYAUTH_SERVER_URL", " ")
    details = onlyauth.Onlyauth(SECRET).sdk_configuration.get_server_details()
    assert details == ("http://localhost:8080", {})


def test_retries_are_as_they_are_set_up(stub):
    stub.reply = Reply(503, b"{}")
    for config, attempts in [
        (RetryConfig("none", None, False), 1),
        (RetryConfig("backoff", BackoffStrategy(1, 1, 1.0, 0), True), 1),
    ]:
        stub.requests.clear()
        sdk = onlyauth.Onlyauth(SECRET, server_url=stub.url, retry_config=config)
        with pytest.raises(errors.SDKError) as failed:
            sdk.apps.get_apps("x")
        assert (len(stub.requests), failed.value.raw_response.attempts) == (attempts, attempts)
    stub.requests.clear()
    eager = RetryConfig("backoff", BackoffStrategy(1, 1, 1.0, 60_000), True)
    sdk = onlyauth.Onlyauth(SECRET, server_url=stub.url, retry_config=eager, timeout_ms=500)
    with pytest.raises(errors.SDKError):
        sdk.apps.get_apps("x")
    assert len(stub.requests) > 3


@pytest.mark.parametrize(
    "make",
    [
        lambda: BackoffStrategy(-1, 1, 1.0, 1),
        lambda: RetryConfig("backoff", None, True),
    ],
)
def test_retries_that_make_no_sense_are_refused(make):
    with pytest.raises(ValueError):
        make()


def test_nothing_shows_a_secret(stub):
    stub.reply = Reply(200, b'{"token": "TOKN-hush", "end_user_uuid": "hush", "amr": ["sms"]}')
    sdk = onlyauth.Onlyauth(SECRET, server_url=stub.url)
    response = sdk.authentication.validate_success_token("a", "b", "TOKN-hush", "hush")
    request = operations.ValidateSuccessTokenRequest("a", "b", "TOKN-hush", "hush")
    message = components.Message("m", "sms", "+1hush", "hush", "hush", "hush", 0)
    shown = f"{sdk!r} {sdk.sdk_configuration!r} {response!r} {request!r} {message!r}"
    shown += f"{response.raw_response!r} {response.raw_response.headers!r}"
    assert "hush" not in shown
    assert "amr=['sms']" in shown


def test_a_trusted_device_is_a_channel_without_methods(stub):
    said = b'"channels": ["trusted_device"], "channel": "trusted_device", "amr": []'
    stub.reply = Reply(200, b'{"token": "t", "end_user_uuid": "ann", ' + said + b"}")
    sdk = onlyauth.Onlyauth(SECRET, server_url=stub.url)
    proof = sdk.authentication.validate_success_token("a", "b", "t", "ann").object
    assert (proof.channel, proof.channels, proof.amr) == ("trusted_device", ["trusted_device"], [])


def test_models_are_read_and_written():
    app = components.App.from_dict(APP)
    assert app == components.App.from_json(app.to_json())
    assert app.to_dict() == {key: value for key, value in APP.items() if value is not None}
    assert operations.Apps is operations.App is components.App
    body = operations.GetAppsResponseBody.from_dict(BODIES["get_apps"])
    assert body.apps == [app, app]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({**APP, "enabled": True}, "'enabled' is no int"),
        ({**APP, "sandbox_mode": 1}, "'sandbox_mode' is no bool"),
        ({**APP, "origins": "hush"}, "'origins' is no array"),
        ({**APP, "origins": ["x", 5]}, "'origins' is no str"),
        ({**APP, "id": None}, "'id' is no str"),
        ({}, "'sandbox_mode' is missing"),
        (["hush"], "an object was expected"),
        (None, "an object was expected"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_model_is_refused_without_its_values(data, said):
    with pytest.raises(ValueError, match=said) as refused:
        components.App.from_dict(data)
    assert "hush" not in str(refused.value)


def test_errors_can_be_copied_and_sent_to_other_processes(stub):
    import copy
    import pickle

    stub.reply = Reply(
        404, b'{"error": "Not found.", "code": "not_found", "errors": ["Not found."]}'
    )
    sdk = onlyauth.Onlyauth(SECRET, server_url=stub.url)
    with pytest.raises(errors.SDKError) as failed:
        sdk.apps.get_app_by_id(APP_ID, "x")
    stub.reply = Reply(
        400, b'{"error": "Invalid Request", "code": "invalid_request", "errors": ["No."]}'
    )
    with pytest.raises(errors.ErrorResponse) as refused:
        sdk.apps.get_app_by_id(APP_ID, "x")
    for error in (failed.value, refused.value):
        for other in (copy.copy(error), pickle.loads(pickle.dumps(error))):
            assert (type(other), str(other), other.code) == (type(error), str(error), error.code)
            assert other.raw_response.status_code == error.raw_response.status_code
