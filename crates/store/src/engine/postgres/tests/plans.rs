//! How the server goes about our statements once tables have grown.

use server::PostgresServer as Server;

use super::*;
use crate::statement;

/// Read in whole by what they are for.
const WHOLE: [&str; 3] = ["CLIENT_LIST", "KEY_LIST", "KEY_RETIRE"];

/// 2000 clients with 10 logins each.
const FILL: &str = "
    INSERT INTO clients SELECT 'CLNT-' || c, 'name', 1, 0 FROM generate_series(1, 2000) c;
    INSERT INTO api_secrets SELECT 'CLNT-' || c, 'SCRT-' || n, '\\x00', 'hint', 0, NULL
      FROM generate_series(1, 2000) c, generate_series(1, 3) n;
    INSERT INTO apps SELECT 'CLNT-' || c, 'APPX-' || n, '{}', 1, 0, 0
      FROM generate_series(1, 2000) c, generate_series(1, 3) n;
    CREATE TEMP TABLE logins AS
      SELECT 'CLNT-' || c AS client, 'APPX-' || n % 5 AS app, n AS n, sha256((c || '-' || n)::bytea) AS hash
      FROM generate_series(1, 2000) c, generate_series(1, 10) n;
    INSERT INTO actions SELECT client, 'ACTN-' || n, app, 'live', 'login', hash, hash, '\\x00', 'en', 'us-1',
      'open', '', 1, 0, 0, 'US', n, n + 900000, NULL, 'sms', NULL FROM logins;
    INSERT INTO challenges SELECT client, 'ACTN-' || n, 'CHLG-' || n, 1, 'sms', '\\x00', 'RKEY-1', 6, 5, 1, n,
      n + 300000, NULL FROM logins;
    INSERT INTO challenge_attempts SELECT client, 'ACTN-' || n, 'CHLG-' || n, hash, 'wrong', n FROM logins;
    INSERT INTO end_users SELECT client, app, 'live', hash, 'USER-' || n, hash, '\\x00', '\\x00', n, n, 'sms' FROM logins;
    INSERT INTO factors SELECT client, app, 'live', hash, 'FCTR-' || n, 'totp', hash, '\\x00', NULL, 0, n, NULL FROM logins;
    INSERT INTO backup_codes SELECT client, app, 'live', hash, hash, 'ACTN-' || n, n, NULL FROM logins;
    INSERT INTO trusted_devices SELECT client, app, 'live', hash, 'DEVC-' || n, hash, hash, NULL, 'ACTN-' || n, n, n,
      n + 2592000000, NULL, NULL FROM logins;
    INSERT INTO factor_links SELECT client, 'ACTN-' || n, hash, n, n + 900000 FROM logins;
    INSERT INTO ceremonies SELECT client, 'ACTN-' || n, 'CHLG-' || n, 'get', '\\x00', n, n + 300000, NULL FROM logins;
    INSERT INTO failure_counters SELECT client, app, 'live', hash, 'sms', 0, NULL FROM logins;
    INSERT INTO success_tokens SELECT client, 'ACTN-' || n, app, hash, 'live', hash, '\\x00', 'sms', 0, n,
      n + 60000, NULL FROM logins;
    INSERT INTO limits SELECT 'key-' || client || '-' || n, n FROM logins;
    INSERT INTO outbox SELECT client, 'MESG-' || n, app, 'ACTN-' || n, 'CHLG-' || n, 1, 'live', 'sms',
      CASE WHEN n > 9 THEN 'pending' WHEN n > 8 THEN 'sending' ELSE 'sent' END, NULL, 1, n, n, n, n, NULL FROM logins;
    INSERT INTO notices SELECT client, 'ACTN-' || n, 'MESG-' || n, 'app_set_up', hash, '\\x00', 'en', n FROM logins;
    INSERT INTO audit SELECT client, 'AUDT-' || n, app, 'live', 'USER-' || n, 'reset', '', 'operator', n FROM logins;
    INSERT INTO sandbox_messages SELECT client, app, 'MESG-' || n, 'sms', hash, hash, '\\x00', 'body', 'code', n
      FROM logins;
    INSERT INTO login_hours SELECT client, n, app, 'live', 'sms', 'US', 'passed', 5, 1, 0 FROM logins;
    INSERT INTO message_hours SELECT client, n, app, 'live', 'sms', 'US', 'sent', 1 FROM logins;
    INSERT INTO counted_actions SELECT DISTINCT client, 'ACTN-5', 0 FROM logins;
    INSERT INTO leases SELECT 'task-' || n, 'holder', 0 FROM generate_series(1, 2000) n;";

/// The plan that is used for a statement once and for all, whatever its parameters are.
fn plan(server: &TestDatabase, parameters: usize, text: &str, settings: &str) -> String {
    let nulls = vec!["NULL"; parameters].join(", ");
    let execute = if parameters == 0 { String::new() } else { format!("({nulls})") };
    let sql = format!(
        "SET plan_cache_mode = force_generic_plan; {settings}; PREPARE plan AS {text};
         EXPLAIN EXECUTE plan{execute}"
    );
    server.query(&sql).concat().join("\n")
}

fn explained(server: &TestDatabase, settings: &str, check: impl Fn(&'static str, &str)) {
    let mut count = 0;
    for statement in statement::catalogue() {
        let text = execute::translate(statement.sql);
        let parameters = (1..20).filter(|n| text.contains(&format!("${n}"))).count();
        check(statement.name, &plan(server, parameters, &text, settings));
        count += 1;
    }
    assert!(count > 45, "{count}");
}

#[test]
fn no_statement_looks_through_a_whole_table_that_has_grown() {
    let server = migrated();
    server.query(FILL);
    server.query("ANALYZE");
    // By the planner's own choice: it is not only our setting that keeps it from it.
    explained(&server, "RESET enable_seqscan", |name, plan| {
        assert!(WHOLE.contains(&name) || !plan.contains("Seq Scan"), "{name}: {plan}");
        // What is counted and what leaves is found in the order of a key, however much there is behind it.
        let in_order = name.starts_with("OLD_") || name.starts_with("UNCOUNTED_");
        assert!(!in_order || !plan.contains("Sort"), "{name}: {plan}");
    });
}

/// The server counts rows only now and then; until it has, it goes by the size of the table.
#[test]
fn in_tables_that_were_never_counted_statements_go_by_the_whole_key() {
    let server = migrated();
    server.query(FILL);
    explained(&server, "SET enable_seqscan = off", |name, plan| {
        assert!(WHOLE.contains(&name) || !plan.contains("Seq Scan"), "{name}: {plan}");
        // These indexes hold what is on its way, and nothing else.
        let few = plan.contains("outbox_due") || plan.contains("outbox_leases");
        for filter in plan.lines().filter(|line| line.contains("Filter:") && !few) {
            for id in [
                "action_id",
                "message_id",
                "secret_id",
                "challenge_id",
                "ceremony_id",
                "fingerprint",
            ] {
                assert!(!filter.contains(id), "{name} goes by a part of its key only: {plan}");
            }
        }
    });
}

/// So many logins of one client, from this one on.
fn logins(from: u32, count: u32) -> String {
    let series = format!("generate_series({from}, {}) n", from + count - 1);
    format!(
        "INSERT INTO actions SELECT 'CLNT-1', 'ACTN-' || n, 'APPX-1', 'live', 'login', '\\x00', '\\x00', '\\x00', 'en', 'us-1',
           'open', '', 1, 0, 0, 'US', n, n, NULL, 'sms' FROM {series};
         INSERT INTO outbox SELECT 'CLNT-1', 'MESG-' || n, 'APPX-1', 'ACTN-' || n, 'CHLG-1', 1, 'live', 'sms', 'sent',
           NULL, 1, n, n, n, n, NULL FROM {series}"
    )
}

/// On a small table any index looks as good as any other. A session that has chosen one must not stay with it.
#[test]
fn plans_are_made_anew_when_tables_grow() {
    static FIND: Statement = Statement {
        name: "FIND",
        sql: "SELECT o.status FROM outbox o JOIN actions a ON a.client_id = ?1 AND a.action_id = o.action_id
            WHERE o.client_id = ?1 AND o.message_id = ?2",
    };
    /// So that the session tells at once what it has read.
    static TELL: Statement =
        Statement { name: "TELL", sql: "SELECT CAST(pg_stat_force_next_flush() AS TEXT)" };

    // Nobody counts rows here.
    let server = Server::start(&["autovacuum=off"]);
    let database = open(&options(&server.url("postgres")));
    let query = |sql: &str| server.query("postgres", sql);
    let read = |statement: &'static Statement, params| {
        let (answer, answered) = oneshot::channel();
        database
            .reads
            .put(ReadJob { queries: vec![Step::any(statement, params)], answer })
            .unwrap();
        answered.blocking_recv().unwrap().unwrap().concat()
    };
    let find = || read(&FIND, params!["CLNT-1", "MESG-1"]).len();
    query(&logins(1, 1));
    for _ in 0..20 {
        assert_eq!(find(), 1);
    }
    query(&logins(2, 2000));
    let looked_at = || {
        let sql = "SELECT sum(idx_tup_read) FROM pg_stat_user_indexes WHERE relname = 'outbox'";
        query(sql)[0][0].parse::<u64>().unwrap()
    };
    // A row that is found by the client alone is one of thousands that are looked at.
    until("by the whole key", || {
        let before = looked_at();
        for _ in 0..20 {
            assert_eq!(find(), 1);
        }
        read(&TELL, params![]);
        until("told", || looked_at() > before);
        looked_at() - before == 20
    });
}

/// In an installation's first minute nobody has counted its rows. Of several keys that begin alike, whose columns all look as
/// selective as each other, a login must go by the one that names its end user, or it looks at all others of the app.
#[test]
fn an_end_user_is_found_by_the_whole_key_also_while_nobody_has_counted() {
    static TELL: Statement =
        Statement { name: "TELL", sql: "SELECT CAST(pg_stat_force_next_flush() AS TEXT)" };

    let server = Server::start(&["autovacuum=off"]);
    let database = open(&options(&server.url("postgres")));
    let query = |sql: &str| server.query("postgres", sql);
    query(
        "INSERT INTO end_users SELECT 'CLNT-1', 'APPX-1', 'live', sha256(n::text::bytea), 'USER-' || n, NULL, NULL,
           '\\x00', n, NULL, NULL FROM generate_series(1, 2000) n",
    );
    let find = statement::catalogue().find(|statement| statement.name == "LOGIN_FIND").unwrap();
    let read = |statement: &'static Statement, params| {
        let (answer, answered) = oneshot::channel();
        database
            .reads
            .put(ReadJob { queries: vec![Step::any(statement, params)], answer })
            .unwrap();
        answered.blocking_recv().unwrap().unwrap().concat()
    };
    let looked_at = || {
        let sql = "SELECT sum(idx_tup_read) FROM pg_stat_user_indexes WHERE relname = 'end_users'";
        query(sql)[0][0].parse::<u64>().unwrap()
    };
    let nobody = [7_u8; 32];
    for _ in 0..60 {
        let params = params!["CLNT-1", "ACTN-1", "APPX-1", "live", &nobody];
        assert_eq!(read(find, params).len(), 1);
    }
    query(
        "UPDATE end_users SET end_user_hash = decode(repeat('01', 32), 'hex') WHERE user_id = 'USER-1'",
    );
    let params = params!["CLNT-1", "ACTN-1", "APPX-1", "live", &[1_u8; 32]];
    assert_eq!(read(find, params).len(), 1);
    read(&TELL, params![]);
    until("told", || looked_at() > 0);
    assert!(looked_at() <= 2, "{} rows were looked at for one", looked_at());
}
