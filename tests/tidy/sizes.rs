//! How long files and functions may be, and how many parameters a function takes.

use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use super::files;

const LINES_OF_A_FILE_MAX: usize = 500;
const LINES_OF_A_FUNCTION_MAX: usize = 70;
const PARAMETERS_MAX: usize = 4;

/// `path: function`, the number that it has, and the reason.
const EXCEPTIONS: &[(&str, usize, &str)] = &[
    ("src/check.rs: problem", 5, "a link is judged by its page, the base address, all paths and all places"),
    ("src/library/check.rs: link", 5, "a link is judged by its article and all that it may name"),
    ("src/library/check.rs: file_exists", 5, "a path is resolved in its article and told at its own place"),
    ("src/render/maps.rs: view", 5, "a map is its drawing, its two texts and its legend"),
    ("src/render/publications/feeds.rs: feed", 5, "a feed is its page, title and entries"),
    ("src/render/publications/feeds.rs: feed_of", 5, "a feed is its page, title and entries"),
    ("tests/theme/example_lists.rs", 535, "values only: one example of every view of lists"),
];

/// Everything that is too long, and every exception that nothing needs any more.
pub(crate) fn findings() -> Vec<String> {
    let mut findings = Vec::new();
    let mut used: Vec<&str> = Vec::new();
    for file in ["src", "tests", "benches"].iter().flat_map(|folder| files::files(folder, &[".rs"])) {
        for (name, what, count, limit) in measures(&file) {
            let place = if name.is_empty() { file.path.clone() } else { format!("{}: {name}", file.path) };
            match EXCEPTIONS.iter().find(|(exception, ..)| *exception == place) {
                Some((exception, granted, _)) if count <= *granted => used.push(*exception),
                _ if count > limit => findings.push(format!("{place} has {count} {what} (at most {limit})")),
                _ => {}
            }
        }
    }
    findings.extend(
        EXCEPTIONS
            .iter()
            .filter(|(exception, ..)| !used.contains(exception))
            .map(|(exception, ..)| format!("the exception for {exception} is not needed any more")),
    );
    findings
}

fn measures(file: &files::File) -> Vec<(String, &'static str, usize, usize)> {
    let mut found = vec![(String::new(), "lines", file.text.lines().count(), LINES_OF_A_FILE_MAX)];
    match syn::parse_file(&file.text) {
        Ok(syntax) => {
            let mut functions = Functions(Vec::new());
            functions.visit_file(&syntax);
            for (name, lines, parameters) in functions.0 {
                found.push((name.clone(), "lines", lines, LINES_OF_A_FUNCTION_MAX));
                found.push((name, "parameters", parameters, PARAMETERS_MAX));
            }
        }
        Err(problem) => found.push((problem.to_string(), "syntax errors", 1, 0)),
    }
    found
}

/// Name, lines from signature to closing brace, parameters without `self`.
struct Functions(Vec<(String, usize, usize)>);

impl Functions {
    fn add(&mut self, signature: &syn::Signature, block: &syn::Block) {
        let lines = block.span().end().line - signature.span().start().line + 1;
        let parameters = signature.inputs.iter().filter(|input| matches!(input, syn::FnArg::Typed(_))).count();
        self.0.push((signature.ident.to_string(), lines, parameters));
    }
}

impl<'ast> Visit<'ast> for Functions {
    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.add(&function.sig, &function.block);
        visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.add(&function.sig, &function.block);
        visit::visit_impl_item_fn(self, function);
    }
}
