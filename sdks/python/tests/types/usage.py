"""What type checkers make of the package. Never run: mypy and pyright read it, in their strictest
way.

Each `type: ignore` is a mistake that they must find: mypy tells of those that find nothing.
"""

from typing import List, Optional

import requests
from typing_extensions import assert_type

import onlyauth
from onlyauth.models import components, errors, operations


def clients() -> None:
    onlyauth.Onlyauth("secret")
    onlyauth.Onlyauth(lambda: "secret", None, "https://{host}", {"host": "auth.example"})
    onlyauth.Onlyauth(bearer_auth=None, client=requests.Session(), timeout_ms=1_000)
    backoff = onlyauth.BackoffStrategy(100, 1_000, 1.5, 5_000)
    onlyauth.Onlyauth(retry_config=onlyauth.RetryConfig("backoff", backoff, True))
    onlyauth.Onlyauth(5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    onlyauth.Onlyauth(client=object())  # type: ignore[arg-type]  # pyright: ignore


def login(s: onlyauth.Onlyauth) -> None:
    request = operations.CreateAccessTokenRequestBody(
        app_id="a",
        client_id="b",
        end_user_phone_number="c",
        end_user_uuid="d",
        redirect_uri="e",
        language="f",
        region="g",
    )
    created = s.authentication.create_access_token(request=request)
    assert_type(created, operations.CreateAccessTokenResponse)
    str(created.object.token)  # type: ignore[union-attr]  # pyright: ignore
    if created.object is not None:
        assert_type(created.object.token, Optional[str])
    assert_type(created.status_code, int)
    assert_type(created.raw_response.text, str)

    fields = {"app_id": "a", "client_id": "b", "redirect_uri": "c"}
    link = s.authentication.create_factor_link(fields)
    assert_type(link, operations.CreateFactorLinkResponse)
    if link.object is not None:
        assert_type(link.object.url, Optional[str])
        assert_type(link.object.expires_at, Optional[int])
    operations.CreateFactorLinkRequestBody("a")  # type: ignore[call-arg]  # pyright: ignore

    proof = s.authentication.validate_success_token("a", "b", "c", end_user_uuid="d").object
    assert proof is not None
    assert_type(proof.channels, Optional[List[str]])
    assert_type(proof.timestamp, Optional[int])
    s.authentication.validate_success_token("a", "b")  # type: ignore[call-arg]  # pyright: ignore
    operations.CreateAccessTokenRequestBody("a")  # type: ignore[call-arg]  # pyright: ignore


async def apps(s: onlyauth.Onlyauth) -> None:
    async with s as same:
        assert_type(same, onlyauth.Onlyauth)
    made = await s.apps.new_app_async({"friendly_name": "x"})
    assert made.object is not None and made.object.app is not None
    [app] = made.object.app
    assert_type(app, components.App)
    assert_type(app.enabled, int)
    settings = operations.UpdateAppRequestBody(enabled=True, allowed_countries=["DE"])
    assert_type(s.apps.update_app(app.id, "c", settings), operations.UpdateAppResponse)
    inbox = await s.sandbox.get_messages_async(app.id, "c", limit=1)
    assert_type(inbox.object, Optional[operations.GetSandboxMessagesResponseBody])


def refusals(s: onlyauth.Onlyauth) -> None:
    try:
        s.apps.get_apps("x")
    except errors.ErrorResponse as refused:
        assert_type(refused.errors, Optional[List[str]])
    except errors.SDKTimeoutError as late:
        assert_type(late.may_have_taken_effect, bool)
    except errors.SDKError as failed:
        assert_type(failed.status_code, Optional[int])
        assert_type(failed.code, Optional[str])
