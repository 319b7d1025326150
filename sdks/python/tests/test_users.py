"""End users, against a server."""

import asyncio

import pytest

from onlyauth.models import errors

from widget import EndUser

PHONE = "+12025550142"


@pytest.fixture
def ann(shop, app_id):
    """An end user who passed."""
    token = shop.access_token(app_id, end_user_uuid="ann", end_user_phone_number=PHONE)
    EndUser(shop, app_id, token).pass_the_login(PHONE)
    return shop.sdk.users.find_user(app_id, shop.client_id, "ann").object.user


def test_who_passed_is_found_and_shown(shop, app_id, ann):
    assert (ann.app_id, ann.mode, ann.last_channel) == (app_id, "sandbox", "sms")
    assert (ann.factors, ann.failures) == ([], [])
    assert ann.created_at == ann.last_passed_at
    assert PHONE not in ann.masked_phone_number and ann.masked_phone_number.endswith("42")
    assert shop.sdk.users.get_user_by_id(ann.id, shop.client_id).object.user == ann


def test_failures_are_told_and_forgotten(shop, app_id, ann):
    token = shop.access_token(app_id, end_user_uuid="ann", end_user_phone_number=PHONE)
    end_user = EndUser(shop, app_id, token)
    page = end_user.submit(end_user.open().form("send"))
    assert end_user.submit(page.form("check"), code="no code").state == "malformed_code"
    users = shop.sdk.users
    [failed] = users.get_user_by_id(ann.id, shop.client_id).object.user.failures
    assert (failed.channel, failed.failures, failed.locked) == ("sms", 1, False)
    assert failed.locked_until is None
    assert users.unlock_user(ann.id, shop.client_id).object.user.failures == []


def test_the_same_for_asyncio(shop, app_id, ann):
    async def ask():
        users = shop.sdk.users
        found = await users.find_user_async(app_id, shop.client_id, "ann", mode="sandbox")
        shown = await users.get_user_by_id_async(ann.id, shop.client_id)
        unlocked = await users.unlock_user_async(ann.id, shop.client_id)
        return [answer.object.user for answer in (found, shown, unlocked)]

    assert asyncio.run(ask()) == [ann, ann, ann]


def test_nobody_and_other_peoples(shop, rival, app_id, ann):
    users, client_id = shop.sdk.users, shop.client_id
    for ask in (
        lambda: users.find_user(app_id, client_id, "nobody"),
        lambda: users.find_user(app_id, client_id, "ann", mode="live"),
        lambda: users.get_user_by_id("USER-01920000-0000-7000-8000-000000000000", client_id),
        lambda: rival.sdk.users.get_user_by_id(ann.id, rival.client_id),
        lambda: rival.sdk.users.unlock_user(ann.id, rival.client_id),
    ):
        with pytest.raises(errors.SDKError) as failed:
            ask()
        assert (failed.value.status_code, failed.value.code) == (404, "not_found")
    with pytest.raises(errors.ErrorResponse, match="Invalid Request") as refused:
        users.find_user(app_id, client_id, "ann", mode="moon")
    assert refused.value.errors == ["'mode' must be sandbox or live."]
