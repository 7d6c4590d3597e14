//! Templates filled in: `{name}` becomes the value of that name.
//!
//! One pass: what a value holds is the author's, and is never taken for a part of the template.

/// The template with its values. A name without a value stays as it is.
#[must_use]
pub fn fill<N: AsRef<str>, V: AsRef<str>>(template: &str, args: &[(N, V)]) -> String {
    let mut out = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let value = after.split_once('}').and_then(|(name, tail)| {
            args.iter().find(|(known, _)| known.as_ref() == name).map(|(_, value)| (value.as_ref(), tail))
        });
        match value {
            Some((value, tail)) => {
                out.push_str(value);
                rest = tail;
            }
            None => {
                out.push('{');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_not_filled_in_themselves() {
        let check = |template: &str, args: &[(&str, &str)], expected: &str| {
            assert_eq!(fill(template, args), expected, "{template}");
        };
        check("`{value}` → {known}", &[("value", "{known}"), ("known", "a b")], "`{known}` → a b");
        check("`{known}` ← {value}", &[("value", "{known}"), ("known", "{value}")], "`{value}` ← {known}");
        check("{none} { {a} }", &[("a", "{")], "{none} { { }");
        check("{ {a}", &[("a", "x")], "{ x");
    }
}
