//! Pages that hold many articles whole: questions and answers, the glossary.

use super::json_ld;
use super::{Bench, Head, Outcome};
use crate::article::Kind;
use crate::japan::kana;
use crate::markdown::ruby;
use crate::render::body::{body_html, with_own_ids};
use crate::render::view::{FaqPage, GlossaryPage, QuestionGroup, QuestionView, TermGroup, TermView};
use crate::site::ArticleNo;
use crate::vocabulary::Scene;

pub(super) fn faq(mut bench: Bench<'_>) -> Outcome {
    let studio = bench.studio;
    let (title, description) = bench.section_title("faq");
    let numbers = studio.site.articles_of(Kind::Faq, studio.lang);
    let mut groups: Vec<QuestionGroup> = Vec::new();
    for scene in Scene::ALL.iter().copied().map(Some).chain([None]) {
        let of_scene = numbers.iter().filter(|no| studio.site.article(**no).article.scenes.first().copied() == scene);
        let mut questions: Vec<QuestionView> = Vec::new();
        for &no in of_scene {
            questions.push(answered(&mut bench, no)?);
        }
        if questions.is_empty() {
            continue;
        }
        let (title, anchor) = match scene {
            Some(scene) => (scene.name().get(studio.lang.as_str()).to_owned(), format!("scene-{}", scene.id())),
            None => (studio.word("faq_general"), "scene-general".to_owned()),
        };
        groups.push(QuestionGroup { title, anchor, questions });
    }
    let head = Head {
        kind: "faq",
        title,
        description,
        section: "faq",
        json_ld: Some(json_ld::faq(&groups)),
        emergency: true,
        listed: Some(Kind::Faq),
        ..Head::default()
    };
    let view = FaqPage { page: bench.head(head), groups };
    bench.finish(view)
}

fn answered(bench: &mut Bench<'_>, no: ArticleNo) -> Result<QuestionView, Box<crate::diag::Diagnostic>> {
    let studio = bench.studio;
    let public = studio.site.article(no);
    bench.origins.push(public.article.path.clone());
    let answer_html = body_html(studio, public, 2, &mut bench.used)?;
    let answer_html = with_own_ids(&answer_html, &public.article.slug.value);
    let short =
        public.article.answer_short.as_deref().map_or_else(String::new, |text| ruby::base_text(text).into_owned());
    Ok(QuestionView { answer_html, short, ..studio.question(no) })
}

pub(super) fn glossary(mut bench: Bench<'_>) -> Outcome {
    let studio = bench.studio;
    let (title, description) = bench.section_title("glossary");
    let numbers = studio.site.articles_of(Kind::Term, studio.lang);
    let mut groups: Vec<TermGroup> = Vec::new();
    for &no in numbers {
        let public = studio.site.article(no);
        bench.origins.push(public.article.path.clone());
        let body_html = body_html(studio, public, 2, &mut bench.used)?;
        let article = &public.article;
        let body_html = with_own_ids(&body_html, &article.slug.value);
        let reading = article.reading.clone().unwrap_or_default();
        let sound = first_sound(if reading.is_empty() { &article.title.value } else { &reading });
        let term = TermView {
            anchor: article.slug.value.clone(),
            title_html: ruby::to_html(&article.title.value),
            reading,
            english: article.english.clone().unwrap_or_default(),
            body_html,
        };
        match groups.iter_mut().find(|group| group.title == sound) {
            Some(group) => group.terms.push(term),
            None => {
                groups.push(TermGroup { anchor: format!("g-{}", groups.len() + 1), title: sound, terms: vec![term] })
            }
        }
    }
    let head = Head { kind: "glossary", title, description, listed: Some(Kind::Term), ..Head::default() };
    let view = GlossaryPage { page: bench.head(head), groups };
    bench.finish(view)
}

/// The row of the kana table that a reading begins with, or the Latin letter.
fn first_sound(reading: &str) -> String {
    const ROWS: [(&str, &str); 10] = [
        ("あ", "ぁあぃいぅうぇえぉお"),
        ("か", "かがきぎくぐけげこご"),
        ("さ", "さざしじすずせぜそぞ"),
        ("た", "ただちぢっつづてでとど"),
        ("な", "なにぬねの"),
        ("は", "はばぱひびぴふぶぷへべぺほぼぽ"),
        ("ま", "まみむめも"),
        ("や", "ゃやゅゆょよ"),
        ("ら", "らりるれろ"),
        ("わ", "ゎわゐゑをん"),
    ];
    let folded = kana::fold(reading);
    let Some(first) = folded.chars().next() else { return String::new() };
    match ROWS.iter().find(|(_, sounds)| sounds.contains(first)) {
        Some((row, _)) => (*row).to_owned(),
        None => first.to_uppercase().collect(),
    }
}
