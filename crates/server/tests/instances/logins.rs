//! A login whose requests each reach another instance, and what is counted meanwhile.

use super::cluster::{Cluster, INSTANCES};
use crate::support::{EndUser, eventually};

#[tokio::test]
async fn a_login_passes_whichever_instance_each_of_its_requests_reaches() {
    let cluster = Cluster::start().await;
    let (backend, app) = cluster.shop().await;
    let bases = cluster.bases();
    for (round, stride) in [(0, 1), (1, 1), (2, 1), (0, 2), (1, 2), (2, 2)] {
        let at = |step: usize| bases[(round + stride * step) % INSTANCES].as_str();
        let user = EndUser::number(u32::try_from(10 * stride + round).unwrap());
        let widget = backend.moved(at(0)).widget(&app, &user).await;
        let page = widget.moved(at(1)).open().await;
        assert_eq!(page.state(), "choose");
        let page = widget.moved(at(2)).post(&[("do", "send"), ("sends", "0")]).await;
        let form = widget.moved(at(3)).settled(page).await;
        let code = backend.moved(at(4)).code(&app, &user).await;
        let page = widget.moved(at(5)).check(&form, &code).await;
        assert_eq!(page.state(), "passed");
        let token = page.success_token().unwrap();
        assert_eq!(backend.moved(at(6)).validate(&app, &token).await.status, 200);
        for base in &bases {
            assert_eq!(backend.moved(base).validate(&app, &token).await.status, 404);
            let open = widget.moved(base).open().await;
            assert_eq!((open.state(), open.success_token()), ("already_done", None));
        }
    }
}

#[tokio::test]
async fn the_inbox_is_the_same_at_every_instance() {
    let cluster = Cluster::start().await;
    let (backend, app) = cluster.shop().await;
    let bases = cluster.bases();
    for (number, base) in (0..).zip(&bases) {
        let widget = backend.widget(&app, &EndUser::number(number)).await.moved(base);
        assert_eq!(widget.send().await.state(), "code_sent");
    }
    let mut inboxes = Vec::new();
    for base in &bases {
        let backend = backend.moved(base);
        let inbox = eventually("all messages", || async {
            Some(backend.messages(&app).await).filter(|messages| messages.len() == INSTANCES)
        });
        inboxes.push(inbox.await);
    }
    assert!(inboxes.iter().all(|inbox| *inbox == inboxes[0]));
}

#[tokio::test]
async fn overload_is_shed_by_each_instance_for_itself() {
    let cluster = Cluster::with(|config| config.server.access_tokens_per_second = 2).await;
    let (backend, app) = cluster.shop().await;
    for base in cluster.bases() {
        let backend = backend.moved(&base);
        for status in [200, 200, 429] {
            let answer = backend.create_access_token(&app, &EndUser::ann(), &[]).await;
            assert_eq!(answer.status, status);
        }
    }
}
