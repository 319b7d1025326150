//! `openapi.json` says what there is; the client has all of it.

use std::collections::BTreeSet;

use onlyauth_client::{Client, Operation};
use serde_json::{Value, json};

use crate::support::calls::{ACTION, APP, DEVICE, FACTOR, USER};
use crate::support::stub::Request;
use crate::support::{Act, Stub, call, client};

/// On the wire another name of `webauthn_enabled`: one of them is enough.
const LEFT_OUT: &str = "webauth_enabled";

fn document() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../openapi.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Each operation with its method, its path and its description.
fn operations(document: &Value) -> Vec<(String, String, Value)> {
    let paths = document["paths"].as_object().unwrap();
    let each = paths.iter().flat_map(|(path, methods)| {
        let methods = methods.as_object().unwrap().iter();
        methods.map(move |(method, operation)| {
            (method.to_ascii_uppercase(), path.clone(), operation.clone())
        })
    });
    each.collect()
}

/// What a schema stands for, references followed.
fn resolved<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    match schema["$ref"].as_str() {
        Some(reference) => document.pointer(reference.trim_start_matches('#')).unwrap(),
        None => schema,
    }
}

/// A value of a schema, with every key that it names.
fn sample(document: &Value, schema: &Value) -> Value {
    let schema = resolved(document, schema);
    let kind = match &schema["type"] {
        Value::Array(kinds) => &kinds[0],
        kind => kind,
    };
    match kind.as_str().unwrap() {
        "object" => {
            let properties = schema["properties"].as_object().into_iter().flatten();
            let keys = properties.map(|(key, schema)| (key.clone(), sample(document, schema)));
            Value::Object(keys.collect())
        }
        "array" => json!([sample(document, &schema["items"])]),
        "integer" => json!(1),
        "boolean" => json!(true),
        // What the calls expect of the end user.
        "string" => json!(crate::support::END_USER),
        other => panic!("no sample of {other}"),
    }
}

/// The names that an operation takes in `place`: all, and those that it requires.
fn names(document: &Value, operation: &Value, place: &str) -> (BTreeSet<String>, BTreeSet<String>) {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    if place == "form" {
        let form = "/requestBody/content/application~1x-www-form-urlencoded/schema";
        let Some(schema) = operation.pointer(form) else { return Default::default() };
        let schema = resolved(document, schema);
        let all = schema["properties"].as_object().unwrap().keys().cloned().collect();
        let required = schema["required"].as_array().into_iter().flatten().map(text).collect();
        return (all, required);
    }
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    let own = parameters.filter(|parameter| parameter["in"] == place);
    let all = own.clone().map(|parameter| text(&parameter["name"])).collect();
    let required = own.filter(|parameter| parameter["required"] == true);
    (all, required.map(|parameter| text(&parameter["name"])).collect())
}

fn sent(pairs: Vec<(String, String)>) -> BTreeSet<String> {
    let count = pairs.len();
    let names: BTreeSet<_> = pairs.into_iter().map(|(name, _)| name).collect();
    assert_eq!(names.len(), count, "a name is sent twice");
    names
}

/// Calls the operation's method on a stub that answers as the document says; what was asked, and what it gave.
async fn exchange(document: &Value, operation: &Value) -> (Request, String) {
    let id = operation["operationId"].as_str().unwrap();
    let known = Operation::from_id(id).unwrap_or_else(|| panic!("the client has no {id}"));
    let schema = &operation["responses"]["200"]["content"]["application/json"]["schema"];
    let stub = Stub::start([Act::json(200, &sample(document, schema).to_string())]).await;
    let client: Client = client(&stub.base);
    let answer = call(&client, known).await.unwrap_or_else(|error| panic!("{id}: {error}"));
    (stub.requests().remove(0), answer)
}

#[tokio::test]
async fn every_operation_has_a_method_that_asks_for_it() {
    let document = document();
    for (method, path, operation) in operations(&document) {
        let (request, _) = exchange(&document, &operation).await;
        assert_eq!(request.method, method, "{path}");
        let path = path.replace("{app_id}", APP).replace("{user_id}", USER);
        let path = path.replace("{factor_id}", FACTOR).replace("{action_id}", ACTION);
        let path = path.replace("{device_id}", DEVICE);
        assert_eq!(request.path(), path);
    }
}

#[tokio::test]
async fn every_method_sends_every_field_and_none_that_is_unknown() {
    let document = document();
    for (method, path, operation) in operations(&document) {
        let (request, _) = exchange(&document, &operation).await;
        let what = format!("{method} {path}");
        let (query, form) = (sent(request.query()), sent(request.form()));
        let (of_query, required) = names(&document, &operation, "query");
        assert!(query.is_superset(&required) && query == of_query, "{what}: {query:?}");
        let (mut of_form, required) = names(&document, &operation, "form");
        of_form.remove(LEFT_OUT);
        if query.contains("client_id") {
            // It may be in either place.
            of_form.remove("client_id");
        }
        assert!(form.is_superset(&required) && form == of_form, "{what}: {form:?}");
    }
}

#[tokio::test]
async fn every_key_of_an_answer_has_a_field() {
    let document = document();
    for (method, path, operation) in operations(&document) {
        let (_, answer) = exchange(&document, &operation).await;
        // Keys without a field are listed by name.
        let known = answer.matches("further: {}").count();
        assert_eq!(answer.matches("further: ").count(), known, "{method} {path}: {answer}");
    }
}

#[test]
fn no_operation_is_made_up() {
    let document = document();
    let described: BTreeSet<_> = operations(&document)
        .into_iter()
        .map(|(method, path, operation)| {
            (operation["operationId"].as_str().unwrap().to_owned(), method, path)
        })
        .collect();
    let known = Operation::ALL.map(|operation| {
        (operation.id().to_owned(), operation.method().to_owned(), operation.path().to_owned())
    });
    assert_eq!(described, BTreeSet::from(known));
}
