"""Logins, against a server."""

import asyncio

import pytest

from onlyauth.models import errors

from widget import EndUser

PHONE = "+12025550142"


@pytest.fixture
def passed(shop, app_id):
    """A login that passed, and was not redeemed."""
    token = shop.access_token(app_id, end_user_uuid="ann", end_user_phone_number=PHONE)
    EndUser(shop, app_id, token).pass_the_login(PHONE)
    [action] = shop.sdk.actions.list_actions(app_id, shop.client_id).object.actions
    return action


def test_a_login_is_listed_and_told(shop, app_id, passed):
    assert (passed.app_id, passed.mode, passed.status) == (app_id, "sandbox", "passed")
    assert (passed.channels, passed.country, passed.phone_changed) == (["sms"], "US", False)
    user = shop.sdk.users.find_user(app_id, shop.client_id, "ann").object.user
    assert passed.user_id == user.id
    told = shop.sdk.actions.get_action_by_id(passed.id, shop.client_id).object
    assert told.action == passed
    words = [(entry.what, entry.channel, entry.why) for entry in told.time_line]
    assert words[:2] == [("started", None, None), ("offered", "sms", None)]
    assert words[-3:] == [
        ("judged", "sms", "right"),
        ("passed", None, None),
        ("token_issued", None, None),
    ]
    assert all(entry.detail.endswith(".") for entry in told.time_line)


def test_pages_follow_each_other(shop, app_id, passed):
    actions, client_id = shop.sdk.actions, shop.client_id
    page = actions.list_actions(app_id, client_id, status="passed", limit=1).object
    assert ([action.id for action in page.actions], page.next_cursor) == ([passed.id], passed.id)
    page = actions.list_actions(app_id, client_id, limit=1, cursor=page.next_cursor).object
    assert (page.actions, page.next_cursor) == ([], None)
    page = actions.list_actions(app_id, client_id, user_id=passed.user_id).object
    assert page.actions == [passed]
    assert actions.list_actions(app_id, client_id, status="open").object.actions == []


def test_the_same_for_asyncio(shop, app_id, passed):
    async def ask():
        actions = shop.sdk.actions
        listed = await actions.list_actions_async(app_id, shop.client_id)
        told = await actions.get_action_by_id_async(passed.id, shop.client_id)
        return [*listed.object.actions, told.object.action]

    assert asyncio.run(ask()) == [passed, passed]


def test_nothing_and_other_peoples(shop, rival, app_id, passed):
    actions, client_id = shop.sdk.actions, shop.client_id
    for ask in (
        lambda: actions.get_action_by_id("ACTN-01920000-0000-7000-8000-000000000000", client_id),
        lambda: rival.sdk.actions.get_action_by_id(passed.id, rival.client_id),
        lambda: rival.sdk.actions.list_actions(app_id, rival.client_id),
        lambda: actions.list_actions(app_id, client_id, user_id="USER-x"),
    ):
        with pytest.raises(errors.SDKError) as failed:
            ask()
        assert (failed.value.status_code, failed.value.code) == (404, "not_found")
    with pytest.raises(errors.ErrorResponse, match="Invalid Request") as refused:
        actions.list_actions(app_id, client_id, status="gone")
    assert refused.value.errors == ["'status' must be open, passed, cancelled or expired."]
