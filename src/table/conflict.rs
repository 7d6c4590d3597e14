//! Two values for one cell, as a merge leaves them: `<<<<<<< OURS ||||||| BASE ======= THEIRS >>>>>>>`.
//!
//! The marks are those of git, inside the cell, so that nobody can overlook them and every other cell of the row
//! stays whole. Nothing publishes a row with such a cell: its reader refuses it and says what to do.

/// What stands in place of a value on the side that removed the whole row.
pub const ROW_REMOVED: &str = "【行の削除】";

/// The two values, and what the cell said before both.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Conflict {
    /// The value on the branch that is merged into.
    pub ours: String,
    /// The value before both.
    pub base: String,
    /// The value on the branch that comes in.
    pub theirs: String,
}

impl Conflict {
    /// The cell's text.
    #[must_use]
    pub fn write(&self) -> String {
        format!("<<<<<<< {} ||||||| {} ======= {} >>>>>>>", self.ours, self.base, self.theirs)
    }

    /// The conflict in a cell, if it holds one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let inner = text.trim().strip_prefix("<<<<<<<")?.strip_suffix(">>>>>>>")?;
        let (ours, rest) = inner.split_once("|||||||")?;
        let (base, theirs) = rest.split_once("=======")?;
        let value = |text: &str| text.trim().to_owned();
        Some(Self { ours: value(ours), base: value(base), theirs: value(theirs) })
    }
}

/// True for a line that git left in a list because nobody told it how lists are merged.
#[must_use]
pub fn is_mark_of_git(line: &str) -> bool {
    let marks = ["<<<<<<< ", ">>>>>>> ", "||||||| "];
    marks.iter().any(|mark| line.starts_with(mark) && !line.trim_end().ends_with(">>>>>>>"))
        || line.trim_end() == "======="
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for (ours, base, theirs) in [("a", "b", "c"), ("", "b", ""), (ROW_REMOVED, "", "x|y=z")] {
            let conflict = Conflict { ours: ours.into(), base: base.into(), theirs: theirs.into() };
            assert_eq!(Conflict::parse(&conflict.write()), Some(conflict));
        }
        assert_eq!(Conflict::parse("<<<<<<< a"), None);
        assert!(is_mark_of_git("<<<<<<< HEAD") && is_mark_of_git("=======\n") && !is_mark_of_git("a,b"));
    }
}
