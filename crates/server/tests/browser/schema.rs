//! Messages against their published JSON Schema.

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use super::npm_packages;

/// What is wrong with values, one line for each that does not fit the schema.
///
/// # Panics
/// Where the schema itself is none.
pub(super) fn misfits(schema: &Value, values: &[Value]) -> Vec<String> {
    npm_packages::file("ajv/dist/2020.js");
    let mut node = Command::new("node")
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/browser/npm/validate.cjs"))
        .env("NODE_PATH", npm_packages::folder())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node is installed (Debian: nodejs)");
    let input = json!({ "schema": schema, "values": values }).to_string();
    // Closed at the end of the statement, which ends node's reading.
    node.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = node.wait_with_output().unwrap();
    assert!(output.status.success(), "the schema is no schema; see above");
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn values_that_do_not_fit_are_told() {
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": ["v"],
        "properties": { "v": { "const": 1 }, "at": { "type": "string", "format": "date-time" } },
        "additionalProperties": false,
    });
    let fits = json!({ "v": 1, "at": "2026-01-01T12:00:00Z" });
    assert!(misfits(&schema, std::slice::from_ref(&fits)).is_empty());
    let told = misfits(&schema, &[json!({}), fits, json!({ "v": 2, "at": "noon", "phone": "+1" })]);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].starts_with("message must have required property 'v'"), "{told:?}");
    for part in ["message/v must be equal to constant", "\"date-time\"", "additional properties"] {
        assert!(told[1].contains(part), "{told:?}");
    }
}
