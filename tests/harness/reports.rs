//! A report tells the same in every format: as many diagnostics, with the same codes.

use sumika::diag::format::{github, human, json, sarif};
use sumika::diag::{Language, Report};
use sumika::source::Sources;

/// Formats that lose or add a diagnostic, or that their readers could not read.
pub(crate) fn complaints(report: &Report, sources: &Sources) -> Vec<String> {
    let mut wanted: Vec<String> = report.iter().map(|diagnostic| diagnostic.code.to_string()).collect();
    wanted.sort();
    let told = [
        ("human", of_human(&human::render(report, sources, Language::En, false))),
        ("json", of_json(&json::render(report, sources, Language::En))),
        ("sarif", of_sarif(&sarif::render(report, sources, Language::En))),
        ("github", of_github(&github::render(report, sources, Language::En), report)),
    ];
    let mut found = Vec::new();
    for (format, codes) in told {
        match codes {
            Ok(mut codes) => {
                codes.sort();
                if codes != wanted {
                    found.push(format!("as {format}, the report tells {codes:?} instead of {wanted:?}"));
                }
            }
            Err(problem) => found.push(format!("as {format}, the report is not well formed: {problem}")),
        }
    }
    found
}

type Codes = Result<Vec<String>, String>;

fn of_human(text: &str) -> Codes {
    let heads = ["error[", "warning[", "note["];
    let code = |line: &str| {
        let rest = heads.iter().find_map(|head| line.strip_prefix(head))?;
        rest.split_once(']').map(|(code, _)| code.to_owned())
    };
    Ok(text.lines().filter_map(code).collect())
}

fn of_json(text: &str) -> Codes {
    let line = |line: &str| {
        let value: serde_json::Value = serde_json::from_str(line).map_err(|problem| problem.to_string())?;
        value["code"].as_str().map(str::to_owned).ok_or_else(|| format!("no code: {line}"))
    };
    text.lines().map(line).collect()
}

/// By shape: `tests/run` holds a report to the schema of SARIF 2.1.0 as well.
fn of_sarif(text: &str) -> Codes {
    let sarif: serde_json::Value = serde_json::from_str(text).map_err(|problem| problem.to_string())?;
    let run = &sarif["runs"][0];
    let rules: Vec<&str> = run["tool"]["driver"]["rules"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|rule| rule["id"].as_str())
        .collect();
    let results = run["results"].as_array().ok_or("no list of results")?;
    results
        .iter()
        .map(|result| {
            let code = result["ruleId"].as_str().ok_or("a result without rule")?;
            let index = result["ruleIndex"].as_u64().and_then(|index| usize::try_from(index).ok());
            if index.and_then(|index| rules.get(index)) != Some(&code) {
                return Err(format!("{code} is not the rule at {index:?}"));
            }
            let regions =
                result["locations"].as_array().into_iter().flatten().map(|place| &place["physicalLocation"]["region"]);
            let outside = |region: &serde_json::Value| {
                ["startLine", "startColumn", "endLine", "endColumn"].iter().any(|key| region[*key].as_u64() == Some(0))
            };
            if regions.into_iter().any(outside) {
                return Err(format!("{code} lies at no line or column"));
            }
            Ok(code.to_owned())
        })
        .collect()
}

/// At most ten annotations of each kind; all of them in the summary.
fn of_github(annotations: &github::Annotations, report: &Report) -> Codes {
    let commands = annotations.commands.lines().count();
    if commands + annotations.left_over != report.iter().count() {
        return Err(format!("{commands} annotations and {} left over", annotations.left_over));
    }
    for kind in ["::error ", "::warning ", "::notice "] {
        let count = annotations.commands.lines().filter(|line| line.starts_with(kind)).count();
        if count > github::SHOWN_PER_STEP {
            return Err(format!("{count} annotations of {kind}"));
        }
    }
    let mut codes = Vec::new();
    let mut code = String::new();
    for line in annotations.summary.lines() {
        if let Some(title) = line.strip_prefix("### ") {
            let found = title.split([' ', '（']).find(|word| word.starts_with('S') && word.len() == 5);
            code = found.ok_or_else(|| format!("no code: {title}"))?.to_owned();
        } else if line.starts_with("- ") {
            codes.push(code.clone());
        }
    }
    Ok(codes)
}
