//! Lists of articles in the order in which pages show them.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime};

use super::{ArticleNo, Topic};
use crate::area::AreaId;
use crate::article::{ArticleId, Kind};
use crate::config::Lang;
use crate::select::{Public, PublicArticle};

/// Articles by what pages ask for. `_index` articles are only in `by_id`.
#[derive(Debug, Default)]
pub struct ArticleIndex {
    /// Every article in its languages.
    pub by_id: BTreeMap<ArticleId, BTreeMap<Lang, ArticleNo>>,
    /// By kind and language, in list order. Events for professionals only are not among them.
    pub by_kind: BTreeMap<(Kind, Lang), Vec<ArticleNo>>,
    /// By topic and language, in list order.
    pub by_topic: BTreeMap<(Topic, Lang), Vec<ArticleNo>>,
    /// Coming events, the next first.
    pub upcoming: BTreeMap<Lang, Vec<ArticleNo>>,
    /// Past events, the last first.
    pub past: BTreeMap<Lang, Vec<ArticleNo>>,
    /// Events for professionals, in the order of their dates.
    pub for_professionals: BTreeMap<Lang, Vec<ArticleNo>>,
    /// Position of each article within `by_kind`, to find its neighbours.
    position: BTreeMap<ArticleNo, usize>,
}

impl ArticleIndex {
    pub(super) fn new(public: &Public) -> Self {
        let mut index = Self::default();
        let mut order: Vec<ArticleNo> = (0..public.articles.len()).map(ArticleNo).collect();
        let keys: Vec<SortKey> = public.articles.iter().map(|article| sort_key(article, public)).collect();
        order.sort_by(|a, b| keys.get(a.0).cmp(&keys.get(b.0)));
        for no in order {
            if let Some(article) = public.articles.get(no.0) {
                index.add(no, article);
            }
        }
        for list in index.past.values_mut() {
            list.reverse();
        }
        index
    }

    fn add(&mut self, no: ArticleNo, public: &PublicArticle) {
        let article = &public.article;
        let lang = article.lang.clone();
        self.by_id.entry(article.id.clone()).or_default().insert(lang.clone(), no);
        if article.is_index() {
            return;
        }
        if let Some(event) = &article.event {
            if event.is_for_professionals() {
                self.for_professionals.entry(lang).or_default().push(no);
                return;
            }
            let list = if public.over { &mut self.past } else { &mut self.upcoming };
            list.entry(lang.clone()).or_default().push(no);
        }
        let list = self.by_kind.entry((article.kind, lang.clone())).or_default();
        self.position.insert(no, list.len());
        list.push(no);
        for topic in topics(public) {
            self.by_topic.entry((topic, lang.clone())).or_default().push(no);
        }
    }

    /// The articles before and after one in the list of its kind.
    #[must_use]
    pub fn neighbours(&self, no: ArticleNo, kind: Kind, lang: &Lang) -> (Option<ArticleNo>, Option<ArticleNo>) {
        let Some(list) = self.by_kind.get(&(kind, lang.clone())) else { return (None, None) };
        let Some(&at) = self.position.get(&no) else { return (None, None) };
        let before = at.checked_sub(1).and_then(|before| list.get(before));
        (before.copied(), list.get(at + 1).copied())
    }
}

fn topics(public: &PublicArticle) -> impl Iterator<Item = Topic> {
    let article = &public.article;
    let areas = article.areas.iter().filter_map(|area| AreaId::new(&area.value)).map(Topic::Area);
    let scenes = article.scenes.iter().copied().map(Topic::Scene);
    let viewpoints = article.viewpoints.iter().copied().map(Topic::Viewpoint);
    areas.chain(scenes).chain(viewpoints).chain(public.edition.iter().cloned().map(Topic::Edition))
}

/// Weight first; then events by time, terms and questions by reading and title, all else newest first; then path.
type SortKey = (i64, Option<DateTime>, Reverse<Option<Date>>, String, String);

fn sort_key(public: &PublicArticle, all: &Public) -> SortKey {
    let article = &public.article;
    let path = article.path.as_str().to_owned();
    let zone = &all.config.zone;
    let day = article.date.or_else(|| public.public_from.map(|at| zone.to_datetime(at).date()));
    match (&article.event, article.kind) {
        (Some(event), _) => (0, Some(event.starts.value.local()), Reverse(None), String::new(), path),
        (None, Kind::Term) => {
            let reading = article.reading.clone().unwrap_or_else(|| article.title.value.clone());
            (article.weight, None, Reverse(None), reading, path)
        }
        (None, Kind::Faq | Kind::Guide | Kind::Page) => (article.weight, None, Reverse(None), String::new(), path),
        (None, _) => (article.weight, None, Reverse(day), String::new(), path),
    }
}
