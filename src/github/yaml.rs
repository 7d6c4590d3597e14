//! Values as YAML in block style, for files that people read.

use std::fmt::Write;

use serde_json::Value;

/// The value as a YAML document. Texts are always quoted as JSON quotes them, which YAML reads alike.
pub(super) fn write(value: &Value) -> String {
    let mut out = String::new();
    block(value, 0, &mut out);
    out
}

fn block(value: &Value, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            for (key, field) in fields {
                let _ = write!(out, "{indent}{}:", plain(key));
                after(field, depth + 1, out);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for item in items {
                match item {
                    Value::Object(fields) if !fields.is_empty() => {
                        let mut inner = String::new();
                        block(item, depth + 1, &mut inner);
                        let body = inner.get(indent.len() + 2..).unwrap_or_default();
                        let _ = write!(out, "{indent}- {body}");
                    }
                    _ => {
                        let _ = writeln!(out, "{indent}- {item}");
                    }
                }
            }
        }
        other => {
            let _ = writeln!(out, "{indent}{other}");
        }
    }
}

/// What follows a key.
fn after(value: &Value, depth: usize, out: &mut String) {
    let is_block = value.as_object().is_some_and(|fields| !fields.is_empty())
        || value.as_array().is_some_and(|items| !items.is_empty());
    if is_block {
        out.push('\n');
        block(value, depth, out);
    } else {
        let _ = writeln!(out, " {value}");
    }
}

/// A key that needs no quotes, or its quoted form.
fn plain(key: &str) -> String {
    let is_plain = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
    if is_plain { key.to_owned() } else { Value::from(key).to_string() }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn lists_in_lists_keep_their_depth() {
        let value = json!({ "a": [{ "b": "x: y", "c": [1, 2] }], "d": {}, "e": { "f": true } });
        assert_eq!(super::write(&value), "a:\n  - b: \"x: y\"\n    c:\n      - 1\n      - 2\nd: {}\ne:\n  f: true\n");
    }
}
