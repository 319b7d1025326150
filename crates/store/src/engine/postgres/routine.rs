//! Many change sets of one shape as one call: their statements become a function of the session, which goes through arrays of
//! parameters. The statements stay as they are written beside their methods. What is saved is that each of them is sent, bound and
//! answered by itself, which costs more than carrying it out.
//!
//! A set that refuses while it has touched nothing is told apart. Any other refusal or error ends the call, and the
//! group is carried out statement by statement instead, see [`super::transaction`].

use std::collections::HashMap;
use std::fmt::{self, Write as _};

use tokio_postgres::types::Type;
use tokio_postgres::{Client, Error, Statement as Prepared};

use super::execute::{Answer, run_over};
use super::fault::describe;
use super::pipeline::Request;
use super::transaction::Judged;
use super::writer::WriteJob;
use crate::change_set::Step;
use crate::value::{Row, Value};

/// So many sets of a shape are worth a call.
const LEAST: usize = 3;

/// What sets of one call have in common: their statements, by where those stand in memory, and which must touch one row.
type Shape = Vec<(usize, bool)>;

/// The functions that a session has; None for what could not be made into one.
#[derive(Default)]
pub(super) struct Routines(HashMap<Shape, Option<Routine>>);

struct Routine {
    call: Prepared,
    /// Where the columns of each step begin and end in a row that the function returns.
    columns: Vec<(usize, usize)>,
}

/// How a group is carried out.
#[derive(Default)]
pub(super) struct Plan {
    /// Sets of one shape that go into one call, by their place in the group.
    calls: Vec<(Shape, Vec<usize>)>,
    /// Those that go statement by statement.
    pub(super) apart: Vec<usize>,
}

impl Plan {
    pub(super) fn statement_by_statement(group: &[WriteJob]) -> Self {
        Self { calls: Vec::new(), apart: (0..group.len()).collect() }
    }

    pub(super) fn has_calls(&self) -> bool {
        !self.calls.is_empty()
    }
}

fn shape(job: &WriteJob) -> Shape {
    let steps = job.steps.iter();
    steps.map(|step| (std::ptr::from_ref(step.statement).addr(), step.required)).collect()
}

impl Routines {
    /// Makes the functions that a group needs. Between transactions only: what can't be made must undo nothing else.
    pub(super) async fn plan(
        &mut self,
        client: &Client,
        prepared: &HashMap<&'static str, Prepared>,
        group: &[WriteJob],
    ) -> Plan {
        let mut calls: Vec<(Shape, Vec<usize>)> = Vec::new();
        for (place, job) in group.iter().enumerate() {
            let shape = shape(job);
            match calls.iter_mut().find(|(known, _)| *known == shape) {
                Some((_, places)) => places.push(place),
                None => calls.push((shape, vec![place])),
            }
        }
        // Rows that two shapes share are gone through in one order by all sessions, of other instances too.
        calls.sort_by_cached_key(|(_, places)| {
            let first = places.first().and_then(|place| group.get(*place));
            let steps = first.map(|job| job.steps.as_slice()).unwrap_or_default();
            steps.iter().map(|step| step.statement.name).collect::<Vec<_>>()
        });
        let mut plan = Plan::default();
        for (shape, places) in calls {
            let steps = places.first().and_then(|first| group.get(*first));
            let steps = steps.map(|job| job.steps.as_slice()).unwrap_or_default();
            if places.len() >= LEAST && self.has(client, prepared, &shape, steps).await {
                plan.calls.push((shape, places));
            } else {
                plan.apart.extend(places);
            }
        }
        plan
    }

    async fn has(
        &mut self,
        client: &Client,
        prepared: &HashMap<&'static str, Prepared>,
        shape: &Shape,
        steps: &[Step],
    ) -> bool {
        if let Some(known) = self.0.get(shape) {
            return known.is_some();
        }
        let made = match make(client, prepared, self.0.len(), steps).await {
            Ok(made) => made,
            Err(error) => {
                // A server that lets us make no functions is slower, and nothing else.
                tracing::info!(error = describe(&error), "database.no_routines");
                None
            }
        };
        let is_made = made.is_some();
        self.0.insert(shape.clone(), made);
        is_made
    }

    /// The requests for a plan's calls.
    pub(super) fn requests<'a>(
        &'a self,
        client: &'a Client,
        plan: &Plan,
        group: &'a [WriteJob],
    ) -> Vec<Request<'a, Result<Answer, Error>>> {
        let calls = plan.calls.iter().filter_map(|(shape, places)| {
            let routine = self.0.get(shape)?.as_ref()?;
            let sets: Vec<&[Step]> = places
                .iter()
                .filter_map(|place| group.get(*place))
                .map(|job| job.steps.as_slice())
                .collect();
            let arrays = columns_of(&sets);
            let request: Request<_> =
                Box::pin(async move { run_over(client, &routine.call, arrays).await });
            Some(request)
        });
        calls.collect()
    }

    /// What each set of the plan's calls came to, by its place; the error is one that ended a call.
    pub(super) fn judge(
        &self,
        plan: &Plan,
        answers: Vec<Result<Answer, Error>>,
        judged: &mut [Judged],
    ) -> Result<(), Error> {
        for ((shape, places), answer) in plan.calls.iter().zip(answers) {
            let Some(routine) = self.0.get(shape).and_then(Option::as_ref) else { continue };
            let mut sets: Vec<Judged> =
                places.iter().map(|_| Judged::Applied(empty(routine.columns.len()))).collect();
            for row in answer?.rows {
                tell(&mut sets, &routine.columns, row);
            }
            for (place, set) in places.iter().zip(sets) {
                if let Some(slot) = judged.get_mut(*place) {
                    *slot = set;
                }
            }
        }
        Ok(())
    }
}

fn empty(steps: usize) -> Vec<Answer> {
    (0..steps).map(|_| Answer::default()).collect()
}

/// Puts one row of a function's answer where it belongs: the set's number, then the step's, counted from 1 and negative for the
/// one that refused, then the columns of all steps.
fn tell(sets: &mut [Judged], columns: &[(usize, usize)], mut row: Row) {
    let (Some(&Value::Int(set)), Some(&Value::Int(step))) = (row.first(), row.get(1)) else {
        return;
    };
    let place = |number: i64| usize::try_from(number - 1).unwrap_or(usize::MAX);
    let Some(judged) = sets.get_mut(place(set)) else { return };
    if step < 0 {
        *judged = Judged::Refused { step: place(-step), harmless: true };
        return;
    }
    if let (Judged::Applied(answers), Some(&(from, to))) = (judged, columns.get(place(step)))
        && let Some(answer) = answers.get_mut(place(step))
    {
        row.truncate(to);
        answer.rows.push(row.split_off(from.min(row.len())));
        answer.touched += 1;
    }
}

/// The parameters of all sets, an array for each place.
fn columns_of<'a>(sets: &[&'a [Step]]) -> Vec<Vec<&'a Value>> {
    let width = sets.first().map_or(0, |steps| steps.iter().map(|step| step.params.len()).sum());
    let mut arrays: Vec<Vec<&Value>> = (0..width).map(|_| Vec::with_capacity(sets.len())).collect();
    for steps in sets {
        let params = steps.iter().flat_map(|step| &step.params);
        for (array, value) in arrays.iter_mut().zip(params) {
            array.push(value);
        }
    }
    arrays
}

async fn make(
    client: &Client,
    prepared: &HashMap<&'static str, Prepared>,
    number: usize,
    steps: &[Step],
) -> Result<Option<Routine>, Error> {
    let statements: Option<Vec<(&Step, &Prepared)>> =
        steps.iter().map(|step| Some((step, prepared.get(step.statement.name)?))).collect();
    let Some(written) = statements.and_then(|statements| write(number, &statements).ok()) else {
        return Ok(None);
    };
    let Some(Written { definition, call, columns }) = written else { return Ok(None) };
    // One transaction, since it is one message. The function ends with the session, so no standby has to confirm it.
    client.batch_execute(&format!("SET LOCAL synchronous_commit = off; {definition}")).await?;
    Ok(Some(Routine { call: client.prepare(&call).await?, columns }))
}

struct Written {
    definition: String,
    call: String,
    columns: Vec<(usize, usize)>,
}

/// The function's text; None for a shape that can't be one: nothing to go through, or a type that no table of ours has.
fn write(number: usize, steps: &[(&Step, &Prepared)]) -> Result<Option<Written>, fmt::Error> {
    let types: Option<Vec<&str>> =
        steps.iter().flat_map(|(_, prepared)| prepared.params()).map(name).collect();
    let Some(types) = types.filter(|types| !types.is_empty()) else { return Ok(None) };
    let (mut body, mut results, mut columns) = (String::new(), String::new(), Vec::new());
    let (mut parameter, mut column) = (0, 2);
    for (at, (step, prepared)) in steps.iter().enumerate() {
        let sql = over_arrays(step.statement.sql, parameter);
        parameter += prepared.params().len();
        let from = column;
        let mut targets = Vec::new();
        for found in prepared.columns() {
            let Some(name) = name(found.type_()) else { return Ok(None) };
            write!(results, ", _r{column} {name}")?;
            targets.push(format!("_r{column}"));
            column += 1;
        }
        columns.push((from, column));
        write_step(&mut body, at + 1, &sql, &targets, step.required)?;
    }
    let mut arguments = String::new();
    let mut places = String::new();
    for (at, name) in types.iter().enumerate() {
        let comma = if at == 0 { "" } else { ", " };
        write!(arguments, "{comma}_p{at} {name}[]")?;
        write!(places, "{comma}${}", at + 1)?;
    }
    let definition = format!(
        "CREATE FUNCTION pg_temp.onlyauth_{number}({arguments})
           RETURNS TABLE (_set int4, _step int4{results}) LANGUAGE plpgsql AS $routine$
         #variable_conflict use_column
         DECLARE _i int4; _touched int8; _before int8;
         BEGIN
           FOR _i IN 1 .. array_length(_p0, 1) LOOP
             _set := _i; _before := 0;
             {body}
           END LOOP;
         END $routine$"
    );
    let call = format!("SELECT * FROM pg_temp.onlyauth_{number}({places})");
    Ok(Some(Written { definition, call, columns }))
}

fn write_step(
    body: &mut String,
    number: usize,
    sql: &str,
    targets: &[String],
    required: bool,
) -> fmt::Result {
    if targets.is_empty() {
        writeln!(body, "{sql}; GET DIAGNOSTICS _touched = ROW_COUNT;")?;
    } else {
        let targets = targets.join(", ");
        writeln!(
            body,
            "_touched := 0;
             FOR {targets} IN {sql} LOOP
               _touched := _touched + 1; _step := {number}; RETURN NEXT;
             END LOOP;"
        )?;
    }
    if required {
        // Rows of earlier steps may have been returned; who reads them sees the refusal too. What was touched can't be
        // undone here for this set alone.
        writeln!(
            body,
            "IF _touched <> 1 THEN
               IF _before + _touched > 0 THEN RAISE EXCEPTION 'refused' USING ERRCODE = 'OA001'; END IF;
               _step := -{number}; RETURN NEXT; CONTINUE;
             END IF;"
        )?;
    }
    writeln!(body, "_before := _before + _touched;")
}

fn name(found: &Type) -> Option<&'static str> {
    match *found {
        Type::INT8 => Some("int8"),
        Type::INT4 => Some("int4"),
        Type::TEXT => Some("text"),
        Type::BYTEA => Some("bytea"),
        _ => None,
    }
}

/// The statement with the set's element of an array for each parameter. No statement has a question mark in a literal.
fn over_arrays(sql: &str, first: usize) -> String {
    let mut parts = sql.split('?');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let digits = part.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.len());
        let (number, rest) = part.split_at(digits);
        let number = number.parse::<usize>().unwrap_or(1);
        text.extend(["_p", &(first + number.saturating_sub(1)).to_string(), "[_i]", rest]);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_become_elements_of_arrays() {
        let sql = "UPDATE t SET a = ?2 WHERE b = ?1 AND c > ?12";
        let expected = "UPDATE t SET a = _p4[_i] WHERE b = _p3[_i] AND c > _p14[_i]";
        assert_eq!(over_arrays(sql, 3), expected);
    }
}
