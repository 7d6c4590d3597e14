//! Which names belong to a site, and which of them can be used. Pure.

use unicode_normalization::UnicodeNormalization;

use crate::source::is_device_name;

/// Files that systems and editors leave behind; they are passed over in silence.
pub(super) fn is_ignored(name: &str) -> bool {
    name.starts_with('.')
        || name.starts_with("~$")
        || name.ends_with('~')
        || (name.starts_with('#') && name.ends_with('#'))
        || name.eq_ignore_ascii_case("thumbs.db")
        || name.eq_ignore_ascii_case("desktop.ini")
}

/// True for a name that looks like what it is, and can be a file's, on every system.
pub(super) fn is_usable(name: &str) -> bool {
    !name
        .chars()
        .any(|c| c.is_control() || is_invisible(c) || matches!(c, '\\' | '<' | '>' | ':' | '"' | '|' | '?' | '*'))
        && !name.ends_with(['.', ' '])
        && !is_device_name(name)
}

/// Zero-width characters, joiners, byte order marks and marks that turn the direction of writing.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFFD}')
}

/// A name to show in place of one that can't be used.
pub(super) fn shown(name: &str) -> String {
    let shown: String =
        name.chars().map(|c| if c.is_control() || c == '\\' || is_invisible(c) { '\u{FFFD}' } else { c }).collect();
    if shown == "." || shown == ".." { "\u{FFFD}".to_owned() } else { shown }
}

/// The form in which names are compared: what Windows or macOS would take for the same file.
pub(super) fn fold(path: &str) -> String {
    if path.is_ascii() {
        return path.to_ascii_lowercase();
    }
    path.nfc().collect::<String>().to_lowercase().nfc().collect()
}

/// NFC, as all paths are inside.
pub(super) fn normal(name: &str) -> String {
    if name.is_ascii() {
        return name.to_owned();
    }
    name.nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leavings_are_ignored_and_deceiving_names_refused() {
        for name in [".git", ".a.md.swp", "a.md~", "~$list.xlsx", "#a.md#", "Thumbs.db", ".~lock.a.csv#"] {
            assert!(is_ignored(name), "{name}");
        }
        for name in ["看取り.md", "a b.md", "#a.md", "葛\u{E0100}飾.md"] {
            assert!(!is_ignored(name) && is_usable(name), "{name}");
        }
        for name in ["aux.md", "CON", "com1.tar.gz", "a.", "a ", "a:b.md", "a?.md", "a*.md", "<a>.md", "a|b", "\"a\""] {
            assert!(!is_usable(name), "{name:?}");
        }
        for name in ["console.md", "com10.md", "com.md", "a.b.md", "a！？：＊.md"] {
            assert!(is_usable(name), "{name:?}");
        }
        for name in ["a\u{202E}dm.exe", "a\u{200B}.md", "a\n.md", "a\\b.md", "\u{FEFF}a.md"] {
            assert!(!is_usable(name), "{name:?}");
            assert!(is_usable(&shown(name).replace('\u{FFFD}', "_")), "{name:?}");
        }
        assert_eq!(fold("ガイド/Ａ.MD"), fold("カ\u{3099}イト\u{3099}/Ａ.md"));
        assert_eq!((fold("Guides/A.MD").as_str(), normal("Guides/A.MD").as_str()), ("guides/a.md", "Guides/A.MD"));
    }
}
