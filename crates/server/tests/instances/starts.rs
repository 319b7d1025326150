//! Starting on one database: at once, and with the wrong key.

use super::cluster::{INSTANCES, master_key};
use super::processes::Processes;
use crate::support::EndUser;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_instances_that_start_at_once_on_an_empty_database_begin_one_installation() {
    for _ in 0..3 {
        let processes = Processes::new();
        let servers = processes.serve_all();
        assert_eq!(
            processes.ask("SELECT count(*) - count(DISTINCT version) FROM schema_migrations"),
            "0"
        );
        let keys = processes
            .database
            .query("SELECT count(*), count(DISTINCT purpose), max(generation) FROM key_ring");
        assert_eq!(keys[0][0], keys[0][1], "one key for each purpose");
        assert_eq!(keys[0][2], "1");
        let backend = processes.client(&servers[0].base());
        let app = backend.sandbox_app().await;
        for (step, server) in servers.iter().enumerate() {
            let next = &servers[(step + 1) % INSTANCES];
            let user = EndUser::number(u32::try_from(step).unwrap());
            let (_, page) = backend.moved(&server.base()).pass(&app, &user).await;
            let token = page.success_token().unwrap();
            assert_eq!(backend.moved(&next.base()).validate(&app, &token).await.status, 200);
        }
        for server in servers {
            assert_eq!(server.stop().0, Some(0));
        }
    }
}

#[tokio::test]
async fn an_instance_with_another_master_key_does_not_start_and_says_what_to_do() {
    let processes = Processes::new();
    let server = processes.serve();
    let other = master_key(processes.folder.path(), "other.key", 8);
    let environment = [("ONLYAUTH_MASTER_KEY_FILE", other.to_str().unwrap())];
    let output = processes.run(&["serve", "--listen", "127.0.0.1:0"], &environment);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(4), "{said}");
    assert!(said.contains("the master key does not open the keys of this database"), "{said}");
    assert!(
        said.contains("\nhint: put back the master.key that belongs to this database"),
        "{said}"
    );
    // The others go on, and nothing was made with the wrong key.
    let backend = processes.client(&server.base());
    let app = backend.sandbox_app().await;
    backend.pass(&app, &EndUser::ann()).await;
}
