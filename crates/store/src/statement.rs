//! SQL statements, each written beside the method that uses it and collected here, so that one test can
//! prepare all of them and check what they must have in common.

/// A statement in the SQL that both databases understand: `?1`-style parameters, `?1` being the client id
/// on every tenant table.
#[derive(Debug)]
pub(crate) struct Statement {
    /// Its name in errors and logs.
    pub(crate) name: &'static str,
    /// The text.
    pub(crate) sql: &'static str,
}

/// Declares a file's statements, and lists them as `STATEMENTS`.
macro_rules! statements {
    ($($name:ident = $sql:expr;)+) => {
        $(static $name: $crate::statement::Statement =
            $crate::statement::Statement { name: stringify!($name), sql: $sql };)+

        pub(crate) static STATEMENTS: &[&$crate::statement::Statement] = &[$(&$name),+];
    };
}
pub(crate) use statements;

/// All statements of those who serve. A file that is missing here has an unused `STATEMENTS`, which the compiler reports.
pub(crate) fn catalogue() -> impl Iterator<Item = &'static Statement> {
    let [actions, histories, action_lists] = crate::actions::STATEMENT_LISTS;
    let [attempts, begins, sends] = crate::challenges::STATEMENT_LISTS;
    let [trusted, trusting, forgetting] = crate::trusted_devices::STATEMENT_LISTS;
    let [end_users, erasures, user_histories, overviews, resets, spans] =
        crate::end_users::STATEMENT_LISTS;
    let [aggregates, counting] = crate::aggregates::STATEMENT_LISTS;
    [
        action_lists,
        actions,
        attempts,
        begins,
        sends,
        aggregates,
        counting,
        histories,
        crate::apps::STATEMENTS,
        crate::audit::STATEMENTS,
        crate::backup_codes::STATEMENTS,
        crate::ceremonies::STATEMENTS,
        crate::clients::STATEMENTS,
        end_users,
        erasures,
        user_histories,
        overviews,
        resets,
        spans,
        crate::enrolments::STATEMENTS,
        crate::factor_links::STATEMENTS,
        crate::factors::STATEMENTS,
        crate::imports::STATEMENTS,
        crate::keys::STATEMENTS,
        crate::leases::STATEMENTS,
        crate::limits::STATEMENTS,
        crate::logins::STATEMENTS,
        crate::management::STATEMENTS,
        crate::notices::STATEMENTS,
        crate::outbox::STATEMENTS,
        crate::proving::STATEMENTS,
        crate::retention::STATEMENTS,
        crate::sandbox::STATEMENTS,
        crate::secrets::STATEMENTS,
        crate::success_tokens::STATEMENTS,
        trusted,
        trusting,
        forgetting,
    ]
    .into_iter()
    .flatten()
    .copied()
}

/// Statements of commands that move a whole installation: prepared when they are used.
pub(crate) fn rare() -> impl Iterator<Item = &'static Statement> {
    let moving = [crate::backup::STATEMENTS, crate::copy::mark::STATEMENTS];
    moving.into_iter().flatten().copied().chain(crate::copy::statements())
}
