//! Backup codes, and looking after factors, at whichever instance.

use std::time::Duration;

use super::cluster::Cluster;
use crate::support::authenticator::Authenticator;
use crate::support::guesses::{each_at_once, passed};
use crate::support::page::Page;
use crate::support::{Backend, EndUser, Widget};

/// Passes by a text message, for this.
async fn by_phone(
    cluster: &Cluster,
    backend: &Backend,
    app: &str,
    user: &EndUser,
) -> (Widget, Page) {
    cluster.advance(Duration::from_secs(1));
    let (widget, _) = backend.opened_link(app, user).await;
    let page = widget.send().await;
    let page = widget.check(&page, &backend.code(app, user).await).await;
    assert_eq!(page.state(), "factors", "{page:?}");
    (widget, page)
}

async fn press(widget: &Widget, page: &Page, fields: &[(&str, &str)]) -> Page {
    let proof = page.field("proof").unwrap_or_default();
    widget.post(&[fields, &[("proof", proof)]].concat()).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn row_30_a_backup_code_passes_one_of_fifty_logins_over_three_instances() {
    let cluster = Cluster::start().await;
    let (backend, app) = cluster.shop().await;
    let ann = EndUser::ann();
    let (widget, page) = by_phone(&cluster, &backend, &app, &ann).await;
    let setup = press(&widget, &page, &[("do", "set_up_totp")]).await;
    let code = Authenticator::scan(&setup).code(cluster.instances[0].clock.now(), 0);
    let enrolled = press(&widget, &setup, &[("do", "confirm_totp"), ("code", &code)]).await;
    let codes = press(&widget, &enrolled, &[("do", "backup_codes")]).await;
    let first = codes.html.split("<li><code>").nth(1).unwrap().split('<').next().unwrap();
    let mut logins = Vec::new();
    for base in cluster.bases().iter().cycle().take(50) {
        let widget = backend.widget(&app, &ann).await.moved(base);
        let page = widget.post(&[("channel", "backup_code"), ("sends", "0")]).await;
        assert_eq!(page.state(), "backup_code", "{page:?}");
        logins.push((widget, page));
    }
    assert_eq!(passed(logins, first).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_link_opens_for_one_of_thirty_forms_over_three_instances() {
    let cluster = Cluster::start().await;
    let (backend, app) = cluster.shop().await;
    for round in 0..5 {
        let link = backend.factor_link(&app, &EndUser::number(round)).await;
        let mut forms = Vec::new();
        for base in cluster.bases().iter().cycle().take(30) {
            let link = link.moved(base);
            forms.push((link.open().await, link));
        }
        let forms = forms.into_iter();
        let pages =
            each_at_once(forms.map(|(page, link)| async move { link.confirm(&page).await })).await;
        let opened = pages.iter().filter(|page| page.state() == "choose").count();
        let used = pages.iter().filter(|page| page.state() == "factor_link_used").count();
        assert_eq!((opened, used), (1, 29), "round {round}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_last_factors_removed_at_once_over_three_instances_one_stays() {
    let cluster = Cluster::start().await;
    let (backend, app) = cluster.shop().await;
    let ann = EndUser::ann();
    backend.pass(&app, &ann).await;
    let server = &cluster.instances[0];
    let authenticator = server.enrol_totp(&backend, &app, &ann).await;
    server.enrol_totp(&backend, &app, &ann).await;
    let settings = [("allow_sms_channel", "false"), ("first_enrollment", "on_first_use")];
    assert_eq!(backend.change(&app, &settings).await.status, 200);
    cluster.advance(Duration::from_secs(30));
    let (widget, _) = backend.opened_link(&app, &ann).await;
    let page = widget.ask_by("totp").await;
    let page = widget.check(&page, &authenticator.code(server.clock.now(), 0)).await;
    let proof = page.field("proof").unwrap().to_owned();
    let key = server.key_of(&backend, &app, &ann).await;
    let factors = server.service.store.factor_list(&key).await.unwrap();
    assert_eq!(factors.len(), 2);
    let removals =
        factors.iter().zip(cluster.bases()).map(|(factor, base)| {
            let (widget, proof) = (widget.moved(&base), proof.clone());
            let id = factor.factor_id.to_string();
            async move {
                widget.post(&[("do", "remove_factor"), ("factor", &id), ("proof", &proof)]).await
            }
        });
    let pages = each_at_once(removals).await;
    let removed = pages.iter().filter(|page| page.html.contains("Removed.")).count();
    assert_eq!(removed, 1, "{pages:?}");
    assert_eq!(server.service.store.factor_list(&key).await.unwrap().len(), 1);
}
