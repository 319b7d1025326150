//! Sets of one shape in one call come to what they would come to one by one.

use super::*;

/// Tells what it put.
static TELL: Statement = Statement {
    name: "TELL_PUT",
    sql: "INSERT INTO limits (limit_key, tat) VALUES (?1, ?2) ON CONFLICT DO NOTHING
        RETURNING limit_key, tat",
};
/// Touches a row that is there.
static TOUCH: Statement =
    Statement { name: "TOUCH", sql: "UPDATE limits SET tat = tat + ?2 WHERE limit_key = ?1" };
static LATER: Statement =
    Statement { name: "LATER", sql: "SELECT limit_key FROM limits WHERE tat >= ?1 ORDER BY tat" };

fn tell(key: &str, tat: i64) -> Step {
    Step { statement: &TELL, params: params![key, tat], required: true }
}

fn touch(key: &str, required: bool) -> Step {
    Step { statement: &TOUCH, params: params![key, 1_i64], required }
}

fn told(key: &str, tat: i64) -> Vec<Row> {
    vec![params![key, tat]]
}

/// What these come to as one group, which waits behind one that waits for a lock.
fn together(
    server: &TestDatabase,
    database: &Postgres,
    sets: Vec<Vec<Step>>,
) -> Vec<Result<Executed, StoreError>> {
    let other = Other::holding(&server.url(), "held");
    let first = submit(database, vec![put("held")]);
    until_waiting(server, "Lock");
    let answers: Vec<_> = sets.into_iter().map(|steps| submit(database, steps)).collect();
    other.roll_back();
    assert_eq!(first.blocking_recv().unwrap(), done());
    answers.into_iter().map(|answer| answer.blocking_recv().unwrap()).collect()
}

fn functions(server: &TestDatabase) -> String {
    let sql = "SELECT count(*) FROM pg_proc WHERE proname LIKE 'onlyauth!_%' ESCAPE '!'";
    server.query(sql).concat().concat()
}

fn shapes(key: &str) -> Vec<Step> {
    let later = Step::any(&LATER, params![90_i64]);
    vec![tell(key, 7), touch("there", true), touch("nowhere", false), later]
}

#[test]
fn each_set_of_a_call_gets_its_own_rows_and_refusals() {
    let server = migrated();
    let database = open(&options(&server.url()));
    write(&database, vec![tell("there", 100)]).unwrap();
    let sets = ["a", "b", "a", "c"].map(shapes).into();
    let outcomes = together(&server, &database, sets);
    let applied =
        |key| Ok(Executed::Applied(vec![told(key, 7), vec![], vec![], vec![params!["there"]]]));
    let expected = [applied("a"), applied("b"), Ok(Executed::RefusedAt(0)), applied("c")];
    assert_eq!(outcomes, expected);
    assert_eq!(keys(&database), ["a", "b", "c", "held", "there"]);
    assert_eq!(server.query("SELECT tat FROM limits WHERE limit_key = 'there'"), [["103"]]);
    assert_eq!(functions(&server), "1", "one shape came often enough");
}

#[test]
fn a_refusal_after_something_was_touched_undoes_its_own_set_only() {
    let server = migrated();
    let database = open(&options(&server.url()));
    write(&database, vec![tell("there", 100)]).unwrap();
    let set = |key, of| vec![tell(key, 7), touch(of, true)];
    let sets = vec![set("a", "there"), set("b", "nowhere"), set("c", "there"), set("d", "there")];
    let outcomes = together(&server, &database, sets);
    let applied = |key| Ok(Executed::Applied(vec![told(key, 7), vec![]]));
    let expected = [applied("a"), Ok(Executed::RefusedAt(1)), applied("c"), applied("d")];
    assert_eq!(outcomes, expected);
    assert_eq!(keys(&database), ["a", "c", "d", "held", "there"]);
    assert_eq!(server.query("SELECT tat FROM limits WHERE limit_key = 'there'"), [["103"]]);
}

#[test]
fn one_that_fails_disturbs_nobody() {
    let server = migrated();
    let database = open(&options(&server.url()));
    let odd = Step { params: params!["odd", "not a number"], ..tell("odd", 0) };
    let sets = vec![vec![tell("a", 1)], vec![odd], vec![tell("b", 2)], vec![tell("c", 3)]];
    let mut outcomes = together(&server, &database, sets);
    assert_eq!(reason(outcomes.remove(1)), Reason::Failed);
    let applied = |key, tat| Ok(Executed::Applied(vec![told(key, tat)]));
    assert_eq!(outcomes, [applied("a", 1), applied("b", 2), applied("c", 3)]);
    assert_eq!(keys(&database), ["a", "b", "c", "held"]);
}

#[test]
fn a_server_that_makes_no_functions_is_slower_and_nothing_else() {
    let server = migrated();
    server.query("DROP EXTENSION plpgsql");
    let database = open(&options(&server.url()));
    write(&database, vec![tell("there", 100)]).unwrap();
    for keys in [["a", "b", "c"], ["d", "e", "f"]] {
        let outcomes = together(&server, &database, keys.map(shapes).into());
        assert!(outcomes.iter().all(|o| matches!(o, Ok(Executed::Applied(_)))), "{outcomes:?}");
        write(&database, vec![Step::any(&FORGET, params!["held"])]).unwrap();
    }
    assert_eq!(functions(&server), "0");
    assert_eq!(keys(&database).len(), 7);
}

static FORGET: Statement =
    Statement { name: "FORGET", sql: "DELETE FROM limits WHERE limit_key = ?1" };
