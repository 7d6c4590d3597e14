//! What changes, in words and as keys that programs read.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{Effect, EffectKind};
use crate::calendar::date;
use crate::diag::Language;

impl EffectKind {
    /// Its name for programs. Never changed.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::EditionReleased => "edition_released",
            Self::PlanPublic => "plan_public",
            Self::ArticlePublished => "article_published",
            Self::JoinsEdition => "article_joins_edition",
            Self::ArticleExpired => "article_expired",
            Self::ConsentEnded => "consent_ended",
            Self::ConsentWithdrawn => "consent_withdrawn",
            Self::ApplicationsClosed => "applications_closed",
            Self::EventPast => "event_past",
            Self::FacilityListed => "facility_listed",
            Self::FacilityClosed => "facility_closed",
            Self::FacilityUnconfirmed => "facility_unconfirmed",
            Self::VerificationStale => "verification_stale",
            Self::FiguresPublished => "figures_published",
            Self::Withheld => "withheld",
        }
    }
}

/// One effect in a sentence.
pub(super) fn sentence(effect: &Effect, language: Language) -> String {
    let name = &effect.name;
    match language {
        Language::Ja => ja(effect.kind, name),
        Language::En => en(effect.kind, name),
    }
}

fn ja(kind: EffectKind, name: &str) -> String {
    match kind {
        EffectKind::EditionReleased => format!("号「{name}」が出ます"),
        EffectKind::PlanPublic => format!("{name}年度の計画を公開します"),
        EffectKind::ArticlePublished => format!("記事「{name}」を公開します"),
        EffectKind::JoinsEdition => format!("記事「{name}」が号のページに載ります"),
        EffectKind::ArticleExpired => format!("記事「{name}」の掲載期間が終わります"),
        EffectKind::ConsentEnded => format!("記事「{name}」の掲載同意が終わります"),
        EffectKind::ConsentWithdrawn => format!("記事「{name}」の掲載同意が取り下げられます"),
        EffectKind::ApplicationsClosed => format!("催し「{name}」の申し込みを締め切ります"),
        EffectKind::EventPast => format!("催し「{name}」が終わり、記録になります"),
        EffectKind::FacilityListed => format!("施設「{name}」を載せます"),
        EffectKind::FacilityClosed => format!("施設「{name}」が廃止になり、一覧から外れます"),
        EffectKind::FacilityUnconfirmed => format!("施設「{name}」は長く確認されていないため、一覧から外れます"),
        EffectKind::VerificationStale => format!("施設「{name}」の最終確認から決めた期間が過ぎ、そのことを表示します"),
        EffectKind::FiguresPublished => format!("数字「{name}」の新しい年を公開します"),
        EffectKind::Withheld => format!("「{name}」の掲載をやめます"),
    }
}

fn en(kind: EffectKind, name: &str) -> String {
    match kind {
        EffectKind::EditionReleased => format!("edition “{name}” comes out"),
        EffectKind::PlanPublic => format!("the plan of fiscal year {name} becomes public"),
        EffectKind::ArticlePublished => format!("article “{name}” becomes public"),
        EffectKind::JoinsEdition => format!("article “{name}” joins the page of its edition"),
        EffectKind::ArticleExpired => format!("article “{name}” expires"),
        EffectKind::ConsentEnded => format!("the consent for “{name}” ends"),
        EffectKind::ConsentWithdrawn => format!("the consent for “{name}” is withdrawn"),
        EffectKind::ApplicationsClosed => format!("applications for “{name}” close"),
        EffectKind::EventPast => format!("event “{name}” is over and becomes a record"),
        EffectKind::FacilityListed => format!("facility “{name}” is listed"),
        EffectKind::FacilityClosed => format!("facility “{name}” closes and leaves the lists"),
        EffectKind::FacilityUnconfirmed => {
            format!("facility “{name}” was not confirmed for too long and leaves the lists")
        }
        EffectKind::VerificationStale => format!("facility “{name}” was last confirmed too long ago and is marked so"),
        EffectKind::FiguresPublished => format!("another year of the figures “{name}” becomes public"),
        EffectKind::Withheld => format!("“{name}” is no longer shown"),
    }
}

/// `2026年6月1日（月） 9:00`, `Monday 1 June 2026, 09:00`; seconds only where there are some.
pub(super) fn instant(at: Timestamp, zone: &TimeZone, language: Language) -> String {
    let civil = zone.to_datetime(at);
    let time = civil.time();
    let seconds = if time.second() == 0 { String::new() } else { format!(":{:02}", time.second()) };
    match language {
        Language::Ja => {
            let day = civil.date();
            let weekday = date::weekday_ja(day.weekday());
            format!(
                "{}年{}月{}日（{weekday}） {}:{:02}{seconds}",
                day.year(),
                day.month(),
                day.day(),
                time.hour(),
                time.minute()
            )
        }
        Language::En => format!("{}, {:02}:{:02}{seconds}", date::en(civil.date()), time.hour(), time.minute()),
    }
}
