//! Which files the arguments mean.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::Found;

/// What is taken from folders, each also with `.gz`.
const ENDINGS: [&str; 6] = ["html", "htm", "xhtml", "warc", "jsonl", "ndjson"];

/// Whether a file's name has one of these endings, before a `.gz`.
pub(super) fn is_called(path: &Path, endings: &[&str]) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    name.rsplit_once('.').is_some_and(|(_, ending)| endings.contains(&ending))
}

/// The files given, and those in folders given and their subfolders, by name. What cannot be listed is told of in
/// its place. Links to folders are not followed, so that no loop is walked.
pub(crate) fn expand(paths: &[PathBuf]) -> Vec<Found> {
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            walk(path, &mut found);
        } else {
            found.push(Ok(path.clone()));
        }
    }
    found
}

fn walk(root: &Path, found: &mut Vec<Found>) {
    let mut waiting = vec![root.to_owned()];
    while let Some(path) = waiting.pop() {
        let is_folder = path == root || path.is_dir() && !path.is_symlink();
        if !is_folder {
            if is_called(&path, &ENDINGS) {
                found.push(Ok(path));
            }
            continue;
        }
        match fs::read_dir(&path).and_then(Iterator::collect::<io::Result<Vec<_>>>) {
            Ok(entries) => {
                let mut entries: Vec<PathBuf> = entries.iter().map(fs::DirEntry::path).collect();
                entries.sort_unstable_by(|a, b| b.cmp(a));
                waiting.append(&mut entries);
            }
            Err(error) => found.push(Err((path, error))),
        }
    }
}
