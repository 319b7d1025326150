//! 'I lost my phone': what a shop does for somebody who can't confirm any more.

use askama::Template;
use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};

use super::choices::Choices;
use super::pages::{self, Trouble};
use super::sessions::Stage;
use super::shop::{Shop, read, trouble};
use super::users::User;

/// What is written down with the reset.
const REASON: &str = "Lost the phone; the demo's support did not ask who it was";

/// What somebody may do whose phone is gone.
#[derive(Template)]
#[template(path = "demo/lost.html")]
struct Lost {
    user: &'static User,
    choices: Choices,
}

impl IntoResponse for Lost {
    fn into_response(self) -> Response {
        pages::page(&self)
    }
}

pub(super) async fn show(
    State(shop): State<Shop>,
    headers: HeaderMap,
) -> Result<Response, Trouble> {
    let session = shop.session(&headers).ok_or(Trouble::NoSession)?;
    Ok(match session.stage {
        Stage::Pending(_) => Lost { user: session.user, choices: session.choices }.into_response(),
        Stage::LoggedIn(_) => Redirect::to("/welcome").into_response(),
    })
}

/// The shop's support: takes away all that was enrolled, and lets them confirm by the number that the shop has.
pub(super) async fn reset(State(shop): State<Shop>, request: Request) -> Result<Response, Trouble> {
    let session = shop.session(request.headers()).ok_or(Trouble::NoSession)?;
    read(request).await?;
    if let Stage::LoggedIn(_) = session.stage {
        return Ok(Redirect::to("/welcome").into_response());
    }
    shop.backend().reset(session.user, REASON).await.map_err(trouble)?;
    let answer = shop.ask(session.user, session.choices).await?;
    shop.end(&session.id);
    Ok(answer)
}
