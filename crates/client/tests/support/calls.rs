//! Every operation by its typed method.

use onlyauth_client::{
    AppSettings, Choice, Client, CreateAccessToken, CreateFactorLink, Error, FindUser, ImportUsers,
    ListActions, ListAuditEntries, ListUsers, Operation, SandboxMessages, ValidateSuccessToken,
};

use super::{END_USER, PHONE, SUCCESS_TOKEN};

pub(crate) const APP: &str = "APPX-01920000-0000-7000-8000-000000000001";
pub(crate) const USER: &str = "USER-01920000-0000-7000-8000-000000000003";
pub(crate) const ACTION: &str = "ACTN-01920000-0000-7000-8000-000000000004";
pub(crate) const FACTOR: &str = "FCTR-01920000-0000-7000-8000-000000000005";
pub(crate) const DEVICE: &str = "DEVC-01920000-0000-7000-8000-000000000006";
pub(crate) const CLIENT: &str = "CLNT-01920000-0000-7000-8000-000000000002";

/// An answer that every operation takes for a good one.
pub(crate) const GOOD: &str = r#"{"token":"t","url":"https://a.example/factors?token=eyJhush.hush.hush","expires_at":2,"end_user_uuid":"user-hush-42","end_user_phone_number":"+1",
    "apps":[],"app":[{"id":"a","client_id":"c"}],"messages":[],
    "actions":[],"time_line":[],"action":{"id":"n","app_id":"a","mode":"live","status":"open","channels":[],
    "country":"US","phone_changed":false,"created_at":1,"expires_at":2},
    "user":{"id":"u","app_id":"a","mode":"live","created_at":1,"factors":[],"failures":[]},
    "users":[],"entries":[],"created":1,"updated":0,"unchanged":0,"refused":[],
    "id":"u","app_id":"a","mode":"live","created_at":1,"factors":[],"backup_codes":0,"failures":[]}"#;

/// Calls the typed method of an operation, with every field filled in. The answer as its `Debug` shows it.
pub(crate) async fn call(client: &Client, operation: Operation) -> Result<String, Error> {
    match operation {
        Operation::CreateAccessToken => {
            client.create_access_token(&access_token()).await.map(shown)
        }
        Operation::CreateFactorLink => client.create_factor_link(&factor_link()).await.map(shown),
        Operation::ValidateSuccessToken => {
            client.validate_success_token_by_query(&validation()).await.map(shown)
        }
        Operation::ValidateSuccessTokenByForm => {
            client.validate_success_token(&validation()).await.map(shown)
        }
        Operation::GetApps => client.get_apps(CLIENT).await.map(shown),
        Operation::NewApp => client.new_app(Some(CLIENT), &settings()).await.map(shown),
        Operation::GetAppById => client.get_app_by_id(APP, CLIENT).await.map(shown),
        Operation::UpdateApp => client.update_app(APP, CLIENT, &settings()).await.map(shown),
        Operation::DeleteApp => client.delete_app(APP, CLIENT).await.map(shown),
        Operation::GetSandboxMessages => client.get_sandbox_messages(&inbox()).await.map(shown),
        Operation::ListActions => client.list_actions(&logins()).await.map(shown),
        Operation::GetActionById => client.get_action_by_id(ACTION, CLIENT).await.map(shown),
        Operation::FindUser => client.find_user(&wanted()).await.map(shown),
        Operation::GetUserById => client.get_user_by_id(USER, CLIENT).await.map(shown),
        Operation::UnlockUser => client.unlock_user(USER, CLIENT).await.map(shown),
        Operation::ListUsers => client.list_users(&listed()).await.map(shown),
        Operation::ImportUsers => client.import_users(&imported()).await.map(shown),
        Operation::RemoveFactor => client.remove_factor(USER, FACTOR, CLIENT).await.map(shown),
        Operation::ForgetTrustedDevice => {
            client.forget_trusted_device(USER, DEVICE, CLIENT).await.map(shown)
        }
        Operation::ForgetTrustedDevices => {
            client.forget_trusted_devices(USER, CLIENT).await.map(shown)
        }
        Operation::ListAuditEntries => client.list_audit_entries(&entries()).await.map(shown),
        Operation::ResetUser => client.reset_user(USER, CLIENT, "lost phone").await.map(shown),
        Operation::EraseUser => client.erase_user(USER, CLIENT).await.map(shown),
        Operation::ExportUser => client.export_user(USER, CLIENT).await.map(shown),
        other => panic!("no typed method of {other:?} is known here"),
    }
}

fn shown(answer: impl std::fmt::Debug) -> String {
    format!("{answer:?}")
}

pub(crate) fn access_token() -> CreateAccessToken {
    CreateAccessToken {
        app_id: APP.to_owned(),
        client_id: CLIENT.to_owned(),
        end_user_phone_number: PHONE.to_owned(),
        end_user_uuid: END_USER.to_owned(),
        redirect_uri: "https://shop.example/return?a=b&c=ü".to_owned(),
        language: "en-us".to_owned(),
        region: "us-1".to_owned(),
    }
}

pub(crate) fn factor_link() -> CreateFactorLink {
    CreateFactorLink {
        app_id: APP.to_owned(),
        client_id: CLIENT.to_owned(),
        end_user_phone_number: PHONE.to_owned(),
        end_user_uuid: END_USER.to_owned(),
        redirect_uri: "https://shop.example/account".to_owned(),
        language: "en-us".to_owned(),
        region: "us-1".to_owned(),
    }
}

pub(crate) fn validation() -> ValidateSuccessToken {
    ValidateSuccessToken {
        app_id: APP.to_owned(),
        client_id: CLIENT.to_owned(),
        token: SUCCESS_TOKEN.to_owned(),
        end_user_uuid: Some(END_USER.to_owned()),
    }
}

pub(crate) fn wanted() -> FindUser {
    FindUser {
        app_id: APP.to_owned(),
        client_id: CLIENT.to_owned(),
        end_user_uuid: END_USER.to_owned(),
        mode: Some("live".to_owned()),
    }
}

pub(crate) fn logins() -> ListActions {
    ListActions {
        app_id: APP.to_owned(),
        client_id: CLIENT.to_owned(),
        user_id: Some(USER.to_owned()),
        status: Some("passed".to_owned()),
        limit: Some(7),
        cursor: Some(ACTION.to_owned()),
    }
}

pub(crate) fn listed() -> ListUsers {
    ListUsers {
        app_id: APP.to_owned(),
        client_id: CLIENT.to_owned(),
        mode: Some("live".to_owned()),
        limit: Some(7),
        cursor: Some(USER.to_owned()),
    }
}

pub(crate) fn entries() -> ListAuditEntries {
    ListAuditEntries {
        client_id: CLIENT.to_owned(),
        user_id: Some(USER.to_owned()),
        since: Some(1_700_000_000),
        limit: Some(7),
        cursor: Some("AUDT-01920000-0000-7000-8000-000000000007".to_owned()),
    }
}

pub(crate) fn imported() -> ImportUsers {
    ImportUsers {
        app_id: APP.to_owned(),
        client_id: CLIENT.to_owned(),
        mode: Some("live".to_owned()),
        lines: format!(
            "{{\"end_user_uuid\":\"{END_USER}\",\"end_user_phone_number\":\"{PHONE}\"}}\n"
        ),
    }
}

pub(crate) fn inbox() -> SandboxMessages {
    SandboxMessages {
        app_id: APP.to_owned(),
        client_id: CLIENT.to_owned(),
        end_user_phone_number: Some(PHONE.to_owned()),
        limit: Some(7),
    }
}

/// Every setting there is.
pub(crate) fn settings() -> AppSettings {
    let text = |text: &str| Some(text.to_owned());
    let list = |entries: &[&str]| Some(entries.iter().map(ToString::to_string).collect());
    AppSettings {
        friendly_name: text("My shop & more"),
        icon: text("https://shop.example/icon.png"),
        app_domain: text("shop.example"),
        enabled: Some(true),
        sandbox_mode: Some(false),
        allow_sms_channel: Some(true),
        allow_totp_channel: Some(true),
        webauthn_enabled: Some(true),
        webauthn_redirect_allowed: Some(Choice::Value(true)),
        allow_voice_channel: Some(true),
        allow_whatsapp_channel: Some(true),
        push_enabled: Some(true),
        backup_codes_enrollment: Some(true),
        defer_sms_usage: Some(true),
        mfa_enabled: Some(true),
        intelligent_2fa: Some(true),
        redirect_uris: list(&["https://shop.example/a", "https://shop.example/b"]),
        origins: list(&["https://shop.example"]),
        first_enrollment: text("after_phone"),
        allowed_countries: list(&["US", "CA"]),
        theme_primary: text("#1d4ed8"),
        theme_background: text("#ffffff"),
        theme_text: text("#111111"),
        theme_danger: text("#b91c1c"),
        theme_dark_primary: text("#93c5fd"),
        theme_dark_background: text("#000000"),
        theme_dark_text: text("#eeeeee"),
        theme_dark_danger: text("#fca5a5"),
        theme_radius: Some(Choice::Value(8)),
        theme_font: text("system"),
        theme_density: text("compact"),
    }
}
