//! Glossary terms, and the automaton that finds their first use in other articles.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, MatchKind};

use super::{ArticleIndex, ArticleNo};
use crate::article::Kind;
use crate::config::Lang;
use crate::markdown::ruby;
use crate::select::Public;

/// The terms of one language.
#[derive(Debug)]
pub struct Glossary {
    /// The terms, in the order of the automaton's patterns.
    pub terms: Vec<ArticleNo>,
    finder: AhoCorasick,
    /// Latin words must stand alone.
    whole_words: Vec<bool>,
}

impl Glossary {
    /// Terms in `text` from left to right, the longest at each place: term and byte range.
    pub fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (ArticleNo, std::ops::Range<usize>)> + 'a {
        self.finder.find_iter(text).filter_map(move |found| {
            let pattern = found.pattern().as_usize();
            let range = found.start()..found.end();
            let stands_alone = !self.whole_words.get(pattern).copied().unwrap_or(false) || is_word(text, &range);
            stands_alone.then(|| self.terms.get(pattern).map(|&term| (term, range))).flatten()
        })
    }
}

fn is_word(text: &str, range: &std::ops::Range<usize>) -> bool {
    let before = text.get(..range.start).and_then(|head| head.chars().next_back());
    let after = text.get(range.end..).and_then(|tail| tail.chars().next());
    !before.is_some_and(|c| c.is_ascii_alphanumeric()) && !after.is_some_and(|c| c.is_ascii_alphanumeric())
}

pub(super) fn all(public: &Public, articles: &ArticleIndex) -> BTreeMap<Lang, Glossary> {
    let mut glossaries = BTreeMap::new();
    for lang in &public.config.languages {
        let terms = articles.by_kind.get(&(Kind::Term, lang.clone())).cloned().unwrap_or_default();
        let names: Vec<String> = terms
            .iter()
            .filter_map(|no| public.articles.get(no.0))
            .map(|term| ruby::base_text(&term.article.title.value).into_owned())
            .collect();
        // Without terms no text needs to be searched.
        if names.is_empty() {
            continue;
        }
        // Only an automaton beyond every memory limit fails; then no term is linked.
        let Ok(finder) = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&names) else { continue };
        let whole_words = names.iter().map(|name| name.is_ascii()).collect();
        glossaries.insert(lang.clone(), Glossary { terms, finder, whole_words });
    }
    glossaries
}
