//! Redeeming a success token at all instances at once.

use super::cluster::Cluster;
use crate::support::{Backend, EndUser, form, raw};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn row_13_of_100_redemptions_at_once_one_succeeds_in_200_rounds_over_three_instances() {
    let cluster = Cluster::start().await;
    let (backend, app) = cluster.shop().await;
    for round in 0..200 {
        let (_, page) = backend.pass(&app, &EndUser::number(round)).await;
        let request = request(&backend, &app, &page.success_token().unwrap());
        // Twenty connections at once, five requests each.
        let connections: Vec<_> = (0..20)
            .map(|connection| {
                let requests = vec![request.clone(); 5];
                let address = cluster.instances[connection % cluster.instances.len()].address;
                tokio::spawn(async move { raw::pipeline(address, &requests).await })
            })
            .collect();
        let mut statuses = Vec::new();
        for connection in connections {
            statuses.extend(connection.await.unwrap());
        }
        assert_eq!(statuses.len(), 100);
        assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "round {round}");
        assert_eq!(statuses.iter().filter(|status| **status == 404).count(), 99, "round {round}");
    }
}

fn request(backend: &Backend, app: &str, token: &str) -> String {
    let body = form(&[("app_id", app), ("client_id", &backend.client_id), ("token", token)]);
    format!(
        "POST /server/success-tokens HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        backend.secret,
        body.len()
    )
}
