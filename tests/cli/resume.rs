//! Interrupted runs: what was finished stays, and the rest follows.

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::Duration;
use std::{fs, thread};

use serde_json::json;

use crate::setup::{Folder, Ran, page, response, rows};

const PAGES: usize = 40;

fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("a.html", page(1000));
    let warc: Vec<u8> = (0..PAGES).flat_map(|number| response(number, &page(number))).collect();
    folder.write("b.warc", warc);
    folder.write("c.html", page(2000));
    folder
}

const INPUTS: [&str; 3] = ["a.html", "b.warc", "c.html"];

fn args<'a>(rest: &[&'a str]) -> Vec<&'a str> {
    [&INPUTS[..], rest].concat()
}

#[test]
fn json_lines_go_on_where_they_were_cut() {
    let folder = folder();
    folder.run(&args(&["-o", "whole.jsonl"])).ok();
    let whole = folder.read("whole.jsonl");
    let ends: Vec<usize> = whole.match_indices('\n').map(|(at, _)| at + 1).collect();
    assert_eq!(ends.len(), PAGES + 2);
    // Nothing, a part of the first line, the first line, the middle of a line, all but the last byte, all.
    for cut in [0, ends[0] / 2, ends[0], ends[20] + 5, whole.len() - 1, whole.len()] {
        folder.write("part.jsonl", &whole.as_bytes()[..cut]);
        folder.run(&args(&["-o", "part.jsonl", "--resume"])).ok();
        assert!(folder.read("part.jsonl") == whole, "cut at {cut}");
    }
    let ran = folder.run(&["c.html", "-o", "part.jsonl", "--resume"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let ran = folder.run(&["a.html", "-o", "part.jsonl", "--resume"]);
    assert!(ran.code == Some(2) && ran.err.contains("not among the inputs"), "{}", ran.err);
    assert!(folder.read("part.jsonl") == whole);
}

#[test]
fn a_folder_of_pages_is_completed() {
    let folder = folder();
    folder.run(&args(&["-o", "out/", "-f", "text"])).ok();
    let path = |number: usize| folder.path(&format!("out/b.warc/{number}.txt"));
    fs::remove_file(path(7)).unwrap();
    fs::write(path(8), "kept").unwrap();
    let ran = folder.run(&args(&["-o", "out/", "-f", "text", "--resume"]));
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(fs::read_to_string(path(7)).unwrap().contains("7 hundred"));
    assert_eq!(fs::read_to_string(path(8)).unwrap(), "kept");
}

#[test]
fn parts_of_parquet_are_added() {
    let folder = folder();
    folder.run(&["a.html", "-o", "out/", "-f", "parquet"]).ok();
    let first = fs::read(folder.path("out/part-00000.parquet")).unwrap();
    folder.run(&args(&["-o", "out/", "-f", "parquet", "--resume"])).ok();
    assert!(fs::read(folder.path("out/part-00000.parquet")).unwrap() == first);
    let count = |name: &str| {
        use parquet::file::reader::{FileReader as _, SerializedFileReader};
        let reader = SerializedFileReader::new(fs::File::open(folder.path(name)).unwrap()).unwrap();
        reader.metadata().file_metadata().num_rows()
    };
    assert_eq!((count("out/part-00000.parquet"), count("out/part-00001.parquet")), (1, PAGES as i64 + 1));
    folder.run(&args(&["-o", "out/", "-f", "parquet"])).ok();
    assert_eq!(count("out/part-00000.parquet"), PAGES as i64 + 2);
    assert!(!folder.path("out/part-00001.parquet").exists());
}

/// Bytes that a process has read.
fn read_by(id: &str) -> usize {
    let io = fs::read_to_string(format!("/proc/{id}/io")).unwrap();
    io.lines().find_map(|line| line.strip_prefix("rchar: ")).unwrap().parse().unwrap()
}

/// Sends SIGINT while the program waits for more of its input.
#[test]
fn an_interrupt_loses_nothing_that_was_finished() {
    for (out, format) in [("x.jsonl", "jsonl"), ("x.parquet", "parquet")] {
        let folder = Folder::new();
        let args = ["-", "-f", format, "-o", out];
        let mut child = folder.command(&args).stdin(Stdio::piped()).spawn().unwrap();
        let mut pipe = child.stdin.take().unwrap();
        let lines: String = (0..PAGES).map(|n| format!("{}\n", json!({"html": page(n)}))).collect();
        pipe.write_all(lines.as_bytes()).unwrap();
        // The pipe stays open, so that only the signal can end it; it is sent once all was read.
        let id = child.id().to_string();
        while read_by(&id) < lines.len() {
            thread::sleep(Duration::from_millis(20));
        }
        assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
        let ran = Ran::from(child.wait_with_output().unwrap());
        drop(pipe);
        assert_eq!(ran.code, Some(130), "{}", ran.err);
        assert!(ran.err.contains("interrupted: what was finished is written"), "{}", ran.err);
        if format == "jsonl" {
            let found = rows(&folder.read(out));
            assert!(!found.is_empty() && found.len() <= PAGES);
            let numbers: Vec<u64> = found.iter().map(|row| row["row"].as_u64().unwrap()).collect();
            assert_eq!(numbers, (0..found.len() as u64).collect::<Vec<_>>());
            assert!(ran.err.contains(&format!("{} extracted", found.len())), "{}", ran.err);
        } else {
            assert!(folder.path(out).exists() && !folder.path("x.parquet.unfinished").exists());
        }
    }
}
