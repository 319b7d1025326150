//! Apps, from the first to the last call.

use std::time::Duration;

use onlyauth_client::{AppSettings, Choice};

use super::sdk;
use crate::support::TestServer;

/// Every setting, each but one other than in a new app.
fn everything() -> AppSettings {
    let text = |text: &str| Some(text.to_owned());
    let list = |entries: &[&str]| Some(entries.iter().map(ToString::to_string).collect());
    AppSettings {
        friendly_name: text("My shop & more"),
        icon: text("https://shop.example/icon.png"),
        app_domain: text("shop.example"),
        enabled: Some(false),
        sandbox_mode: Some(false),
        allow_sms_channel: Some(false),
        allow_totp_channel: Some(false),
        webauthn_enabled: Some(false),
        webauthn_redirect_allowed: Some(Choice::Value(false)),
        allow_voice_channel: Some(true),
        allow_whatsapp_channel: Some(true),
        push_enabled: Some(true),
        backup_codes_enrollment: Some(false),
        defer_sms_usage: Some(true),
        // With so little allowed nobody could log in by two kinds.
        mfa_enabled: Some(false),
        intelligent_2fa: Some(true),
        redirect_uris: list(&["https://shop.example/a", "https://shop.example/b"]),
        origins: list(&["https://shop.example", "https://www.shop.example"]),
        first_enrollment: text("on_first_use"),
        allowed_countries: list(&["CA", "US"]),
        theme_primary: text("#1d4ed8"),
        theme_background: text("#ffffff"),
        theme_text: text("#111111"),
        theme_danger: text("#b91c1c"),
        theme_dark_primary: text("#93c5fd"),
        theme_dark_background: text("#000000"),
        theme_dark_text: text("#eeeeee"),
        theme_dark_danger: text("#fca5a5"),
        theme_radius: Some(Choice::Value(8)),
        theme_font: text("serif"),
        theme_density: text("compact"),
    }
}

#[tokio::test]
async fn an_app_lives_from_the_first_to_the_last_call() {
    let server = TestServer::start().await;
    let backend = server.client("Shop").await;
    let (sdk, client_id) = (sdk(&backend), backend.client_id.as_str());
    assert_eq!(sdk.get_apps(client_id).await.unwrap(), []);
    let first = sdk.new_app(None, &AppSettings::default()).await.unwrap();
    assert!(first.enabled && first.sandbox_mode && first.further.is_empty(), "{first:?}");
    // Lists are in the order of ids, which are in the order of time.
    server.clock.advance(Duration::from_secs(1));
    let named = AppSettings { friendly_name: Some("Two".to_owned()), ..AppSettings::default() };
    let second = sdk.new_app(Some(client_id), &named).await.unwrap();
    assert_eq!(second.friendly_name, "Two");
    assert_eq!(sdk.get_apps(client_id).await.unwrap(), [first.clone(), second]);
    assert_eq!(sdk.get_app_by_id(&first.id, client_id).await.unwrap(), first);
    let unchanged = sdk.update_app(&first.id, client_id, &AppSettings::default()).await.unwrap();
    assert_eq!(unchanged, first);
    sdk.delete_app(&first.id, client_id).await.unwrap();
    let gone = sdk.delete_app(&first.id, client_id).await.unwrap_err();
    assert_eq!((gone.status(), gone.code()), (Some(404), Some("not_found")));
    assert_eq!(sdk.get_apps(client_id).await.unwrap().len(), 1);
}

#[tokio::test]
async fn every_setting_arrives_and_comes_back() {
    let server = TestServer::start().await;
    let backend = server.client("Shop").await;
    let (sdk, client_id) = (sdk(&backend), backend.client_id.as_str());
    let before = sdk.new_app(None, &AppSettings::default()).await.unwrap();
    let sent = everything();
    let after = sdk.update_app(&before.id, client_id, &sent).await.unwrap();
    let words = |list: &Vec<String>| list.join(" ");
    let flag = |flag: bool| if flag { "1" } else { "0" }.to_owned();
    let back = |name: &str| match name {
        "friendly_name" => after.friendly_name.clone(),
        "icon" => after.icon.clone(),
        "app_domain" => after.app_domain.clone(),
        "enabled" => flag(after.enabled),
        "sandbox_mode" => flag(after.sandbox_mode),
        "allow_sms_channel" => flag(after.allow_sms_channel),
        "allow_totp_channel" => flag(after.allow_totp_channel),
        "webauthn_enabled" => flag(after.webauthn_enabled),
        "webauthn_redirect_allowed" => format!("{:?}", after.webauthn_redirect_allowed.unwrap()),
        "allow_voice_channel" => flag(after.allow_voice_channel),
        "allow_whatsapp_channel" => flag(after.allow_whatsapp_channel),
        "push_enabled" => flag(after.push_enabled),
        "backup_codes_enrollment" => flag(after.backup_codes_enrollment),
        "defer_sms_usage" => flag(after.defer_sms_usage),
        "mfa_enabled" => flag(after.mfa_enabled),
        "intelligent_2fa" => flag(after.intelligent_2fa),
        "redirect_uris" => words(&after.redirect_uris),
        "origins" => words(&after.origins),
        "first_enrollment" => after.first_enrollment.clone(),
        "allowed_countries" => words(&after.allowed_countries),
        "theme_primary" => after.theme_primary.clone(),
        "theme_background" => after.theme_background.clone(),
        "theme_text" => after.theme_text.clone(),
        "theme_danger" => after.theme_danger.clone(),
        "theme_dark_primary" => after.theme_dark_primary.clone(),
        "theme_dark_background" => after.theme_dark_background.clone(),
        "theme_dark_text" => after.theme_dark_text.clone(),
        "theme_dark_danger" => after.theme_dark_danger.clone(),
        "theme_radius" => after.theme_radius.unwrap().to_string(),
        "theme_font" => after.theme_font.clone(),
        "theme_density" => after.theme_density.clone(),
        other => panic!("{other} is not looked at"),
    };
    for (name, value) in sent.fields() {
        assert_eq!(back(name), value, "{name}");
    }
    assert_eq!(after.webauth_enabled, Some(false));

    let two = AppSettings {
        mfa_enabled: Some(true),
        allow_totp_channel: Some(true),
        ..AppSettings::default()
    };
    assert!(sdk.update_app(&before.id, client_id, &two).await.unwrap().mfa_enabled);

    let handed_back = AppSettings {
        webauthn_redirect_allowed: Some(Choice::Unset),
        theme_radius: Some(Choice::Unset),
        redirect_uris: Some(Vec::new()),
        theme_primary: Some(String::new()),
        ..AppSettings::default()
    };
    let after = sdk.update_app(&before.id, client_id, &handed_back).await.unwrap();
    assert_eq!((after.webauthn_redirect_allowed, after.theme_radius), (None, None));
    assert!(after.redirect_uris.is_empty() && after.theme_primary.is_empty());
}

#[tokio::test]
async fn settings_that_contradict_each_other_are_refused() {
    let server = TestServer::start().await;
    let backend = server.client("Shop").await;
    let none_left = AppSettings {
        allow_sms_channel: Some(false),
        allow_totp_channel: Some(false),
        webauthn_enabled: Some(false),
        backup_codes_enrollment: Some(false),
        ..AppSettings::default()
    };
    let refused = sdk(&backend).new_app(None, &none_left).await.unwrap_err();
    assert_eq!((refused.status(), refused.code()), (Some(400), Some("invalid_request")));
    assert_eq!(sdk(&backend).get_apps(&backend.client_id).await.unwrap(), []);
}
