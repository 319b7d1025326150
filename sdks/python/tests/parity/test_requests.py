"""What is sent: addresses, parameters, forms, headers; by the package itself and by an injected
client."""

import json

import pytest
import requests

import onlyauth

from parity.calls import APP_ID, BODIES, CLIENT_ID, OPERATIONS, call, once, outcome, raised, sdk_of
from parity.differences import PUBLISHED, expected
from stub import Reply, Stub

CLIENT = {"client_id": CLIENT_ID}
# Method, path, query and form of each operation.
SENT = {
    "create_access_token": (
        "POST",
        "/server/access-tokens/new",
        {},
        {
            "app_id": APP_ID,
            "client_id": CLIENT_ID,
            "end_user_phone_number": "+12025550142",
            "end_user_uuid": "u ü&=+%",
            "redirect_uri": "http://localhost:3000/login?next=%2F",
            "language": "en-us",
            "region": "us-1",
        },
    ),
    "get_apps": ("GET", "/apps", CLIENT, {}),
    "new_app": ("POST", "/apps", {}, CLIENT),
    "get_app_by_id": ("GET", f"/apps/{APP_ID}", CLIENT, {}),
    "update_app": ("POST", f"/apps/{APP_ID}", CLIENT, {}),
    "delete_app": ("DELETE", f"/apps/{APP_ID}", CLIENT, {}),
}


@pytest.fixture(scope="module")
def stub():
    with Stub() as stub:
        yield stub


def sent(stub, make_call, body=b"{}"):
    """The one request that a call makes."""
    stub.requests.clear()
    stub.reply = Reply(200, body)
    make_call()
    [request] = stub.requests
    return request


@pytest.mark.parametrize("operation", SENT)
@pytest.mark.parametrize("injected", [False, True])
def test_what_an_operation_sends(stub, operation, injected):
    settings = {"client": requests.Session(), "retry_config": None} if injected else {}
    sdk = sdk_of(stub, **settings)
    request = sent(stub, lambda: call(sdk, operation))
    assert (request.method, request.path, request.query, request.form) == SENT[operation]
    assert request.headers["authorization"] == "Bearer s3cret"
    assert request.headers["accept"] == "application/json"
    if request.method == "POST":
        assert request.headers["content-type"] == "application/x-www-form-urlencoded"


@pytest.mark.parametrize("injected", [False, True])
def test_how_a_success_token_is_sent(stub, injected):
    settings = {"client": requests.Session(), "retry_config": None} if injected else {}
    sdk = sdk_of(stub, **settings)
    request = sent(stub, lambda: call(sdk, "validate_success_token"))
    fields = {"app_id": APP_ID, "client_id": CLIENT_ID, "token": "TOKN-x"}
    method, where = expected("how a success token is sent")
    assert (request.method, request.path) == (method, "/server/success-tokens")
    assert {"query": request.query, "form": request.form}[where] == fields


def test_the_user_agent(stub):
    request = sent(stub, lambda: call(sdk_of(stub), "get_apps"))
    assert request.headers["user-agent"].startswith(expected("user agent"))


@pytest.mark.parametrize("below", ["", "/", "/a/b", "/a/b/"])
def test_a_server_below_a_path(stub, below):
    sdk = onlyauth.Onlyauth("s3cret", server_url=stub.url + below, retry_config=once())
    request = sent(stub, lambda: call(sdk, "get_app_by_id"))
    assert request.path == below.rstrip("/") + f"/apps/{APP_ID}"


def test_mappings_in_place_of_requests(stub):
    sdk = sdk_of(stub)
    settings = {"client_id": "c", "enabled": 0, "sandbox_mode": False, "friendly_name": "x y"}
    words = {"client_id": "c", "enabled": "0", "sandbox_mode": "false", "friendly_name": "x y"}
    assert sent(stub, lambda: sdk.apps.new_app(settings)).form == words
    assert sent(stub, lambda: sdk.apps.update_app("x", "y", settings)).form == words
    nothing = sent(stub, lambda: sdk.apps.new_app({"friendly_name": None}))
    assert nothing.form == expected("None in a mapping")
    listed = sent(stub, lambda: sdk.apps.new_app({"allowed_countries": ["DE", "US"]}))
    assert listed.form["allowed_countries"] == expected("a list in a mapping")


def test_a_secret_with_white_space(stub):
    sdk = sdk_of(stub, " s3cret\n")
    found = raised(lambda: call(sdk, "get_apps"))
    if found is None:
        found = sent(stub, lambda: call(sdk, "get_apps")).headers["authorization"]
    assert found == expected("white space around a secret")


@pytest.mark.parametrize("secret", ["a\nb", "a\rb", "Bearer a\nX-Other: b"])
def test_a_secret_with_line_breaks_is_never_sent(stub, secret):
    stub.requests.clear()
    sdk = sdk_of(stub, secret)
    for operation in OPERATIONS:
        with pytest.raises(ValueError):
            call(sdk, operation)
    assert stub.requests == []


def test_a_function_is_asked_for_each_call(stub):
    secrets = iter(["first", "bearer second"])
    sdk = sdk_of(stub, lambda: next(secrets))
    found = [sent(stub, lambda: call(sdk, "get_apps")).headers["authorization"] for _ in range(2)]
    assert found == ["Bearer first", "bearer second"]


def test_a_function_that_gives_no_secret_any_more(stub):
    secrets = iter(["first", None])
    sdk = sdk_of(stub, lambda: next(secrets))
    sent(stub, lambda: call(sdk, "get_apps"))
    request = sent(stub, lambda: call(sdk, "get_apps"))
    assert request.headers.get("authorization", "") == expected(
        "a function gives no secret any more"
    )


class Double:
    """A test double of the shape that programs inject: it answers and remembers."""

    def __init__(self, reply):
        self.reply = reply
        self.headers = {}
        self.calls = []

    def request(self, method, url, **options):
        self.calls.append((method, url, options))
        return self.reply


def answer(status, body, content_type="application/json"):
    response = requests.Response()
    response.status_code = status
    response.headers["Content-Type"] = content_type
    response._content = json.dumps(body).encode()
    return response


@pytest.mark.parametrize("operation", OPERATIONS)
def test_an_injected_client_carries_every_operation(operation):
    double = Double(answer(200, BODIES[operation]))
    sdk = onlyauth.Onlyauth("s3cret", server_url="http://there.example/x/", client=double)
    response = call(sdk, operation)
    assert response.raw_response is double.reply
    [(method, url, options)] = double.calls
    assert url.startswith("http://there.example/x/")
    assert method == (SENT.get(operation) or expected("how a success token is sent"))[0]
    where = "its headers" if "Authorization" in double.headers else "the request's headers"
    assert where == expected("where an injected client gets the secret")
    assert {**double.headers, **options["headers"]}["Authorization"] == "Bearer s3cret"
    follows = options.get("allow_redirects", True)
    assert follows == expected("whether an injected client follows redirects")


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize(
    ("status", "content_type", "kind"),
    [
        (400, "application/json", "ErrorResponse"),
        (401, "application/json", "ErrorResponse"),
        (404, "application/json", "SDKError"),
        (503, "text/html", "SDKError"),
        (200, "text/html", "SDKError"),
    ],
)
def test_an_injected_clients_answers_raise_the_same(operation, status, content_type, kind):
    double = Double(answer(status, {"error": "No."}, content_type))
    sdk = onlyauth.Onlyauth("s3cret", server_url="http://there.example", client=double)
    assert outcome(lambda: call(sdk, operation))[:2] == (kind, status)
    assert len(double.calls) == 1


class Broken:
    """An injected client that fails in its own way."""

    headers: dict = {}

    def request(self, *_args, **_options):
        raise requests.exceptions.ProxyError("no proxy")


def test_an_injected_clients_own_errors_come_through():
    sdk = onlyauth.Onlyauth("s3cret", server_url="http://there.example", client=Broken())
    for operation in OPERATIONS:
        with pytest.raises(requests.exceptions.ProxyError):
            call(sdk, operation)


def test_which_package_this_is():
    # Both are tested, and each in an environment of its own: scripts/test says which.
    import os

    assert os.environ.get("ONLYAUTH_PARITY", "ours") == ("published" if PUBLISHED else "ours")
