"""Calls that carry secrets, and what they raise: in time, and without those secrets."""

import asyncio
import dataclasses
import json
import time
import traceback

import pytest

import onlyauth
from onlyauth import BackoffStrategy, RetryConfig
from onlyauth.models import errors, operations

from parity.calls import APP_ID, CLIENT_ID, OPERATIONS, access_token_request

SECRET = "onlyauth_sk_hush-hush"
TOKEN = "TOKN-hush-hush"
PHONE = "+14155552671"
ACTION_ID = "ACTN-01920000-0000-7000-8000-000000000000"
USER_ID = "USER-01920000-0000-7000-8000-000000000000"
DEVICE_ID = "DEVC-01920000-0000-7000-8000-000000000000"
FACTOR_ID = "FCTR-01920000-0000-7000-8000-000000000000"
END_USER = "hush@example.com"
LINE = json.dumps({"end_user_uuid": END_USER, "end_user_phone_number": PHONE})
# For what never comes, in milliseconds.
SHORT_MS = 300
# Longest that anything here may take, in seconds: long, since machines stall, and shorter than the
# default timeout.
WITHIN = 9.0


def sync_call(sdk, operation):
    return {
        "create_access_token": lambda: sdk.authentication.create_access_token(request()),
        "create_factor_link": lambda: sdk.authentication.create_factor_link(link_request()),
        "validate_success_token": lambda: sdk.authentication.validate_success_token(
            APP_ID, CLIENT_ID, TOKEN, END_USER
        ),
        "get_apps": lambda: sdk.apps.get_apps(CLIENT_ID),
        "new_app": lambda: sdk.apps.new_app({}),
        "get_app_by_id": lambda: sdk.apps.get_app_by_id(APP_ID, CLIENT_ID),
        "update_app": lambda: sdk.apps.update_app(APP_ID, CLIENT_ID, {}),
        "delete_app": lambda: sdk.apps.delete_app(APP_ID, CLIENT_ID),
        "get_messages": lambda: sdk.sandbox.get_messages(APP_ID, CLIENT_ID, PHONE),
        "find_user": lambda: sdk.users.find_user(APP_ID, CLIENT_ID, END_USER),
        "get_user_by_id": lambda: sdk.users.get_user_by_id(USER_ID, CLIENT_ID),
        "unlock_user": lambda: sdk.users.unlock_user(USER_ID, CLIENT_ID),
        "list_actions": lambda: sdk.actions.list_actions(APP_ID, CLIENT_ID, USER_ID),
        "get_action_by_id": lambda: sdk.actions.get_action_by_id(ACTION_ID, CLIENT_ID),
        "list_users": lambda: sdk.users.list_users(APP_ID, CLIENT_ID),
        "import_users": lambda: sdk.users.import_users(APP_ID, CLIENT_ID, LINE),
        "remove_factor": lambda: sdk.users.remove_factor(USER_ID, FACTOR_ID, CLIENT_ID),
        "forget_trusted_device": lambda: sdk.users.forget_trusted_device(
            USER_ID, DEVICE_ID, CLIENT_ID
        ),
        "forget_trusted_devices": lambda: sdk.users.forget_trusted_devices(USER_ID, CLIENT_ID),
        "list_audit_entries": lambda: sdk.audit.list_audit_entries(CLIENT_ID, USER_ID),
        "reset_user": lambda: sdk.users.reset_user(USER_ID, CLIENT_ID, "lost phone"),
        "erase_user": lambda: sdk.users.erase_user(USER_ID, CLIENT_ID),
        "export_user": lambda: sdk.users.export_user(USER_ID, CLIENT_ID),
    }[operation]()


async def async_call(sdk, operation):
    return await {
        "create_access_token": lambda: sdk.authentication.create_access_token_async(request()),
        "create_factor_link": lambda: sdk.authentication.create_factor_link_async(link_request()),
        "validate_success_token": lambda: sdk.authentication.validate_success_token_async(
            APP_ID, CLIENT_ID, TOKEN, END_USER
        ),
        "get_apps": lambda: sdk.apps.get_apps_async(CLIENT_ID),
        "new_app": lambda: sdk.apps.new_app_async({}),
        "get_app_by_id": lambda: sdk.apps.get_app_by_id_async(APP_ID, CLIENT_ID),
        "update_app": lambda: sdk.apps.update_app_async(APP_ID, CLIENT_ID, {}),
        "delete_app": lambda: sdk.apps.delete_app_async(APP_ID, CLIENT_ID),
        "get_messages": lambda: sdk.sandbox.get_messages_async(APP_ID, CLIENT_ID, PHONE),
        "find_user": lambda: sdk.users.find_user_async(APP_ID, CLIENT_ID, END_USER),
        "get_user_by_id": lambda: sdk.users.get_user_by_id_async(USER_ID, CLIENT_ID),
        "unlock_user": lambda: sdk.users.unlock_user_async(USER_ID, CLIENT_ID),
        "list_actions": lambda: sdk.actions.list_actions_async(APP_ID, CLIENT_ID, USER_ID),
        "get_action_by_id": lambda: sdk.actions.get_action_by_id_async(ACTION_ID, CLIENT_ID),
        "list_users": lambda: sdk.users.list_users_async(APP_ID, CLIENT_ID),
        "import_users": lambda: sdk.users.import_users_async(APP_ID, CLIENT_ID, LINE),
        "remove_factor": lambda: sdk.users.remove_factor_async(USER_ID, FACTOR_ID, CLIENT_ID),
        "forget_trusted_device": lambda: sdk.users.forget_trusted_device_async(
            USER_ID, DEVICE_ID, CLIENT_ID
        ),
        "forget_trusted_devices": lambda: sdk.users.forget_trusted_devices_async(
            USER_ID, CLIENT_ID
        ),
        "list_audit_entries": lambda: sdk.audit.list_audit_entries_async(CLIENT_ID, USER_ID),
        "reset_user": lambda: sdk.users.reset_user_async(USER_ID, CLIENT_ID, "lost phone"),
        "erase_user": lambda: sdk.users.erase_user_async(USER_ID, CLIENT_ID),
        "export_user": lambda: sdk.users.export_user_async(USER_ID, CLIENT_ID),
    }[operation]()


def request():
    return access_token_request(end_user_phone_number=PHONE, end_user_uuid=END_USER)


def link_request():
    return operations.CreateFactorLinkRequestBody(**dataclasses.asdict(request()))


EAGER = RetryConfig("backoff", BackoffStrategy(1, 5, 1.0, 100), True)
CALLS = {
    "sync": sync_call,
    "async": lambda sdk, operation: asyncio.run(async_call(sdk, operation)),
}
ALL = [*OPERATIONS, "get_messages", "create_factor_link"]


def failure(sdk, how, operation):
    """What a call raises, in time and without secrets."""
    began = time.monotonic()
    with pytest.raises(errors.OnlyauthError) as raised:
        CALLS[how](sdk, operation)
    assert time.monotonic() - began < WITHIN
    error = raised.value
    shown = "".join(traceback.format_exception(type(error), error, error.__traceback__))
    shown += f"{error} {error!r} {sdk!r} {getattr(error, 'message', '')} {error.args}"
    for planted in (SECRET, "hush", TOKEN, PHONE, PHONE[1:]):
        assert planted not in shown
    return error


def once(stub_or_url, **settings):
    url = getattr(stub_or_url, "url", stub_or_url)
    settings.setdefault("retry_config", RetryConfig("none", None, False))
    return onlyauth.Onlyauth(SECRET, server_url=url, **settings)
