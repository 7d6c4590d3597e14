//! Who may import whom: the walls between the rooms, as data.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};

use super::files;

const WORDS: &[&str] = &[
    "limits", "source", "diag", "tree", "table", "calendar", "japan", "geo", "feature", "markdown", "workbook", "chart",
];
const AUTHORED: &[&str] =
    &["config", "vocabulary", "theme", "article", "plan", "area", "facility", "figure", "asset", "layer"];
const EDGE: &[&str] = &["fault", "load", "cache", "cli", "publish"];

/// Each module with the lists of modules that it may import (itself always).
const TABLE: &[(&str, &[&[&str]])] = &[
    // words
    ("limits", &[]),
    ("source", &[&["limits"]]),
    ("diag", &[&["source"]]),
    // dates of Japanese eras
    ("tree", &[&["limits", "source", "diag", "calendar"]]),
    // the nearest known heading is found as the nearest known key is
    ("table", &[&["limits", "source", "diag", "tree"]]),
    ("calendar", &[]),
    ("japan", &[]),
    ("geo", &[]),
    ("feature", &[&["limits", "source", "diag", "geo"]]),
    ("markdown", &[&["limits", "source", "diag"]]),
    ("workbook", &[&["limits"]]),
    // words in drawings are escaped as words in text are
    ("chart", &[&["markdown"]]),
    // authored
    ("vocabulary", &[WORDS]),
    // which properties of the boundary file name an area
    ("config", &[WORDS, &["area"]]),
    ("theme", &[WORDS]),
    ("plan", &[WORDS, &["vocabulary", "config"]]),
    ("article", &[WORDS, &["vocabulary", "config"]]),
    ("area", &[WORDS]),
    ("facility", &[WORDS, &["vocabulary", "area"]]),
    // rows name areas
    ("figure", &[WORDS, &["config", "area"]]),
    // a picture is planned as the files that will be made of it
    ("asset", &[WORDS, &["artifact"]]),
    ("layer", &[WORDS]),
    ("library", &[WORDS, AUTHORED]),
    // the decision, the model, the output
    ("select", &[WORDS, AUTHORED, &["library"]]),
    // an address knows the path that it is written to
    ("site", &[WORDS, AUTHORED, &["select", "artifact"]]),
    ("artifact", &[&["source"]]),
    // the model holds the public authored things; what is put out passes through the check, one by one
    ("render", &[WORDS, AUTHORED, &["select", "site", "artifact", "check"]]),
    // links are told apart by the base address
    ("check", &[&["source", "artifact", "diag", "config"]]),
    ("pipeline", &[&["source", "diag", "theme", "library", "select", "site", "render", "check", "artifact"]]),
    // tools for staff
    ("list", &[WORDS, &["vocabulary", "facility", "area"]]),
    // what is imported is written in canonical form
    ("import", &[WORDS, AUTHORED, &["list"]]),
    // a workbook carries what it said, as an import is remembered
    ("export", &[WORDS, &["vocabulary", "facility", "area", "list", "import"]]),
    // the model of what is public, to count as pages count
    ("report", &[WORDS, AUTHORED, &["library", "select", "site"]]),
    // staff's calendar is written as the public ones are
    ("schedule", &[WORDS, AUTHORED, &["pipeline", "select", "render", "artifact"]]),
    ("doubt", &[WORDS, AUTHORED, &["library"]]),
    ("bundle", &[WORDS, AUTHORED, &["library", "artifact"]]),
    ("audit", &[WORDS, AUTHORED, &["library", "select", "pipeline", "artifact"]]),
    ("starter", &[WORDS, AUTHORED, &["library"]]),
    // the forms and the web editor are made from the schema that reads the site
    ("github", &[WORDS, AUTHORED, &["form"]]),
    // an answer is taken as the site's own reader takes a row
    ("form", &[WORDS, &["vocabulary", "facility", "area", "list"]]),
    ("merge", &[WORDS, &["vocabulary", "facility", "list"]]),
    // a review names rows as the doubts do, and compares cells by their canonical form
    ("review", &[WORDS, AUTHORED, &["list", "doubt"]]),
    // when to build: knows only instants
    ("follow", &[]),
    // the edge
    ("fault", &[&["diag"]]),
    ("publish", &[&["source", "artifact", "diag", "fault", "cache"]]),
    ("cache", &[]),
    ("load", &[WORDS, AUTHORED, &["fault"]]),
    (
        "cli",
        &[
            WORDS,
            AUTHORED,
            EDGE,
            &[
                "select", "artifact", "render", "pipeline", "import", "list", "export", "schedule", "doubt", "review",
                "merge", "form", "github", "follow", "starter", "report", "bundle", "audit",
            ],
        ],
    ),
    ("main", &[&["cli"]]),
];

/// The floors of `render`: formats and drawings know only views and each other, the workshop (what all pages share)
/// knows them, pages and publications know both. Nothing looks up.
const FLOORS_OF_RENDER: &[&[&str]] = &[
    &["view", "xml", "ics", "feeds", "sitemap", "open_data", "map", "qr"],
    &["studio", "site_view", "pictures", "maps", "charts", "survey", "body", "head", "dead_links"],
    &["pages", "publications"],
];

/// Folders that only `cli` and `main` may import from.
const EDGE_ONLY: &[&str] = &["load", "cache", "cli"];

/// Every path between modules that the table does not have.
pub(crate) fn findings() -> Vec<String> {
    let mut findings = Vec::new();
    for file in files::files("src", &[".rs"]) {
        let module = module_path(&file.path);
        let Some(room) = module.first() else { continue };
        let syntax = match syn::parse_file(&file.text) {
            Ok(syntax) => syntax,
            Err(problem) => {
                findings.push(format!("{}: {problem}", file.path));
                continue;
            }
        };
        for (line, target) in paths(&syntax, &module) {
            if let Some(problem) = judge(room, &module, &target) {
                findings.push(format!("{}:{line}: {problem}", file.path));
            }
        }
    }
    findings
}

/// What is wrong with the table itself.
pub(crate) fn table() -> Vec<String> {
    let declared: BTreeSet<String> = syn::parse_file(&files::read("src/lib.rs"))
        .unwrap_or_else(|problem| panic!("src/lib.rs: {problem}"))
        .items
        .iter()
        .filter_map(|item| match item {
            syn::Item::Mod(module) => Some(module.ident.to_string()),
            _ => None,
        })
        .collect();
    let named: BTreeSet<String> =
        TABLE.iter().map(|(name, _)| (*name).to_owned()).filter(|name| name != "main").collect();
    let mut findings: Vec<String> =
        declared.symmetric_difference(&named).map(|name| format!("only in one of the two: {name}")).collect();
    findings.extend(circles());
    findings.extend(unused());
    findings.extend(TABLE.iter().filter(|(name, _)| !["cli", "main", "publish"].contains(name)).flat_map(
        |(name, _)| {
            let bad: Vec<String> = allowed(name)
                .into_iter()
                .filter(|target| EDGE_ONLY.contains(target))
                .map(|target| format!("{name} may not import the edge module {target}"))
                .collect();
            bad
        },
    ));
    findings
}

/// Arrows that the table names one by one, and nobody uses. Groups are granted as groups.
fn unused() -> Vec<String> {
    let mut used: BTreeSet<(String, String)> = BTreeSet::new();
    for file in files::files("src", &[".rs"]) {
        let module = module_path(&file.path);
        let (Some(room), Ok(syntax)) = (module.first(), syn::parse_file(&file.text)) else { continue };
        let targets = paths(&syntax, &module).into_iter().filter_map(|(_, target)| target.into_iter().next());
        used.extend(targets.map(|target| (room.clone(), target)));
    }
    let named = TABLE.iter().flat_map(|(room, lists)| {
        let single = lists.iter().filter(|list| ![WORDS, AUTHORED, EDGE].contains(list));
        single.flat_map(|list| list.iter()).map(move |target| ((*room).to_owned(), (*target).to_owned()))
    });
    let unused = named.filter(|arrow| !used.contains(arrow));
    unused.map(|(room, target)| format!("`{room}` does not import `{target}`: the arrow is not needed")).collect()
}

fn circles() -> Vec<String> {
    let arrows: BTreeMap<&str, BTreeSet<&str>> = TABLE.iter().map(|(name, _)| (*name, allowed(name))).collect();
    arrows
        .iter()
        .flat_map(|(name, targets)| targets.iter().map(move |target| (*name, *target)))
        .filter(|(name, target)| name < target && arrows.get(target).is_some_and(|back| back.contains(name)))
        .map(|(name, target)| format!("{name} and {target} may import each other"))
        .collect()
}

fn allowed(room: &str) -> BTreeSet<&'static str> {
    TABLE
        .iter()
        .filter(|(name, _)| *name == room)
        .flat_map(|(_, lists)| lists.iter())
        .flat_map(|list| list.iter().copied())
        .filter(|target| *target != room)
        .collect()
}

fn judge(room: &str, module: &[String], target: &[String]) -> Option<String> {
    let aim = target.first()?;
    if aim == room {
        return (room == "render").then(|| sibling_renderer(module, target))?;
    }
    let known = TABLE.iter().any(|(name, _)| name == aim);
    (known && !allowed(room).contains(aim.as_str())).then(|| format!("`{room}` may not import `{aim}`"))
}

/// Below `render`, nothing looks up to a higher floor; `render.rs` calls them all.
fn sibling_renderer(module: &[String], target: &[String]) -> Option<String> {
    let (own, other) = (module.get(1)?, target.get(1)?);
    let is_module =
        other.chars().next()?.is_lowercase() && files::root().join(format!("src/render/{other}.rs")).is_file();
    match (floor(own), floor(other)) {
        _ if !is_module || own == "tests" => None,
        (Some(own_floor), Some(other_floor)) if own_floor >= other_floor => None,
        (Some(_), Some(_)) => Some(format!("renderer `{own}` may not look up to `{other}`")),
        _ => Some(format!("`{own}` or `{other}` has no floor in FLOORS_OF_RENDER")),
    }
}

fn floor(renderer: &str) -> Option<usize> {
    FLOORS_OF_RENDER.iter().position(|floor| floor.contains(&renderer))
}

/// `src/render/pages.rs` is `render::pages`; `lib.rs` has no room of its own.
fn module_path(path: &str) -> Vec<String> {
    let below = path.trim_start_matches("src/").trim_end_matches(".rs");
    if below == "lib" { Vec::new() } else { below.split('/').map(str::to_owned).collect() }
}

/// Every path into our own crate, absolute, with its line.
fn paths(syntax: &syn::File, module: &[String]) -> Vec<(usize, Vec<String>)> {
    let mut collector = Collector { module: module.to_vec(), found: Vec::new() };
    collector.visit_file(syntax);
    collector.found
}

struct Collector {
    module: Vec<String>,
    found: Vec<(usize, Vec<String>)>,
}

impl Collector {
    fn add(&mut self, line: usize, written: &[String]) {
        let mut base: Vec<String> = match written.first().map(String::as_str) {
            Some("crate" | "sumika") => Vec::new(),
            Some("self" | "super") => self.module.clone(),
            _ => return,
        };
        for part in written {
            match part.as_str() {
                "crate" | "sumika" | "self" => {}
                "super" => {
                    base.pop();
                }
                name => base.push(name.to_owned()),
            }
        }
        self.found.push((line, base));
    }

    fn tree(&mut self, line: usize, before: &[String], tree: &syn::UseTree) {
        let with = |name: &syn::Ident| before.iter().cloned().chain([name.to_string()]).collect::<Vec<_>>();
        match tree {
            syn::UseTree::Path(path) => self.tree(line, &with(&path.ident), &path.tree),
            syn::UseTree::Name(name) => self.add(line, &with(&name.ident)),
            syn::UseTree::Rename(name) => self.add(line, &with(&name.ident)),
            syn::UseTree::Glob(_) => self.add(line, before),
            syn::UseTree::Group(group) => {
                for inner in &group.items {
                    self.tree(line, before, inner);
                }
            }
        }
    }

    /// Macros hold tokens, not syntax: `crate::a::b` is found by its shape.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut written: Vec<String> = Vec::new();
        let mut line = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(ident) if written.is_empty() && ident == "crate" => {
                    line = ident.span().start().line;
                    written.push(ident.to_string());
                }
                TokenTree::Ident(ident) if !written.is_empty() => written.push(ident.to_string()),
                TokenTree::Punct(punct) if punct.as_char() == ':' => {}
                TokenTree::Group(group) => {
                    self.add(line, &std::mem::take(&mut written));
                    self.tokens(group.stream());
                }
                _ => self.add(line, &std::mem::take(&mut written)),
            }
        }
        self.add(line, &written);
    }
}

impl<'ast> Visit<'ast> for Collector {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.tree(item.use_token.span.start().line, &[], &item.tree);
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        self.module.push(item.ident.to_string());
        visit::visit_item_mod(self, item);
        self.module.pop();
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let written: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        let line = path.segments.first().map_or(0, |segment| segment.ident.span().start().line);
        self.add(line, &written);
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.tokens(call.tokens.clone());
        visit::visit_macro(self, call);
    }
}
