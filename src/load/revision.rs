//! Reads a revision of a site from git: its configuration, lists, articles and maps, as far as they are text.
//!
//! The `git` program is asked, in the site's folder, with arguments that no revision's name can turn into options.
//! Nothing is checked out and no hook runs. Links and files beyond the limits are left out.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::fault::{Action, Fault};
use crate::source::{Limits, SourcePath, Sources};

const EXTENSIONS: [&str; 4] = ["csv", "toml", "md", "geojson"];

/// The files of a revision; none where git knows no such revision, or there is no git.
///
/// # Errors
/// Git stops in the middle.
pub fn revision(root: &Path, name: &str, limits: &Limits) -> Result<Option<Sources>, Fault> {
    let Some(commit) = commit(root, name) else { return Ok(None) };
    let listed = git(root).args(["ls-tree", "-r", "-z", &commit, "--", "sumika.toml", "resources", "content"]).output();
    let listed = listed.map_err(|cause| Fault::io(Action::Read, root, cause))?;
    let files = files(&String::from_utf8_lossy(&listed.stdout));
    let sources = read(root, &files, limits).map_err(|cause| Fault::io(Action::Read, root, cause))?;
    Ok(Some(sources))
}

fn git(root: &Path) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(root).stdin(Stdio::null()).stderr(Stdio::null());
    command
}

/// The full hash of a revision.
fn commit(root: &Path, name: &str) -> Option<String> {
    let wanted = format!("{name}^{{commit}}");
    let asked = git(root).args(["rev-parse", "--verify", "--quiet", "--end-of-options", &wanted]).output().ok()?;
    let hash = String::from_utf8_lossy(&asked.stdout).trim().to_owned();
    let whole = asked.status.success() && hash.len() >= 40 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    whole.then_some(hash)
}

/// Hash and path of every plain file that a review reads.
fn files(listed: &str) -> Vec<(String, SourcePath)> {
    let entry = |entry: &str| {
        let (facts, path) = entry.split_once('\t')?;
        let mut facts = facts.split(' ');
        let (mode, kind, hash) = (facts.next()?, facts.next()?, facts.next()?);
        let path = SourcePath::new(path)?;
        let wanted = mode.starts_with("100") && kind == "blob" && EXTENSIONS.contains(&path.extension().as_str());
        wanted.then(|| (hash.to_owned(), path))
    };
    listed.split('\0').filter_map(entry).collect()
}

fn read(root: &Path, files: &[(String, SourcePath)], limits: &Limits) -> std::io::Result<Sources> {
    let mut sources = Sources::new();
    let mut child = git(root).args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let (Some(mut stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(std::io::ErrorKind::BrokenPipe.into());
    };
    let hashes: String = files.iter().map(|(hash, _)| format!("{hash}\n")).collect();
    // Git answers while it is asked: the questions come from a thread of their own.
    let asking = std::thread::spawn(move || stdin.write_all(hashes.as_bytes()));
    let mut answers = BufReader::new(stdout);
    for (_, path) in files.iter().take(limits.files) {
        let mut head = String::new();
        answers.read_line(&mut head)?;
        let Some(length) = head.split(' ').nth(2).and_then(|length| length.trim().parse::<u64>().ok()) else { break };
        let mut content = answers.by_ref().take(length);
        if length > limits.list_bytes {
            std::io::copy(&mut content, &mut std::io::sink())?;
        } else {
            let mut bytes = Vec::new();
            content.read_to_end(&mut bytes)?;
            sources.insert_text(path.clone(), &bytes);
        }
        answers.read_exact(&mut [0])?;
    }
    drop(answers);
    let _ = asking.join();
    child.wait()?;
    Ok(sources)
}
