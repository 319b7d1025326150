//! Change sets: what a store method asks of the database, all or nothing.
//!
//! Steps run in order, each seeing what the earlier ones did. A *required* step must touch exactly one row,
//! else the whole set is undone and its refusal is the answer. What must stay counted is therefore never
//! before a required step that it should survive.

use crate::statement::Statement;
use crate::value::{Row, Value};

/// One statement with its parameters.
pub(crate) struct Step {
    pub(crate) statement: &'static Statement,
    pub(crate) params: Vec<Value>,
    /// Exactly one row, or the set is refused.
    pub(crate) required: bool,
}

impl Step {
    /// A step that may touch any number of rows; also the form of a query.
    pub(crate) fn any(statement: &'static Statement, params: Vec<Value>) -> Self {
        Self { statement, params, required: false }
    }
}

/// What an engine did with the steps.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Executed {
    /// All of them; the rows that each returned.
    Applied(Vec<Vec<Row>>),
    /// Nothing: this required step did not touch exactly one row.
    RefusedAt(usize),
}

/// Steps, and for each required one the refusal of type `R` that it stands for.
pub(crate) struct ChangeSet<R> {
    steps: Vec<Step>,
    refusals: Vec<Option<R>>,
}

/// What became of a change set.
#[derive(Debug)]
pub(crate) enum Outcome<R> {
    /// Committed.
    Applied(Applied),
    /// Undone as a whole.
    Refused(R),
}

/// The rows of a committed change set, or of a read, by step.
#[derive(Debug)]
pub(crate) struct Applied(Vec<Vec<Row>>);

impl<R> ChangeSet<R> {
    pub(crate) fn new() -> Self {
        Self { steps: Vec::new(), refusals: Vec::new() }
    }

    /// A step that must touch exactly one row, else `refusal`.
    pub(crate) fn require(
        mut self,
        statement: &'static Statement,
        params: Vec<Value>,
        refusal: R,
    ) -> Self {
        self.steps.push(Step { statement, params, required: true });
        self.refusals.push(Some(refusal));
        self
    }

    /// A step that may touch any number of rows.
    pub(crate) fn step(mut self, statement: &'static Statement, params: Vec<Value>) -> Self {
        self.steps.push(Step::any(statement, params));
        self.refusals.push(None);
        self
    }

    /// Apart: the steps for the engine, the refusals for [`Refusals::outcome`].
    pub(crate) fn split(self) -> (Vec<Step>, Refusals<R>) {
        (self.steps, Refusals(self.refusals))
    }
}

/// The refusals of a change set whose steps went to the engine.
pub(crate) struct Refusals<R>(Vec<Option<R>>);

impl<R> Refusals<R> {
    /// None when the engine names a step that was not required, which it does not.
    pub(crate) fn outcome(mut self, executed: Executed) -> Option<Outcome<R>> {
        match executed {
            Executed::Applied(rows) => Some(Outcome::Applied(Applied(rows))),
            Executed::RefusedAt(step) => {
                self.0.get_mut(step).and_then(Option::take).map(Outcome::Refused)
            }
        }
    }
}

impl<R> Outcome<R> {
    pub(crate) fn is_applied(&self) -> bool {
        matches!(self, Self::Applied(_))
    }
}

impl Applied {
    pub(crate) fn new(rows: Vec<Vec<Row>>) -> Self {
        Self(rows)
    }

    /// All rows of a step.
    pub(crate) fn rows(&mut self, step: usize) -> Vec<Row> {
        self.0.get_mut(step).map(std::mem::take).unwrap_or_default()
    }

    /// The first row of a step.
    pub(crate) fn row(&mut self, step: usize) -> Option<Row> {
        self.rows(step).into_iter().next()
    }
}
