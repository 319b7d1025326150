"""End users, against a server."""

import asyncio
import json

import pytest

from onlyauth.models import errors

from widget import EndUser

PHONE = "+12025550142"
DEVICE = "DEVC-01920000-0000-7000-8000-000000000000"
FACTOR = "FCTR-01920000-0000-7000-8000-000000000000"


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
        reset = await users.reset_user_async(ann.id, shop.client_id, "lost phone")
        listed = await users.list_users_async(app_id, shop.client_id)
        assert listed.object.users == [ann]
        export = await users.export_user_async(ann.id, shop.client_id)
        assert export.object.id == ann.id
        line = json.dumps({"end_user_uuid": "ann", "end_user_phone_number": PHONE})
        report = await users.import_users_async(app_id, shop.client_id, line)
        assert report.object.unchanged == 1
        with pytest.raises(errors.SDKError):
            await users.remove_factor_async(ann.id, FACTOR, shop.client_id)
        with pytest.raises(errors.SDKError):
            await users.forget_trusted_device_async(ann.id, DEVICE, shop.client_id)
        forgotten = await users.forget_trusted_devices_async(ann.id, shop.client_id)
        assert forgotten.object.user == ann
        await users.erase_user_async(ann.id, shop.client_id)
        return [answer.object.user for answer in (found, shown, unlocked, reset)]

    assert asyncio.run(ask()) == [ann, ann, ann, ann]


def test_pages_lead_through_all(shop, app_id, ann):
    users = shop.sdk.users
    lines = "".join(
        json.dumps({"end_user_uuid": name, "end_user_phone_number": PHONE}) + "\n"
        for name in ("bob", "cleo")
    )
    report = users.import_users(app_id, shop.client_id, lines + "{}\n").object
    assert (report.created, report.updated, report.unchanged) == (2, 0, 0)
    [refused] = report.refused
    assert refused.line == 3 and "'end_user_uuid' is required." in refused.problems
    first = users.list_users(app_id, shop.client_id, limit=2).object
    assert first.users[0] == ann and ann.end_user_uuid == "ann"
    rest = users.list_users(app_id, shop.client_id, "sandbox", 2, first.next_cursor).object
    assert [len(first.users), len(rest.users)] == [2, 1] and rest.next_cursor is None
    names = {user.end_user_uuid for user in first.users + rest.users}
    assert names == {"ann", "bob", "cleo"}


def test_what_is_lost_is_removed(shop, app_id):
    users, client_id = shop.sdk.users, shop.client_id
    line = {"end_user_uuid": "dora", "totp_secret": "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"}
    for _ in range(2):
        users.import_users(app_id, client_id, json.dumps(line), mode="sandbox")
        dora = users.find_user(app_id, client_id, "dora").object.user
        [factor] = dora.factors
        assert users.remove_factor(dora.id, factor.id, client_id).object.user.factors == []
        with pytest.raises(errors.SDKError) as gone:
            users.remove_factor(dora.id, factor.id, client_id)
        assert gone.value.status_code == 404
    users.import_users(app_id, client_id, json.dumps(line))
    assert users.reset_user(dora.id, client_id, "lost phone").object.user.factors == []
    with pytest.raises(errors.ErrorResponse) as refused:
        users.reset_user(dora.id, client_id, "two\nlines")
    said = "'reason' must have 1 to 200 characters and no control characters."
    assert refused.value.errors == [said]


def test_whoever_leaves_takes_everything_along(shop, app_id, ann):
    users, client_id = shop.sdk.users, shop.client_id
    export = users.export_user(ann.id, client_id).object
    assert (export.end_user_uuid, export.end_user_phone_number) == ("ann", PHONE)
    assert [action.status for action in export.actions] == ["passed"]
    assert export.audit == []
    assert [message.action_id for message in export.messages] == [export.actions[0].id]
    assert PHONE not in repr(export) and "'ann'" not in repr(export)
    assert users.erase_user(ann.id, client_id).object is not None
    with pytest.raises(errors.SDKError):
        users.find_user(app_id, client_id, "ann")


def test_nobody_and_other_peoples(shop, rival, app_id, ann):
    users, client_id = shop.sdk.users, shop.client_id
    for ask in (
        lambda: users.find_user(app_id, client_id, "nobody"),
        lambda: users.find_user(app_id, client_id, "ann", mode="live"),
        lambda: users.get_user_by_id("USER-01920000-0000-7000-8000-000000000000", client_id),
        lambda: rival.sdk.users.get_user_by_id(ann.id, rival.client_id),
        lambda: rival.sdk.users.unlock_user(ann.id, rival.client_id),
        lambda: rival.sdk.users.list_users(app_id, rival.client_id),
        lambda: rival.sdk.users.remove_factor(ann.id, FACTOR, rival.client_id),
        lambda: users.forget_trusted_device(ann.id, DEVICE, client_id),
        lambda: rival.sdk.users.forget_trusted_devices(ann.id, rival.client_id),
        lambda: rival.sdk.users.reset_user(ann.id, rival.client_id, "lost phone"),
        lambda: rival.sdk.users.export_user(ann.id, rival.client_id),
        lambda: rival.sdk.users.erase_user(ann.id, rival.client_id),
    ):
        with pytest.raises(errors.SDKError) as failed:
            ask()
        assert (failed.value.status_code, failed.value.code) == (404, "not_found")
    with pytest.raises(errors.ErrorResponse, match="Invalid Request") as refused:
        users.find_user(app_id, client_id, "ann", mode="moon")
    assert refused.value.errors == ["'mode' must be sandbox or live."]
