//! Whole builds of a large invented site: `cargo bench [-- ARTICLES FACILITIES AREAS]`.
//!
//! Prints processor time, peak memory and the stages of a first build, of a second one in which nothing changed,
//! and of a third after one article was edited; and how many times the processor time of a bare program (`bare.rs`,
//! which only turns Markdown into HTML) the first one took, in the same run. The output goes to `/dev/shm` where there is one, so that the
//! program is measured and not the disk. Without `--bench` (as `cargo test --benches` calls it) the site is tiny.

#![allow(clippy::disallowed_methods, reason = "a benchmark runs programs and reads the clock")]

mod bare;
mod generator;

use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use generator::Size;

fn main() -> io::Result<()> {
    let typed: Vec<String> = std::env::args().skip(1).collect();
    if let [_, root, output] = typed.as_slice()
        && typed.first().is_some_and(|word| word == "bare")
    {
        return bare::build(Path::new(root), Path::new(output));
    }
    let numbers: Vec<usize> = typed.iter().filter_map(|text| text.parse().ok()).collect();
    let size = match (numbers.as_slice(), typed.iter().any(|text| text == "--bench")) {
        ([articles, facilities, areas], _) => Size { articles: *articles, facilities: *facilities, areas: *areas },
        (_, true) => Size { articles: 5_000, facilities: 5_000, areas: 40 },
        (_, false) => Size { articles: 10, facilities: 10, areas: 2 },
    };
    let memory = Path::new("/dev/shm");
    let parent = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    let folder = parent.join(format!("sumika-bench-{}", std::process::id()));
    let result = run(&folder, size);
    std::fs::remove_dir_all(&folder)?;
    result
}

fn run(folder: &Path, size: Size) -> io::Result<()> {
    let root = folder.join("site");
    generator::generate(&root, size)?;
    println!("{size:?}, output in {}", folder.display());
    let bare = bare(&root, &folder.join("bare"))?;
    let spent = build("first build", &root)?;
    println!("bare program: {bare} cpu ms; the first build took {:.1} times as much\n", spent / bare.max(1.0));
    let before = newest(&root.join("public"))?;
    build("second build, nothing changed", &root)?;
    println!("written by it: {}\n", if newest(&root.join("public"))? == before { "nothing" } else { "SOMETHING" });
    let article = root.join("content/guides/g00001.md");
    let text = std::fs::read_to_string(&article)?;
    std::fs::write(&article, text.replace("まず相談", "すぐ相談"))?;
    build("third build, one article edited", &root).map(drop)
}

/// Processor time of the bare program, in milliseconds.
fn bare(root: &Path, output: &Path) -> io::Result<f64> {
    let said = Command::new(std::env::current_exe()?).arg("bare").args([root, output]).output()?;
    String::from_utf8_lossy(&said.stdout).trim().parse().map_err(io::Error::other)
}

/// Runs the program and shows what it says of itself; gives its processor time in milliseconds.
fn build(what: &str, root: &Path) -> io::Result<f64> {
    let began = Instant::now();
    let output = Command::new(env!("CARGO_BIN_EXE_sumika"))
        .args(["build", "--lang", "en", "--at", "2026-06-01", "--timings", "--root"])
        .arg(root)
        .output()?;
    let wall = began.elapsed();
    println!("== {what}: {} ms wall, {}", wall.as_millis(), output.status);
    println!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    if !output.status.success() {
        return Err(io::Error::other("the build failed"));
    }
    let table = [output.stdout, output.stderr].concat();
    let table = String::from_utf8_lossy(&table);
    let total = table.lines().find_map(|line| line.strip_prefix("total"));
    let cpu = total.and_then(|total| total.split_whitespace().nth(1)).and_then(|cpu| cpu.parse().ok());
    cpu.ok_or_else(|| io::Error::other("the build told no processor time"))
}

/// The newest time of any file or folder below, and their number.
fn newest(folder: &Path) -> io::Result<(Option<std::time::SystemTime>, usize)> {
    let mut found = (None, 0);
    let mut open: Vec<PathBuf> = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            let metadata = entry.metadata()?;
            found = (found.0.max(metadata.modified().ok()), found.1 + 1);
            if metadata.is_dir() {
                open.push(entry.path());
            }
        }
    }
    Ok(found)
}
