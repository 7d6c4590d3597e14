//! Issue forms: what an association without git fills in, and the change of a row that it stands for.
//!
//! In: the text of an issue (`### 質問` and its answer, as GitHub writes forms), and the lists. Out: the list as it
//! will be, or what is missing, in words for the person who filled in the form. The same `Kind`s describe the forms
//! themselves to `github`. Nothing in a form is trusted: it changes cells of one row and nothing else.

mod answers;
mod apply;

pub use apply::{Applied, Lists, apply};

use crate::facility::Column;

/// What a form is for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Kind {
    /// 修正: one cell of a row.
    Correction,
    /// 新規: a new row.
    New,
    /// 掲載終了: the place closes.
    Closing,
    /// 掲載を望まない: the row stays, and is never published.
    Unlisted,
}

/// One question.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Question {
    /// Its name in the form.
    pub id: &'static str,
    /// The question.
    pub label: &'static str,
    /// What helps to answer it.
    pub hint: &'static str,
    /// How it is answered.
    pub answer: Answer,
    /// Whether it has to be answered.
    pub required: bool,
}

/// How a question is answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Answer {
    /// In a line.
    Line,
    /// In several lines.
    Text,
    /// With one of the columns that may be corrected.
    Columns,
    /// With one of the lists.
    Lists,
    /// With one of the categories.
    Categories,
}

const fn question(id: &'static str, label: &'static str, hint: &'static str, answer: Answer) -> Question {
    Question { id, label, hint, answer, required: true }
}

const fn optional(id: &'static str, label: &'static str, hint: &'static str) -> Question {
    Question { id, label, hint, answer: Answer::Line, required: false }
}

const FACILITY: Question = question(
    "facility",
    "施設の ID またはページのアドレス",
    "施設のページの下にある ID（例：hikari-clinic）か、ページのアドレスを貼り付けてください",
    Answer::Line,
);
const WHO: Question = question(
    "who",
    "確かめた人・団体",
    "どなたが施設に確かめましたか（例：凪浦市医師会 事務局）。個人の連絡先は書かないでください",
    Answer::Line,
);
const WHEN: Question = question("confirmed", "確かめた日", "例：2026-11-22、令和8年11月22日", Answer::Line);

const CORRECTION: &[Question] = &[
    FACILITY,
    question("column", "直すところ", "ひとつ選んでください。二か所なら、フォームを二回お使いください", Answer::Columns),
    question("value", "正しい内容", "ここに書いたとおりに置き換えます", Answer::Text),
    WHEN,
    WHO,
];
const NEW: &[Question] = &[
    question("list", "載せる一覧", "ひとつ選んでください", Answer::Lists),
    question("category", "施設の種別", "ひとつ選んでください", Answer::Categories),
    question("name", "施設の名称", "正式な名称", Answer::Line),
    optional("name_kana", "名称の読み（カタカナ）", "例：ヒカリシンリョウジョ"),
    question("address", "所在地", "市町村から（例：凪浦市本町1-1）", Answer::Line),
    question("phone", "代表の電話番号", "市外局番から（例：0910-01-0100）", Answer::Line),
    optional("url", "ホームページ", "https:// から"),
    WHEN,
    WHO,
];
const CLOSING: &[Question] = &[
    FACILITY,
    question("closed_on", "閉じる日（閉じた日）", "この日からサイトに載らなくなります。例：2027-03-31", Answer::Line),
    WHO,
];
const UNLISTED: &[Question] = &[FACILITY, WHO];

impl Kind {
    /// All of them, in the order in which they are offered.
    pub const ALL: &'static [Self] = &[Self::Correction, Self::New, Self::Closing, Self::Unlisted];

    /// A stable name: part of the form's file name.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Correction => "correction",
            Self::New => "new",
            Self::Closing => "closing",
            Self::Unlisted => "unlisted",
        }
    }

    /// The title of the form.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Correction => "施設の情報を直す",
            Self::New => "新しい施設を載せる",
            Self::Closing => "施設の掲載を終える（閉院・廃止）",
            Self::Unlisted => "施設の掲載をやめる（掲載を望まない）",
        }
    }

    /// What it is for, in a sentence.
    #[must_use]
    pub const fn about(self) -> &'static str {
        match self {
            Self::Correction => "電話番号や時間などが変わったとき、まちがいを見つけたとき",
            Self::New => "一覧にない施設を加えたいとき",
            Self::Closing => "施設が閉じた、または閉じる日が決まったとき",
            Self::Unlisted => "施設が、サイトに載ることを望まないとき。一覧には残り、公開されません",
        }
    }

    /// Its questions.
    #[must_use]
    pub const fn questions(self) -> &'static [Question] {
        match self {
            Self::Correction => CORRECTION,
            Self::New => NEW,
            Self::Closing => CLOSING,
            Self::Unlisted => UNLISTED,
        }
    }
}

/// The columns that a form may correct: facts about the place, not its id, position or state.
pub const CORRECTABLE: [Column; 17] = [
    Column::Name,
    Column::NameKana,
    Column::PostalCode,
    Column::Address,
    Column::Building,
    Column::Phone,
    Column::Fax,
    Column::Email,
    Column::Url,
    Column::Hours,
    Column::HoursNote,
    Column::Services,
    Column::Accepts,
    Column::Languages,
    Column::Accessibility,
    Column::Parking,
    Column::Note,
];

#[cfg(test)]
mod tests;
