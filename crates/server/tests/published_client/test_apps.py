"""The five operations on apps, through the published client."""

import pytest
from onlyauth.models import errors, operations

APP_KEYS = {
    "id", "client_id", "friendly_name", "icon", "app_domain", "enabled", "sandbox_mode",
    "allow_sms_channel", "allow_totp_channel", "webauthn_enabled", "webauthn_redirect_allowed",
    "webauth_enabled", "supported_factors", "allow_voice_channel", "allow_whatsapp_channel",
    "push_enabled", "backup_codes_enrollment", "defer_sms_usage", "mfa_enabled", "intelligent_2fa",
    "redirect_uris", "origins", "first_enrollment", "allowed_countries", "created_at", "updated_at",
    "theme_primary", "theme_background", "theme_text", "theme_danger", "theme_dark_primary",
    "theme_dark_background", "theme_dark_text", "theme_dark_danger", "theme_radius", "theme_font",
    "theme_density",
}  # fmt: skip


def test_new_app_with_an_empty_body_is_of_the_secrets_client(shop):
    result = shop.sdk.apps.new_app(operations.NewAppRequestBody())
    [app] = result.object.app
    assert app.id.startswith("APPX-")
    assert app.client_id == shop.client_id
    assert (app.enabled, app.sandbox_mode) == (1, True)
    assert (app.allow_sms_channel, app.allow_totp_channel, app.webauthn_enabled) == (True, True, True)
    assert (app.webauthn_redirect_allowed, app.webauth_enabled) == (True, True)
    assert (app.friendly_name, app.icon, app.app_domain) == ("", "", "")
    assert app.supported_factors == "sms,totp,webauthn,backup_code"


def test_new_app_with_its_client_id(shop):
    request = operations.NewAppRequestBody(client_id=shop.client_id)
    [app] = shop.sdk.apps.new_app(request).object.app
    assert app.client_id == shop.client_id


def test_an_app_has_all_keys_and_unset_ones_have_their_defaults(shop):
    result = shop.sdk.apps.new_app(operations.NewAppRequestBody())
    [app] = result.raw_response.json()["app"]
    assert set(app) == APP_KEYS
    assert type(app["enabled"]) is int
    assert (app["redirect_uris"], app["origins"], app["allowed_countries"]) == ([], [], [])
    assert app["backup_codes_enrollment"] is True
    for key in ("allow_voice_channel", "allow_whatsapp_channel", "push_enabled", "defer_sms_usage",
                "mfa_enabled", "intelligent_2fa"):  # fmt: skip
        assert app[key] is False, key


def test_get_apps_lists_the_clients_own(shop, app_id, rivals_app_id):
    ids = [app.id for app in shop.sdk.apps.get_apps(shop.client_id).object.apps]
    assert app_id in ids
    assert rivals_app_id not in ids


def test_get_app_by_id(shop, app_id):
    [app] = shop.sdk.apps.get_app_by_id(app_id, shop.client_id).object.app
    assert (app.id, app.friendly_name) == (app_id, "Shop")


def test_update_app_with_an_empty_body_changes_nothing(shop, app_id):
    before = shop.sdk.apps.get_app_by_id(app_id, shop.client_id).raw_response.json()
    body = operations.UpdateAppRequestBody()
    result = shop.sdk.apps.update_app(app_id, shop.client_id, body)
    assert result.status_code == 200
    assert result.raw_response.json() == before


def test_update_app_with_client_id_in_query_and_body(shop, app_id):
    body = operations.UpdateAppRequestBody(client_id=shop.client_id)
    [app] = shop.sdk.apps.update_app(app_id, shop.client_id, body).object.app
    assert app.id == app_id


def test_update_app_with_client_id_in_the_body_alone_changes_settings(shop, app_id):
    form = {"client_id": shop.client_id, "friendly_name": "Neuer Näme", "defer_sms_usage": "TRUE"}
    answer = shop.raw("POST", f"/apps/{app_id}", data=form)
    assert answer.status_code == 200, answer.text
    [app] = shop.sdk.apps.get_app_by_id(app_id, shop.client_id).raw_response.json()["app"]
    assert (app["friendly_name"], app["defer_sms_usage"]) == ("Neuer Näme", True)


def test_delete_app(shop, app_id):
    result = shop.sdk.apps.delete_app(app_id, shop.client_id)
    assert result.raw_response.json() == {"app": {}}
    with pytest.raises(errors.SDKError) as gone:
        shop.sdk.apps.get_app_by_id(app_id, shop.client_id)
    assert gone.value.status_code == 404


def test_what_a_get_need_not_carry_is_ignored(shop, app_id):
    headers = {
        "Authorization": f"bEaReR {shop.secret}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    query = {"client_id": shop.client_id, "utm_source": "x"}
    answer = shop.server.request("GET", f"/apps/{app_id}", headers=headers, params=query)
    assert answer.status_code == 200, answer.text


def test_a_secret_without_a_scheme_is_accepted(shop):
    headers = {"Authorization": shop.secret}
    query = {"client_id": shop.client_id}
    assert shop.server.request("GET", "/apps", headers=headers, params=query).status_code == 200
