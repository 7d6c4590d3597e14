//! What holds for every site: same input, same bytes; nothing withheld casts a shadow; time moves in steps.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use sumika::artifact::Body;
use sumika::pipeline;
use sumika::schedule::{self, EffectKind};
use sumika::select::Withheld;
use sumika::source::{Source, SourcePath, Sources, Text};

use super::expected::difference;
use super::program::{self, Outcome, Wish};
use super::{formats, links};

/// Every law that this site breaks, with the bare theme and with the built-in one.
pub(crate) fn complaints(sources: &Sources, wish: &Wish, outcome: &Outcome) -> Vec<String> {
    let mut found = of_theme(sources, wish, outcome);
    found.extend(schedule(sources, wish, outcome));
    if let Some(dressed) = with_built_in_theme(sources) {
        let outcome = program::build(&dressed, wish);
        let with_theme = [
            formats::complaints(&outcome.outputs),
            links::complaints(&dressed, &outcome),
            of_theme(&dressed, wish, &outcome),
        ];
        found.extend(with_theme.concat().into_iter().map(|complaint| format!("with the built-in theme: {complaint}")));
    }
    found
}

fn of_theme(sources: &Sources, wish: &Wish, outcome: &Outcome) -> Vec<String> {
    let again = [
        ("again, on four threads", on_threads(4, sources, wish)),
        ("with its files in another order, on one thread", on_threads(1, &reversed(sources), wish)),
    ];
    let mut found: Vec<String> = again.iter().flat_map(|(how, other)| same(how, outcome, other)).collect();
    found.extend(constancy(sources, wish, outcome));
    found.extend(erasure(sources, wish, outcome));
    found
}

/// The output changes at the instants that the schedule lists, at each of them, and at no other.
fn schedule(sources: &Sources, wish: &Wish, outcome: &Outcome) -> Vec<String> {
    let opened = pipeline::open(sources).value;
    let mut found = Vec::new();
    let mut before = outcome.outputs.clone();
    for change in schedule::changes(&opened, &wish.request, None).iter().take(6) {
        let last = change.at.checked_sub(SignedDuration::from_nanos(1)).unwrap_or(change.at);
        let until = program::build(sources, &wish.at(last)).outputs;
        found.extend(
            different_outputs(&before, &until).map(|what| format!("unlisted change before {}: {what}", change.at)),
        );
        let after = program::build(sources, &wish.at(change.at)).outputs;
        // Figures are part of the input before they have pages.
        let unseen = !after.keys().any(|path| path.starts_with("figures/"));
        let only_figures = change.effects.iter().all(|effect| effect.kind == EffectKind::FiguresPublished);
        if different_outputs(&until, &after).is_none() && !(unseen && only_figures) {
            found.push(format!("the schedule lists {}, when nothing changes: {:?}", change.at, change.effects));
        }
        before = after;
    }
    found
}

fn on_threads(threads: usize, sources: &Sources, wish: &Wish) -> Outcome {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    pool.unwrap_or_else(|problem| panic!("{threads} threads: {problem}")).install(|| program::build(sources, wish))
}

fn same(how: &str, one: &Outcome, other: &Outcome) -> Vec<String> {
    let mut found = Vec::new();
    if one.said != other.said {
        found.push(format!("{how}, the report differs:\n{}", difference(&one.said, &other.said)));
    }
    found.extend(different_outputs(&one.outputs, &other.outputs).map(|what| format!("{how}, {what}")));
    found
}

/// The first output that is not the same, if any.
pub(crate) fn different_outputs(one: &BTreeMap<String, Body>, other: &BTreeMap<String, Body>) -> Option<String> {
    let path = one.keys().chain(other.keys()).find(|path| one.get(*path) != other.get(*path))?;
    let text = |outputs: &BTreeMap<String, Body>| match outputs.get(path) {
        Some(body) => program::text(body).map_or_else(|| format!("{body:?}"), str::to_owned),
        None => "(no such output)".to_owned(),
    };
    Some(format!("{path} differs:\n{}", difference(&text(one), &text(other))))
}

fn reversed(sources: &Sources) -> Sources {
    let mut files: Vec<(&SourcePath, &Source)> = sources.iter().collect();
    files.reverse();
    let mut other = Sources::new();
    for (path, source) in files {
        other.insert(path.clone(), source.clone());
    }
    other
}

/// Between two changes the output is constant, and the next change is announced wherever one asks.
fn constancy(sources: &Sources, wish: &Wish, outcome: &Outcome) -> Vec<String> {
    let (since, until) = outcome.constant;
    let second = SignedDuration::from_secs(1);
    let last = until.and_then(|until| until.checked_sub(second).ok()).filter(|last| *last >= wish.request.at);
    let mut found = Vec::new();
    for (name, instant) in [("at the beginning of its window", since), ("a second before its next change", last)] {
        let Some(instant) = instant else { continue };
        let other = program::build(sources, &wish.at(instant));
        found.extend(
            different_outputs(&outcome.outputs, &other.outputs).map(|what| format!("{name} ({instant}), {what}")),
        );
        if other.constant != outcome.constant {
            found.push(format!(
                "{name} ({instant}), the window is {:?} instead of {:?}",
                other.constant, outcome.constant
            ));
        }
    }
    found.extend(outside(wish.request.at, since, until));
    found
}

fn outside(at: Timestamp, since: Option<Timestamp>, until: Option<Timestamp>) -> Vec<String> {
    let mut found = Vec::new();
    if since.is_some_and(|since| since > at) {
        found.push(format!("constant since {since:?}, which is after {at}"));
    }
    if until.is_some_and(|until| until <= at) {
        found.push(format!("constant until {until:?}, which is not after {at}"));
    }
    found
}

/// Cut everything that is withheld out of the files: the output must be equal to the byte.
fn erasure(sources: &Sources, wish: &Wish, outcome: &Outcome) -> Vec<String> {
    if outcome.withheld.is_empty() {
        return Vec::new();
    }
    // What is left refers to things that are gone, which is no reason to withhold more: quarantine is done.
    let mut wish = wish.clone();
    wish.request.quarantine = false;
    let erased = program::build(&without(sources, &outcome.withheld), &wish);
    let mut found = Vec::new();
    if let Some(what) = different_outputs(&outcome.outputs, &erased.outputs) {
        let spans: Vec<String> = outcome.withheld.iter().map(|withheld| format!("{:?}", withheld.span)).collect();
        found.push(format!("with what is withheld ({}) cut out, {what}{}", spans.join(", "), erased.said));
    }
    found
}

/// The sources without the spans of `withheld`; a file that is covered whole goes.
fn without(sources: &Sources, withheld: &[Withheld]) -> Sources {
    let mut erased = Sources::new();
    for (path, source) in sources.iter() {
        let mut spans: Vec<std::ops::Range<usize>> =
            withheld.iter().filter(|item| &item.span.path == path).map(|item| item.span.range()).collect();
        spans.sort_by_key(|span| (span.start, span.end));
        match source {
            _ if spans.is_empty() => erased.insert(path.clone(), source.clone()),
            Source::Text(text) => {
                if let Some(rest) = cut(&text.text, &spans) {
                    erased.insert(path.clone(), Source::Text(Text { text: rest.into(), encoding: text.encoding }));
                }
            }
            Source::Blob(_) | Source::Bytes(_) | Source::Refused(_) => {}
        }
    }
    erased
}

/// What is left of a text; `None` where nothing is. An empty span at the beginning stands for the whole file.
fn cut(text: &str, spans: &[std::ops::Range<usize>]) -> Option<String> {
    let whole = spans.iter().any(|span| span.start == 0 && (span.end == 0 || span.end >= text.len()));
    if whole {
        return None;
    }
    let mut rest = String::new();
    let mut at = 0;
    for span in spans {
        if span.start > at {
            rest.push_str(text.get(at..span.start).unwrap_or_else(|| panic!("{span:?} cuts a character")));
        }
        at = at.max(span.end);
    }
    rest.push_str(text.get(at..).unwrap_or_else(|| panic!("{spans:?} cut a character")));
    Some(rest)
}

/// How a case asks for the theme that prints the model as plain text. Its pages have no links and no places.
const BARE: &str = "theme = \"bare\"";

/// True for a site in the bare theme.
pub(crate) fn is_bare(sources: &Sources) -> bool {
    sources.text_at("sumika.toml").is_some_and(|(_, configuration)| configuration.text.contains(BARE))
}

/// The same site in the built-in theme; `None` where it already wears it, or has no readable configuration.
fn with_built_in_theme(sources: &Sources) -> Option<Sources> {
    if !is_bare(sources) {
        return None;
    }
    let (path, configuration) = sources.text_at("sumika.toml")?;
    let dressed = configuration.text.replace(BARE, "");
    let mut other = sources.clone();
    other.insert(path, Source::Text(Text { text: dressed.into(), encoding: configuration.encoding }));
    Some(other)
}
