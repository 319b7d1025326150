//! openapi.json against the server that it describes.

use onlyauth_core::app::FORM_KEYS;
use serde_json::Value;

pub(super) fn document() -> Value {
    serde_json::from_str(&onlyauth_server::api::openapi::document().unwrap()).unwrap()
}

/// Every operation: method, path, what the document says.
pub(super) fn operations() -> Vec<(String, String, Value)> {
    let document = document();
    let mut operations = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            operations.push((method.to_uppercase(), path.clone(), operation.clone()));
        }
    }
    operations
}

#[test]
fn the_seven_operations_and_ours_are_described() {
    let mut ids: Vec<String> = operations()
        .iter()
        .map(|(_, _, operation)| operation["operationId"].as_str().unwrap().to_owned())
        .collect();
    ids.sort();
    assert_eq!(
        ids,
        [
            "createAccessToken",
            "createFactorLink",
            "deleteApp",
            "eraseUser",
            "exportUser",
            "findUser",
            "forgetTrustedDevice",
            "forgetTrustedDevices",
            "getActionById",
            "getAppById",
            "getApps",
            "getSandboxMessages",
            "getUserById",
            "importUsers",
            "listActions",
            "listAuditEntries",
            "listUsers",
            "newApp",
            "removeFactor",
            "resetUser",
            "unlockUser",
            "updateApp",
            "validateSuccessToken",
            "validateSuccessTokenByForm",
        ]
    );
    for (method, path, operation) in operations() {
        assert_eq!(
            operation["security"][0]["bearer_auth"],
            serde_json::json!([]),
            "{method} {path}"
        );
    }
}

#[test]
fn the_described_form_takes_what_core_takes() {
    let document = document();
    let described = document["components"]["schemas"]["AppForm"]["properties"].as_object().unwrap();
    let mut described: Vec<&str> = described.keys().map(String::as_str).collect();
    described.retain(|name| *name != "client_id");
    described.sort_unstable();
    let mut taken = FORM_KEYS.to_vec();
    taken.sort_unstable();
    assert_eq!(described, taken);
}
