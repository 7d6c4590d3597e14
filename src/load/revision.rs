//! Reads a revision of a site from git: its configuration, lists, articles and maps, as far as they are text.
//!
//! The `git` program is asked, in the site's folder, with arguments that no revision's name can turn into options.
//! Nothing is checked out and no hook runs. Links are left out; what is beyond the limits is refused.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::diag::{Code, Diagnostic};
use crate::fault::Fault;
use crate::source::{Limits, SourcePath, Sources};

const EXTENSIONS: [&str; 4] = ["csv", "toml", "md", "geojson"];

/// The files of a revision; none where git knows no such revision.
///
/// # Errors
/// There is no git, it can't read the revision whole, or there is more of it than is read. A part of a revision is
/// never handed on: a review would take what is missing for new.
pub fn revision(root: &Path, name: &str, limits: &Limits) -> Result<Option<Sources>, Fault> {
    let Some(commit) = commit(root, name)? else { return Ok(None) };
    let listed = ask(root, name, &["ls-tree", "-r", "-z", &commit, "--", "sumika.toml", "resources", "content"])?;
    if !listed.status.success() {
        return Err(unreadable(name, &String::from_utf8_lossy(&listed.stderr)));
    }
    let files = files(&String::from_utf8_lossy(&listed.stdout));
    if files.len() > limits.files {
        let many = Diagnostic::new(Code::TooManyFiles).arg("path", name).arg("limit", limits.files);
        return Err(many.into());
    }
    read(root, &files, limits).map(Some).map_err(|cause| unreadable(name, &cause.to_string()))
}

fn git(root: &Path) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(root).stdin(Stdio::null()).stderr(Stdio::null());
    command
}

/// Git's answer to one question, with what it complains of.
fn ask(root: &Path, name: &str, question: &[&str]) -> Result<Output, Fault> {
    let asked = git(root).args(question).stderr(Stdio::piped()).output();
    asked.map_err(|cause| unreadable(name, &format!("git: {cause}")))
}

fn unreadable(name: &str, cause: &str) -> Fault {
    // The first line says it; advice for people at a prompt follows.
    let cause = cause.lines().next().unwrap_or_default().trim();
    Diagnostic::new(Code::RevisionUnreadable).arg("base", name).arg("cause", cause).into()
}

/// The full hash of a revision; none where git looked and found none.
fn commit(root: &Path, name: &str) -> Result<Option<String>, Fault> {
    let wanted = format!("{name}^{{commit}}");
    let asked = ask(root, name, &["rev-parse", "--verify", "--quiet", "--end-of-options", &wanted])?;
    let hash = String::from_utf8_lossy(&asked.stdout).trim().to_owned();
    let whole = hash.len() >= 40 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    match asked.status.code() {
        Some(0) if whole => Ok(Some(hash)),
        Some(1) => Ok(None),
        // Of no repository there are no revisions. One that is there and broken is another matter.
        _ if !is_in_repository(root) => Ok(None),
        _ => Err(unreadable(name, &String::from_utf8_lossy(&asked.stderr))),
    }
}

fn is_in_repository(root: &Path) -> bool {
    let real = root.canonicalize();
    real.is_ok_and(|root| root.ancestors().any(|folder| folder.join(".git").exists()))
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

fn read(root: &Path, files: &[(String, SourcePath)], limits: &Limits) -> io::Result<Sources> {
    let mut sources = Sources::new();
    let mut child = git(root).args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let (Some(mut stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(io::ErrorKind::BrokenPipe.into());
    };
    let hashes: String = files.iter().map(|(hash, _)| format!("{hash}\n")).collect();
    // Git answers while it is asked: the questions come from a thread of their own.
    let asking = std::thread::spawn(move || stdin.write_all(hashes.as_bytes()));
    let mut answers = BufReader::new(stdout);
    for (hash, path) in files {
        let source = answer(&mut answers, hash, limits)?;
        match source {
            Some(bytes) => sources.insert_text(path.clone(), &bytes),
            None => return Err(io::Error::other(format!("{path}: > {} bytes", limits.list_bytes))),
        }
    }
    drop(answers);
    let asked = asking.join().unwrap_or_else(|_| Err(io::ErrorKind::BrokenPipe.into()));
    asked?;
    if child.wait()?.success() { Ok(sources) } else { Err(io::Error::other("git cat-file")) }
}

/// The bytes of a file as `git cat-file --batch` tells them: a line with its length, the bytes, a line end; none
/// where they are more than are read.
fn answer(answers: &mut impl BufRead, hash: &str, limits: &Limits) -> io::Result<Option<Vec<u8>>> {
    let mut head = String::new();
    answers.read_line(&mut head)?;
    let length = head.split(' ').nth(2).and_then(|length| length.trim().parse::<u64>().ok());
    let length = length.ok_or_else(|| io::Error::other(format!("{hash}: {}", head.trim())))?;
    if length > limits.list_bytes {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    answers.by_ref().take(length + 1).read_to_end(&mut bytes)?;
    if bytes.pop().is_none() || bytes.len() as u64 != length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(Some(bytes))
}
