//! The Rust SDK against the server that it is for: the two agree on every operation. How it bears faults is tested
//! beside it.

mod apps;
mod login;

use onlyauth_client::{Client, CreateAccessToken, RetryPolicy};

use crate::support::{Backend, EndUser};

/// The SDK in the hands of this backend.
fn sdk(backend: &Backend) -> Client {
    sdk_with(backend, &backend.secret)
}

/// The same with another secret. What a server refuses is told at once.
fn sdk_with(backend: &Backend, secret: &str) -> Client {
    let builder = Client::builder().server_url(&backend.base).secret(secret);
    builder.retry(RetryPolicy::never()).build().unwrap()
}

fn access_token(backend: &Backend, app: &str, user: &EndUser) -> CreateAccessToken {
    CreateAccessToken {
        app_id: app.to_owned(),
        client_id: backend.client_id.clone(),
        end_user_phone_number: user.phone.clone(),
        end_user_uuid: user.uuid.clone(),
        redirect_uri: "https://shop.example/return?keep=1".to_owned(),
        language: "de-AT".to_owned(),
        region: "us-1".to_owned(),
    }
}
