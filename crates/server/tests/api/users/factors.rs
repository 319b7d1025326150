//! Removing what an end user lost.

use super::*;

#[tokio::test]
async fn a_removed_factor_is_asked_for_no_more() {
    let server = TestServer::start().await;
    let ann = EndUser::ann();
    let (backend, app, _) = server.shop_with_authenticator(&ann).await;
    let id = server.known_as(&backend, &app, &ann).await;
    let by_app = async || backend.widget(&app, &ann).await.ask_by("totp").await;
    assert_eq!(by_app().await.state(), "totp");
    let factor = user(&show(&backend, &id).await)["factors"][0]["id"].clone();
    let path = format!("/users/{id}/factors/{}", factor.as_str().unwrap());
    // What happens at one moment is told in no order.
    server.clock.advance(Duration::from_millis(1));
    let left = user(&delete(&backend, &path).await);
    assert_eq!((&left["id"], &left["factors"]), (&json!(id), &json!([])));
    assert_ne!(by_app().await.state(), "totp");
    assert_eq!(delete(&backend, &path).await.status, 404, "it is gone");
    let told = eventually("a notice", || async {
        let told = backend.inbox(&app).await;
        told.into_iter().find(|message| message["kind"] == "notice")
    });
    assert_eq!(told.await["end_user_uuid"], "ann");
    assert_eq!(
        audit(&server, &backend, &app, &ann).await[0],
        ("factor_removed".to_owned(), factor.as_str().unwrap().to_owned())
    );
}

#[tokio::test]
async fn row_38_a_factor_is_removed_from_its_own_end_user_only() {
    let server = TestServer::start().await;
    let (ann, bob) = (EndUser::ann(), EndUser::new("bob", "+12025550102"));
    let (backend, app, _) = server.shop_with_authenticator(&ann).await;
    backend.pass(&app, &bob).await;
    let [ann, bob] =
        [server.known_as(&backend, &app, &ann).await, server.known_as(&backend, &app, &bob).await];
    let factor = user(&show(&backend, &ann).await)["factors"][0]["id"].as_str().unwrap().to_owned();
    let (stranger, _) = server.shop().await;
    for (who, user, factor) in [
        (&backend, bob.as_str(), factor.as_str()),
        (&backend, ann.as_str(), "FCTR-x"),
        (&stranger, ann.as_str(), factor.as_str()),
    ] {
        assert_eq!(delete(who, &format!("/users/{user}/factors/{factor}")).await.status, 404);
    }
    let path = format!("/users/{ann}/factors/{factor}");
    let answer = backend.request(Method::DELETE, &path).send().await.unwrap();
    assert_eq!(Answer::of(answer).await.problems(), ["'client_id' is required."]);
    assert_eq!(user(&show(&backend, &ann).await)["factors"].as_array().unwrap().len(), 1);
}
