//! The language of messages: `--lang`, else the locale, else Japanese.
//!
//! Japanese unless the locale says English in so many words: staff sit at machines whose locale is often unset.

use std::ffi::OsString;

use crate::diag::Language;

/// Chooses before the arguments are parsed, because help and errors of parsing are written in it, too.
pub(super) fn choose(typed: &[OsString], environment: impl Fn(&str) -> Option<String>) -> Language {
    let texts: Vec<&str> = typed.iter().filter_map(|argument| argument.to_str()).collect();
    let asked = texts.iter().enumerate().find_map(|(at, argument)| match argument.strip_prefix("--lang") {
        Some("") => texts.get(at + 1).copied(),
        Some(rest) => rest.strip_prefix('='),
        None => None,
    });
    if let Some(asked) = asked {
        return of(asked);
    }
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(environment).find(|value| !value.is_empty());
    locale.map_or(Language::Ja, |locale| of(&locale))
}

fn of(name: &str) -> Language {
    let name = name.to_ascii_lowercase();
    let english = name.strip_prefix("en").is_some_and(|rest| rest.is_empty() || rest.starts_with(['_', '-', '.', '@']));
    if english { Language::En } else { Language::Ja }
}

/// One of two wordings.
pub(super) fn pick<T>(language: Language, ja: T, en: T) -> T {
    match language {
        Language::Ja => ja,
        Language::En => en,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn japanese_unless_english_is_asked_for() {
        let choose = |typed: &[&str], environment: &[(&str, &str)]| {
            let typed: Vec<OsString> = typed.iter().map(OsString::from).collect();
            let environment =
                |name: &str| environment.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
            super::choose(&typed, environment)
        };
        assert_eq!(choose(&["sumika"], &[]), Language::Ja);
        assert_eq!(choose(&["sumika"], &[("LANG", "C.UTF-8")]), Language::Ja);
        assert_eq!(choose(&["sumika"], &[("LANG", "en_GB.UTF-8")]), Language::En);
        assert_eq!(choose(&["sumika"], &[("LC_ALL", "ja_JP.UTF-8"), ("LANG", "en_US")]), Language::Ja);
        assert_eq!(choose(&["sumika"], &[("LC_ALL", ""), ("LC_MESSAGES", "en"), ("LANG", "ja")]), Language::En);
        assert_eq!(choose(&["sumika"], &[("LANG", "enm")]), Language::Ja);
        assert_eq!(choose(&["sumika", "build", "--lang", "en"], &[("LANG", "ja_JP")]), Language::En);
        assert_eq!(choose(&["sumika", "--lang=ja", "build"], &[("LANG", "en_US")]), Language::Ja);
    }
}
