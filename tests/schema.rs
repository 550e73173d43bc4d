//! The JSON of cups is what its schemas say: the files in `schema` are those that the types give, and outputs obey them.

use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;

fn printed(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_cupcast"))
        .args(args)
        .output()
        .expect("the program runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{args:?}: {errors}");
    String::from_utf8(output.stdout).expect("text is UTF-8")
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

fn is_of_type(value: &Value, name: &str) -> bool {
    match name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("a type that JSON does not have: {other}"),
    }
}

/// What is wrong with a value by a schema, for the words that schemas here are made of.
fn faults(root: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    let known = [
        "$schema",
        "title",
        "description",
        "format",
        "$defs",
        "$ref",
        "type",
        "properties",
        "required",
        "items",
        "anyOf",
        "additionalProperties",
        "minimum",
        "maximum",
        "minItems",
        "maxItems",
    ];
    let mut found = Vec::new();
    let Some(words) = schema.as_object() else {
        return if schema == &Value::Bool(true) {
            found
        } else {
            vec![format!("{at}: nothing fits")]
        };
    };
    for word in words.keys() {
        assert!(
            known.contains(&word.as_str()),
            "this test does not know `{word}`"
        );
    }
    if let Some(name) = schema["$ref"].as_str() {
        let target = root
            .pointer(name.trim_start_matches('#'))
            .expect("a definition");
        found.extend(faults(root, target, value, at));
    }
    let types: Vec<&str> = match &schema["type"] {
        Value::String(name) => vec![name],
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    if !types.is_empty() && !types.iter().any(|name| is_of_type(value, name)) {
        found.push(format!("{at}: {value} is not {types:?}"));
    }
    if let Some(any) = schema["anyOf"].as_array()
        && !any
            .iter()
            .any(|one| faults(root, one, value, at).is_empty())
    {
        found.push(format!("{at}: none of the forms fits"));
    }
    if let Some(least) = schema["minimum"].as_f64()
        && value.as_f64().is_some_and(|number| number < least)
    {
        found.push(format!("{at}: {value} is less than {least}"));
    }
    for name in schema["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
    {
        if value
            .as_object()
            .is_some_and(|object| !object.contains_key(name))
        {
            found.push(format!("{at}: `{name}` is missing"));
        }
    }
    for (key, inner) in value.as_object().into_iter().flatten() {
        let at = format!("{at}/{key}");
        match (
            schema["properties"].get(key),
            schema.get("additionalProperties"),
        ) {
            (Some(own), _) | (None, Some(own)) => found.extend(faults(root, own, inner, &at)),
            (None, None) if schema.get("properties").is_some() => {
                found.push(format!("{at} is in no schema"));
            }
            (None, None) => {}
        }
    }
    if let (Some(items), Some(list)) = (schema.get("items"), value.as_array()) {
        for (number, item) in list.iter().enumerate() {
            found.extend(faults(root, items, item, &format!("{at}/{number}")));
        }
    }
    found
}

#[test]
fn the_schemas_that_are_kept_are_those_of_the_types() {
    for name in ["forecast", "table"] {
        let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("schema/{name}.json"));
        let kept = fs::read_to_string(kept).expect("the kept schema");
        assert_eq!(
            kept,
            printed(&["schema", name]),
            "write schema/{name}.json anew with `cupcast schema {name}`, and tell of the change in CHANGELOG.md"
        );
    }
}

#[test]
fn outputs_obey_their_schemas() {
    for cup in [
        "world-cup-2026",
        "ucl-2018-19",
        "champions-cup-2024",
        "mls-2023",
        "liga-mx-apertura-2024",
        "models/examples/byes.toml",
    ] {
        for (command, more) in [("forecast", ["--sims", "100"].as_slice()), ("table", &[])] {
            let mut args = vec![command, cup, "--format", "json"];
            args.extend(more);
            let (schema, value) = (json(&printed(&["schema", command])), json(&printed(&args)));
            let wrong = faults(&schema, &schema, &value, "");
            assert!(wrong.is_empty(), "{cup}: {}", wrong.join("\n"));
        }
    }
}

/// The checker itself sees what is missing, too much, or of another type.
#[test]
fn what_does_not_obey_is_seen() {
    let schema = json(&printed(&["schema", "table"]));
    let sound = json(&printed(&[
        "table",
        "models/examples/byes.toml",
        "--format",
        "json",
    ]));
    for (place, value) in [
        ("/format", Value::from("2")),
        ("/stages/0/units/0", Value::from(1)),
        ("/tournament/id", Value::Null),
    ] {
        let mut broken = sound.clone();
        *broken.pointer_mut(place).expect("a place") = value;
        assert!(!faults(&schema, &schema, &broken, "").is_empty(), "{place}");
    }
    let mut broken = sound.clone();
    broken.as_object_mut().expect("an object").remove("as_of");
    assert!(!faults(&schema, &schema, &broken, "").is_empty());
}
