//! What a name says beside the name: `西岡耳鼻咽喉科医院（休止中）`.

use super::draft::is_placeholder;
use crate::diag::{Code, Diagnostic};
use crate::source::Span;

/// How a facility stands, by its name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Standing {
    Open,
    Paused,
    Closed,
    Placeholder,
    Missing,
}

/// The name in a cell, and whether it says that the facility pauses. A row without a name, or of a facility that
/// closed, is refused.
pub(super) fn of_facility(written: &str, cell: impl FnOnce() -> Span) -> Result<(String, bool), Diagnostic> {
    let (name, standing) = read(written);
    let refused = |code: Code| Diagnostic::new(code).at(&cell());
    match standing {
        Standing::Missing => Err(refused(Code::ImportNameless)),
        Standing::Placeholder => Err(refused(Code::ImportPlaceholder).arg("name", name)),
        Standing::Closed => Err(refused(Code::ImportClosed).arg("name", written)),
        Standing::Paused => Ok((name, true)),
        Standing::Open => Ok((name, false)),
    }
}

/// Parts a name and the remark in brackets at its end (or its beginning).
fn read(name: &str) -> (String, Standing) {
    let name = name.trim();
    if name.is_empty() {
        return (String::new(), Standing::Missing);
    }
    if is_placeholder(name) {
        return (name.to_owned(), Standing::Placeholder);
    }
    for (open, close) in [('（', '）'), ('(', ')'), ('【', '】'), ('［', '］'), ('〔', '〕')] {
        let end = name.strip_suffix(close).and_then(|rest| rest.rsplit_once(open));
        let start =
            name.strip_prefix(open).and_then(|rest| rest.split_once(close)).map(|(inside, rest)| (rest, inside));
        for (rest, inside) in [end, start].into_iter().flatten() {
            if let Some(standing) = of_remark(inside).filter(|_| !rest.trim().is_empty()) {
                return (rest.trim().to_owned(), standing);
            }
        }
    }
    (name.to_owned(), Standing::Open)
}

/// How a facility stands by a remark or by a column such as 現存・休止.
pub(super) fn of_remark(remark: &str) -> Option<Standing> {
    let says = |words: &[&str]| words.iter().any(|word| remark.contains(word));
    if says(&["廃止", "廃業", "閉院", "閉鎖", "閉所", "閉店"]) {
        return Some(Standing::Closed);
    }
    says(&["休止", "休業", "休院", "休診", "休所"]).then_some(Standing::Paused)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        let check = |text: &str, name: &str, standing: Standing| assert_eq!(read(text), (name.to_owned(), standing));
        check("西岡耳鼻咽喉科医院（休止中）", "西岡耳鼻咽喉科医院", Standing::Paused);
        check("【休止中】原外科", "原外科", Standing::Paused);
        check("原外科(廃止)", "原外科", Standing::Closed);
        check("（公財）健診プラザ", "（公財）健診プラザ", Standing::Open);
        check("医院（本院）　", "医院（本院）", Standing::Open);
        check("〇〇", "〇〇", Standing::Placeholder);
        check("　", "", Standing::Missing);
    }
}
