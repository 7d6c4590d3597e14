//! What the package rests on: reasons, number, origin and licences of crates.

use super::files;

/// Base maps brought ten: protobuf, and the union of surfaces on whole numbers. Thirty come with resvg, for tests only.
const PACKAGES_MAX: usize = 290;
const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Licences that a public body may ship without asking; `deny.toml` holds the same list.
const ACCEPTED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "IJG",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Dependencies without a comment line directly above.
pub(crate) fn reasons() -> Vec<String> {
    let text = files::read("Cargo.toml");
    let mut findings = Vec::new();
    let (mut inside, mut before) = (false, "");
    for line in text.lines() {
        if line.starts_with('[') {
            inside = line.ends_with("dependencies]");
        } else if inside
            && line.contains('=')
            && line.starts_with(|c: char| c.is_ascii_alphabetic())
            && !before.starts_with("# ")
        {
            findings.push(line.to_owned());
        }
        before = line;
    }
    findings
}

/// The lock file's length and sources.
pub(crate) fn tree() -> Vec<String> {
    let lock = files::read("Cargo.lock");
    let packages = lock.lines().filter(|line| *line == "[[package]]").count();
    let mut findings: Vec<String> = lock
        .lines()
        .filter_map(|line| line.strip_prefix("source = "))
        .filter(|source| source.trim_matches('"') != REGISTRY)
        .map(|source| format!("from elsewhere: {source}"))
        .collect();
    if packages > PACKAGES_MAX {
        findings.push(format!("{packages} packages (at most {PACKAGES_MAX})"));
    }
    findings
}

/// Packages whose licence expression holds no choice that we accept.
pub(crate) fn licences() -> Vec<String> {
    let packages = metadata();
    assert!(packages.len() > 10, "cargo metadata names only {} packages", packages.len());
    let accepted = deny_list();
    let mut findings: Vec<String> = ACCEPTED
        .iter()
        .filter(|licence| !accepted.contains(&(**licence).to_owned()))
        .map(|licence| format!("deny.toml lacks {licence}"))
        .collect();
    findings.extend(
        packages
            .into_iter()
            .filter(|(_, licence)| !accepts(licence))
            .map(|(name, licence)| format!("{name}: {licence}")),
    );
    findings
}

fn deny_list() -> Vec<String> {
    let text = files::read("deny.toml");
    let table: toml::Table = toml::from_str(&text).unwrap_or_else(|problem| panic!("deny.toml: {problem}"));
    let allowed = table.get("licenses").and_then(|licences| licences.get("allow")).and_then(toml::Value::as_array);
    allowed.into_iter().flatten().filter_map(|value| value.as_str().map(str::to_owned)).collect()
}

/// Name and licence of every package that this system builds.
fn metadata() -> Vec<(String, String)> {
    let host = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
    let output = std::process::Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", &host])
        .current_dir(files::root())
        .output()
        .unwrap_or_else(|problem| panic!("cargo metadata: {problem}"));
    let value: serde_json::Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|problem| panic!("cargo metadata: {problem}: {}", String::from_utf8_lossy(&output.stderr)));
    let packages = value.get("packages").and_then(serde_json::Value::as_array).cloned().unwrap_or_default();
    let text =
        |package: &serde_json::Value, key: &str| package.get(key).and_then(|v| v.as_str()).unwrap_or("none").to_owned();
    packages.iter().map(|package| (text(package, "name"), text(package, "license"))).collect()
}

/// SPDX: `OR` (old: `/`) needs one side, `AND` both; brackets bind first, then `AND`.
fn accepts(expression: &str) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ").replace(" WITH ", "~");
    let tokens: Vec<String> = spaced.split_whitespace().map(|token| token.replace('~', " WITH ")).collect();
    let mut at = 0;
    let accepted = either(&tokens, &mut at);
    accepted && at == tokens.len()
}

fn either(tokens: &[String], at: &mut usize) -> bool {
    let mut accepted = both(tokens, at);
    while tokens.get(*at).is_some_and(|token| token == "OR") {
        *at += 1;
        accepted |= both(tokens, at);
    }
    accepted
}

fn both(tokens: &[String], at: &mut usize) -> bool {
    let mut accepted = one(tokens, at);
    while tokens.get(*at).is_some_and(|token| token == "AND") {
        *at += 1;
        accepted &= one(tokens, at);
    }
    accepted
}

fn one(tokens: &[String], at: &mut usize) -> bool {
    let token = tokens.get(*at).map_or("", String::as_str);
    *at += 1;
    if token != "(" {
        return ACCEPTED.contains(&token);
    }
    let accepted = either(tokens, at);
    *at += 1;
    accepted
}

#[test]
fn licence_expressions_are_read_as_written() {
    for (expression, expected) in [
        ("MIT", true),
        ("GPL-3.0", false),
        ("GPL-3.0 OR MIT", true),
        ("GPL-3.0/MIT", true),
        ("MIT AND GPL-3.0", false),
        ("(GPL-3.0 OR MIT) AND Zlib", true),
        ("Apache-2.0 WITH LLVM-exception", true),
        ("", false),
    ] {
        assert_eq!(accepts(expression), expected, "{expression}");
    }
}
