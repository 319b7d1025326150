"""Trusted devices and what the audit says of them, against a server."""

import asyncio

import pytest

from onlyauth.models import errors

from server import eventually
from widget import EndUser

PHONE = "+12025550142"


@pytest.fixture
def ann(shop, app_id):
    """An end user who trusts the browser that they passed with."""
    shop.sdk.apps.update_app(app_id, shop.client_id, {"intelligent_2fa": True})
    token = shop.access_token(app_id, end_user_uuid="ann", end_user_phone_number=PHONE)
    end_user = EndUser(shop, app_id, token)
    page = end_user.submit(end_user.open().form("send"))
    [message] = eventually(lambda: end_user.inbox(PHONE))
    form = page.form("check")
    assert end_user.submit(form, code=message["code"], trust="device").state == "passed"
    return shop.sdk.users.find_user(app_id, shop.client_id, "ann").object.user


def test_a_device_is_shown_and_forgotten_and_both_are_written_down(shop, ann):
    users, client_id = shop.sdk.users, shop.client_id
    [device] = ann.trusted_devices
    assert (device.counts, device.doubts, device.country) == (True, [], None)
    assert device.last_used_at is None and device.expires_at > device.created_at
    left = users.forget_trusted_device(ann.id, device.id, client_id).object.user
    assert left.trusted_devices == []
    with pytest.raises(errors.SDKError) as gone:
        users.forget_trusted_device(ann.id, device.id, client_id)
    assert gone.value.status_code == 404
    assert users.forget_trusted_devices(ann.id, client_id).object.user.trusted_devices == []
    entries = shop.sdk.audit.list_audit_entries(client_id, ann.id).object.entries
    told = [(entry.deed, entry.actor, entry.detail) for entry in entries]
    assert told == [
        ("devices_forgotten", "backend", device.id),
        ("device_trusted", "end_user", device.id),
    ]
    assert users.export_user(ann.id, client_id).object.audit == entries


def test_pages_follow_each_other(shop, ann):
    audit, client_id = shop.sdk.audit, shop.client_id
    shop.sdk.users.unlock_user(ann.id, client_id)
    page = audit.list_audit_entries(client_id, limit=1).object
    assert [entry.deed for entry in page.entries] == ["unlocked"]
    [newest] = page.entries
    page = audit.list_audit_entries(client_id, limit=1, cursor=page.next_cursor).object
    assert [entry.deed for entry in page.entries] == ["device_trusted"]
    later = newest.created_at + 1
    assert audit.list_audit_entries(client_id, since=later).object.entries == []


def test_the_same_for_asyncio(shop, rival, ann):
    async def ask(who):
        listed = await who.sdk.audit.list_audit_entries_async(who.client_id, ann.id)
        return [entry.deed for entry in listed.object.entries]

    assert asyncio.run(ask(shop)) == ["device_trusted"]
    assert asyncio.run(ask(rival)) == []


def test_wrong_input_is_told(shop):
    with pytest.raises(errors.ErrorResponse, match="Invalid Request") as refused:
        shop.sdk.audit.list_audit_entries(shop.client_id, "ann", -1)
    assert refused.value.errors == [
        "'user_id' can't be used: expected USER-<uuid>, in lower case.",
        "'since' must be a moment in Unix seconds.",
    ]
