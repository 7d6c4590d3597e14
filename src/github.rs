//! What a repository on GitHub needs to keep a site: workflows, forms, owners, the merge driver, the web editor.
//!
//! In: the configuration, the vocabulary, the areas and the lists' paths. Out: files by path, all of them made from
//! the same schema that reads the site. Nothing secret meets what strangers send: a pull request is checked without
//! any right to write; a second workflow, which runs none of its code, carries the result back as a comment.

mod cms;
mod yaml;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::area::Areas;
use crate::config::Config;
use crate::form::{Answer, CORRECTABLE, Kind};
use crate::vocabulary::Vocabulary;

/// What the files are made from.
#[derive(Clone, Copy, Debug)]
pub struct Plan<'a> {
    /// The configuration.
    pub config: &'a Config,
    /// Categories and services.
    pub vocabulary: &'a Vocabulary,
    /// The areas.
    pub areas: &'a Areas,
    /// Names of the lists: `ishikai` for `resources/facilities/ishikai.csv`.
    pub lists: &'a [String],
    /// The command that installs this program on a runner.
    pub install: &'a str,
}

/// The first words of every file, by which it is known as ours.
pub const MARK: &str = "# `sumika github` が作ったファイルです。直すときは、作り直すと消えることに気をつけてください。";

const CHECK: &str = include_str!("github/check.yml");
const COMMENT: &str = include_str!("github/comment.yml");
const FORM: &str = include_str!("github/form.yml");
const PUBLISH: &str = include_str!("github/publish.yml");
/// The page of the web editor: for staff, never linked from the site.
const EDITOR: &str = include_str!("github/cms.html");

/// True for the text of a file that this program made and may make again.
#[must_use]
pub fn is_ours(text: &str) -> bool {
    text.starts_with(MARK) || text.lines().take(2).any(|line| line.starts_with("<!-- `sumika github`"))
}

/// How lists are merged, and what tells git so.
pub const ATTRIBUTES: &str = "resources/facilities/*.csv merge=sumika-list\n";

/// All files, by their path below the repository's root.
#[must_use]
pub fn files(plan: &Plan<'_>) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for (name, text) in [("check", CHECK), ("comment", COMMENT), ("form", FORM), ("publish", PUBLISH)] {
        files.insert(format!(".github/workflows/{name}.yml"), workflow(text, plan));
    }
    for (index, kind) in Kind::ALL.iter().enumerate() {
        let path = format!(".github/ISSUE_TEMPLATE/{}-{}.yml", index + 1, kind.id());
        files.insert(path, marked(&yaml::write(&form(*kind, plan))));
    }
    files.insert(".github/ISSUE_TEMPLATE/config.yml".to_owned(), marked(&yaml::write(&contacts(plan))));
    files.insert(".github/CODEOWNERS".to_owned(), owners(plan));
    files.insert(".gitattributes".to_owned(), format!("{MARK}\n{ATTRIBUTES}"));
    files.insert("cms/config.yml".to_owned(), marked(&yaml::write(&cms::config(plan))));
    files.insert("cms/index.html".to_owned(), EDITOR.to_owned());
    files
}

fn marked(text: &str) -> String {
    format!("{MARK}\n{text}")
}

fn workflow(text: &str, plan: &Plan<'_>) -> String {
    let contribute = &plan.config.contribute;
    let text = text.replace("INSTALL_COMMAND", plan.install);
    let branch = serde_json::to_string(&contribute.branch).unwrap_or_default();
    marked(&text.replace("BRANCH_NAME", &branch))
}

/// An issue form: <https://docs.github.com/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-issue-forms>.
fn form(kind: Kind, plan: &Plan<'_>) -> Value {
    let mut body = vec![json!({
        "type": "markdown",
        "attributes": { "value": format!("{}\n\n送っていただいた内容は、だれでも見られます。患者さんの情報や個人の連絡先は書かないでください。", kind.about()) },
    })];
    for question in kind.questions() {
        let mut attributes = json!({ "label": question.label, "description": question.hint });
        let options: Vec<String> = match question.answer {
            Answer::Columns => CORRECTABLE.iter().map(|column| column.heading().to_owned()).collect(),
            Answer::Lists => plan.lists.to_vec(),
            Answer::Categories => {
                plan.vocabulary.categories.iter().map(|category| category.name.ja.to_string()).collect()
            }
            Answer::Line | Answer::Text => Vec::new(),
        };
        let kind = match question.answer {
            Answer::Line => "input",
            Answer::Text => "textarea",
            _ => "dropdown",
        };
        if !options.is_empty() {
            attributes["options"] = json!(options);
        }
        body.push(json!({
            "type": kind,
            "id": question.id,
            "attributes": attributes,
            "validations": { "required": question.required },
        }));
    }
    json!({
        "name": kind.title(),
        "description": kind.about(),
        "title": format!("{}：", kind.title()),
        "labels": ["一覧"],
        "body": body,
    })
}

/// Where else to turn, for those who do not want to write in public.
fn contacts(plan: &Plan<'_>) -> Value {
    let mut links = Vec::new();
    if let Some(url) = &plan.config.desk.url {
        links.push(json!({
            "name": "相談窓口",
            "url": url.value,
            "about": "療養や介護のご相談はこちらへ。ここは施設の一覧を直すための場所です",
        }));
    }
    // GitHub refuses an empty list.
    match links.is_empty() {
        true => json!({ "blank_issues_enabled": false }),
        false => json!({ "blank_issues_enabled": false, "contact_links": links }),
    }
}

/// Who is asked to look at which list: one team a list, of the account that owns the repository.
fn owners(plan: &Plan<'_>) -> String {
    let repository = plan.config.contribute.repository.as_deref().unwrap_or_default();
    let owner = repository.trim_start_matches("https://github.com/").split('/').next().unwrap_or_default();
    let usable = !owner.is_empty() && owner.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let owner = if usable { owner } else { "OWNER" };
    let mut out =
        format!("{MARK}\n# 一覧ごとに、確かめる団体のチームを書きます。チームの名前が違うときは直してください。\n");
    out.push_str(&format!("*  @{owner}/city\n"));
    for list in plan.lists {
        let team: String =
            list.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
        let path = list.replace(' ', "\\ ");
        out.push_str(&format!("/resources/facilities/{path}.csv  @{owner}/{team} @{owner}/city\n"));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    #[test]
    fn every_file_is_ours_and_holds_no_blank_to_fill_in() {
        let config = crate::config::read(&Sources::new()).value;
        let lists = ["ishikai".to_owned(), "薬剤師会 一覧".to_owned()];
        let plan = Plan {
            config: &config,
            vocabulary: &Vocabulary::builtin(),
            areas: &Areas::default(),
            lists: &lists,
            install: "cargo install --locked sumika",
        };
        let files = files(&plan);
        assert_eq!(files.len(), 13);
        for (path, text) in &files {
            assert!(is_ours(text), "{path}");
            assert!(!text.contains("INSTALL_COMMAND") && !text.contains("BRANCH_NAME"), "{path}");
        }
        for workflow in files.iter().filter(|(path, _)| path.contains("workflows")) {
            let (path, text) = workflow;
            // What strangers write reaches a shell only through the environment.
            let commands = text.split("run: |").skip(1).flat_map(|part| part.split("\n      - ").next());
            for command in commands {
                assert!(!command.contains("${{"), "{path}: {command}");
            }
        }
    }

    #[test]
    fn the_workflow_of_the_forms_knows_each_of_them_by_a_question_that_all_ask() {
        let question = FORM.split("'### ").nth(1).and_then(|rest| rest.split('\'').next()).expect("a question");
        for kind in Kind::ALL {
            assert!(kind.questions().iter().any(|asked| asked.label == question && asked.required), "{kind:?}");
        }
    }

    #[test]
    fn people_sign_in_to_the_editor_with_a_token_or_where_the_municipality_says() {
        let backend = |contribute: &str| {
            let mut sources = Sources::new();
            let path = crate::source::SourcePath::new("sumika.toml").expect("a path");
            sources.insert_text(path, format!("[contribute]\n{contribute}").as_bytes());
            let config = crate::config::read(&sources).value;
            let (vocabulary, areas) = (Vocabulary::builtin(), Areas::default());
            let plan = Plan { config: &config, vocabulary: &vocabulary, areas: &areas, lists: &[], install: "x" };
            cms::config(&plan)["backend"].clone()
        };
        let plain = backend("repository = \"https://github.com/komorebi-city/zaitaku\"");
        assert_eq!(plain["auth_methods"], json!(["token"]));
        assert_eq!((&plain["repo"], plain.get("base_url")), (&json!("komorebi-city/zaitaku"), None));
        let own = backend("sign_in = \"https://sign-in.example.jp/\"");
        assert_eq!(own["auth_methods"], json!(["oauth", "token"]));
        assert_eq!(own["base_url"], json!("https://sign-in.example.jp"));
    }
}
