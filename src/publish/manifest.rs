//! The list of everything published, with its sums. Pure.
//!
//! ```text
//! # sumika 1 (check with `sumika verify` or `sha256sum -c SHA256SUMS`)
//! 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08  areas/index.html
//! ```

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use sha2::{Digest, Sha256};

use crate::artifact::OutputPath;

const HEADER: &str = "# sumika 1 (check with `sumika verify` or `sha256sum -c SHA256SUMS`)";

/// A SHA-256 sum.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sum(pub [u8; 32]);

impl Sum {
    /// The sum of these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    fn parse(hex: &str) -> Option<Self> {
        if hex.len() != 64 || !hex.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f')) {
            return None;
        }
        let mut sum = [0; 32];
        for (at, byte) in sum.iter_mut().enumerate() {
            *byte = u8::from_str_radix(hex.get(2 * at..2 * at + 2)?, 16).ok()?;
        }
        Some(Self(sum))
    }
}

impl fmt::Display for Sum {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        const DIGITS: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
        for byte in self.0 {
            formatter.write_char(DIGITS[usize::from(byte >> 4)])?;
            formatter.write_char(DIGITS[usize::from(byte & 15)])?;
        }
        Ok(())
    }
}

impl fmt::Debug for Sum {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

/// Every published file but the manifest itself, by path.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Manifest {
    files: BTreeMap<OutputPath, Sum>,
}

impl Manifest {
    /// The manifest's own name in the output.
    pub const NAME: &'static str = "SHA256SUMS";

    /// Adds a file; the sum of the other file if one stood there already.
    pub fn insert(&mut self, path: OutputPath, sum: Sum) -> Option<Sum> {
        self.files.insert(path, sum)
    }

    /// The sum of a file.
    #[must_use]
    pub fn get(&self, path: &OutputPath) -> Option<Sum> {
        self.files.get(path).copied()
    }

    /// All files in the order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&OutputPath, Sum)> {
        self.files.iter().map(|(path, sum)| (path, *sum))
    }

    /// How many files it lists.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// True when nothing is published.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The text of the file.
    #[must_use]
    pub fn render(&self) -> String {
        let mut text = String::with_capacity(96 * (self.files.len() + 1));
        text.push_str(HEADER);
        text.push('\n');
        for (path, sum) in &self.files {
            let _ = writeln!(text, "{sum}  {path}");
        }
        text
    }

    /// True when the text is a manifest of ours, even if a line of it is broken.
    #[must_use]
    pub fn is_ours(text: &str) -> bool {
        text.lines().next() == Some(HEADER)
    }

    /// Reads a manifest. No path in it can leave the folder.
    ///
    /// # Errors
    /// The number of the first line that can't be read.
    pub fn parse(text: &str) -> Result<Self, usize> {
        let mut files = BTreeMap::new();
        for (at, line) in text.lines().enumerate() {
            if at == 0 {
                if line != HEADER {
                    return Err(1);
                }
                continue;
            }
            let entry = line.split_once("  ").and_then(|(sum, path)| Some((OutputPath::new(path)?, Sum::parse(sum)?)));
            let Some((path, sum)) = entry else { return Err(at + 1) };
            if files.insert(path, sum).is_some() {
                return Err(at + 1);
            }
        }
        if files.is_empty() && text.is_empty() { Err(1) } else { Ok(Self { files }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> OutputPath {
        OutputPath::new(text).unwrap()
    }

    #[test]
    fn a_manifest_reads_back_and_its_first_bad_line_is_named() {
        let mut manifest = Manifest::default();
        manifest.insert(path("看取り/index.html"), Sum::of(b"a"));
        manifest.insert(path("a b.csv"), Sum::of(b""));
        let text = manifest.render();
        assert!(text.contains("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  a b.csv\n"));
        assert_eq!(Manifest::parse(&text), Ok(manifest));
        let line = text.lines().nth(1).unwrap();
        for (bad, at) in [
            (text.replace("# sumika", "# other"), 1),
            (format!("{text}x  y\n"), 4),
            (format!("{text}{line}\n"), 4),
            (text.replace("a b.csv", "../a.csv"), 2),
            (text.replace("e3b0c4", "E3B0C4"), 2),
            (String::new(), 1),
        ] {
            assert_eq!(Manifest::parse(&bad), Err(at), "{bad}");
        }
    }
}
