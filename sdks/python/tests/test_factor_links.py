"""Links to the page where end users look after their factors, against a server."""

import asyncio
import time
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

import onlyauth
from onlyauth.models import errors, operations

END_USER = "hush@example.com"
PHONE = "+12025550142"
# The default of the server's `tokens.factor_link_lifetime`, in seconds.
LIFETIME = 15 * 60


def request(shop, app_id, **changes):
    fields = {
        "app_id": app_id,
        "client_id": shop.client_id,
        "end_user_phone_number": PHONE,
        "end_user_uuid": END_USER,
        "redirect_uri": "http://localhost:3000/account",
        "language": "en",
        "region": "us-1",
    }
    return operations.CreateFactorLinkRequestBody(**{**fields, **changes})


def seen(response, app_id):
    """What every good answer holds, and what its repr does not."""
    link = response.object
    address = urlsplit(link.url)
    assert address.path == "/factors"
    query = parse_qs(address.query)
    assert query["app_id"] == [app_id]
    (token,) = query["token"]
    assert abs(link.expires_at - time.time() - LIFETIME) < LIFETIME / 2
    for shown in (repr(link), repr(response)):
        assert token not in shown and "/factors" not in shown
    return token


def test_a_link_by_either_transport_and_for_asyncio(shop, app_id):
    wanted = request(shop, app_id)
    assert END_USER not in repr(wanted) and PHONE not in repr(wanted)
    own = onlyauth.Onlyauth(shop.secret, server_url=shop.server.url, client=requests.Session())
    answers = [
        shop.sdk.authentication.create_factor_link(wanted),
        own.authentication.create_factor_link(wanted),
        asyncio.run(shop.sdk.authentication.create_factor_link_async(wanted)),
    ]
    assert len({seen(answer, app_id) for answer in answers}) == len(answers)


def test_every_problem_is_told_at_once(shop, app_id):
    with pytest.raises(errors.ErrorResponse) as refused:
        shop.sdk.authentication.create_factor_link(
            request(shop, app_id, language="no language", region="moon")
        )
    assert refused.value.code == "invalid_request"
    assert len(refused.value.errors) == 2


def test_another_clients_app_is_none(shop, rival, app_id):
    wanted = request(rival, app_id)
    with pytest.raises(errors.ErrorResponse) as refused:
        rival.sdk.authentication.create_factor_link(wanted)
    assert refused.value.errors == ["'app_id' is not an app of this client."]
