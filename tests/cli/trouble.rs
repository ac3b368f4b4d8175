//! Bad input, bad output, and a wrong command line: what is said, and that the rest is done.

use std::fs;
use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _, PermissionsExt as _};
use std::os::unix::process::CommandExt as _;
use std::process::Command;

use serde_json::json;

use crate::setup::{Folder, PAGE, Ran, page, response, rows, text};

#[test]
fn bad_rows_are_told_of_with_their_place() {
    let folder = Folder::new();
    let good = json!({"html": PAGE}).to_string();
    let lines = [&good, "{\"html\": null, \"id\": \"n\"}", "{}", "", "not json", "[1]", &good].join("\n");
    folder.write("x.jsonl", &lines);
    let ran = folder.run(&["x.jsonl", "-f", "jsonl"]);
    let found = rows(&ran.out);
    let numbers: Vec<u64> = found.iter().map(|row| row["row"].as_u64().unwrap()).collect();
    assert_eq!(numbers, [0, 1, 2, 4, 5, 6]);
    let errors: Vec<bool> = found.iter().map(|row| row["error"].is_string()).collect();
    assert_eq!(errors, [false, true, true, true, true, false]);
    assert_eq!(found[1]["id"], "n");
    assert_eq!(found[5]["text"], text(PAGE));
    assert_eq!(ran.code, Some(1));
    let said = |number: usize| found[number]["error"].as_str().unwrap().to_owned();
    assert_eq!(said(3), "the line is no page: expected ident (byte 2 of it)");
    assert_eq!(said(4), "the line is no page: invalid type: integer `1`, expected a string (byte 2 of it)");
    let offset = good.len() + 1;
    assert!(ran.err.contains(&format!("error: x.jsonl, row 1, byte {offset}: html is null")), "{}", ran.err);
    assert!(ran.err.contains("6 pages: 2 extracted, 4 failed"), "{}", ran.err);
    assert!(!ran.err.contains('\x1b'), "a bar, and no terminal: {:?}", ran.err);
}

#[test]
fn what_cannot_be_opened_does_not_stop_the_rest() {
    let folder = Folder::new();
    folder.write("a.html", PAGE);
    folder.write("cut.html.gz", &crate::setup::gzip(PAGE.as_bytes())[..200]);
    let ran = folder.run(&["none.html", "cut.html.gz", "a.html"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.out.contains(&text(PAGE)));
    assert!(
        ran.err.contains("error: none.html: ") && ran.err.contains("error: cut.html.gz: "),
        "{}",
        ran.err
    );
}

/// Root may open everything, so that as root the program is run as another user.
#[test]
fn a_folder_without_permission_does_not_stop_the_rest() {
    let folder = Folder::new();
    folder.write("in/a.html", PAGE);
    folder.write("in/locked/b.html", PAGE);
    folder.write("in/z.html", PAGE);
    let program = folder.path("unhusk");
    fs::copy(env!("CARGO_BIN_EXE_unhusk"), &program).unwrap();
    let locked = folder.path("in/locked");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
    let mut command = Command::new(&program);
    command.args(["in", "-f", "jsonl"]).current_dir(folder.path(""));
    if fs::metadata(&program).unwrap().uid() == 0 {
        fs::set_permissions(folder.path(""), fs::Permissions::from_mode(0o755)).unwrap();
        command.uid(65534);
    }
    let ran = Ran::from(command.output().unwrap());
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    let errors: Vec<bool> = rows(&ran.out).iter().map(|row| row["error"].is_string()).collect();
    assert_eq!(errors, [false, true, false]);
    assert!(ran.err.contains("error: in/locked: Permission denied"), "{}", ran.err);
}

/// `/dev/full` is a disk without room.
#[test]
fn a_full_disk_is_told_of() {
    let folder = Folder::new();
    folder.write("x.warc", (0..200).flat_map(|number| response(number, &page(number))).collect::<Vec<u8>>());
    for format in ["text", "jsonl"] {
        let ran = folder.run(&["x.warc", "-f", format, "-o", "/dev/full"]);
        assert_eq!(ran.code, Some(3), "{}", ran.err);
        assert!(ran.err.contains("error: /dev/full: No space left on device"), "{}", ran.err);
    }
    let ran = folder.run(&["x.warc", "-o", "/dev/full/x.parquet"]);
    assert_eq!(ran.code, Some(3), "{}", ran.err);
    std::os::unix::fs::symlink("/dev/full", folder.path("full.parquet")).unwrap();
    let ran = folder.run(&["x.warc", "-o", "full.parquet"]);
    assert_eq!(ran.code, Some(3), "{}", ran.err);
    assert!(ran.err.contains("error: full.parquet: No space left on device"), "{}", ran.err);
}

/// Parquet gets its name when it is whole. It must not take the place of a device or a pipe, or of a link.
#[test]
fn what_is_no_plain_file_stays_what_it_is() {
    let folder = Folder::new();
    folder.write("a.html", PAGE);
    let pipe = folder.path("pipe.parquet");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let reader = Command::new("cat").arg(&pipe).stdout(std::process::Stdio::piped()).spawn().unwrap();
    folder.run(&["a.html", "-o", "pipe.parquet"]).ok();
    let through = reader.wait_with_output().unwrap().stdout;
    assert!(fs::metadata(&pipe).unwrap().file_type().is_fifo());
    folder.run(&["a.html", "-o", "whole.parquet"]).ok();
    assert!(through == fs::read(folder.path("whole.parquet")).unwrap());
    fs::write(folder.path("old.parquet"), "old").unwrap();
    std::os::unix::fs::symlink("old.parquet", folder.path("link.parquet")).unwrap();
    folder.run(&["a.html", "-o", "link.parquet"]).ok();
    assert!(folder.path("link.parquet").is_symlink());
    assert!(through == fs::read(folder.path("old.parquet")).unwrap());
}

/// A disk that fills up while it is written to: files may grow to 16 KiB. What is there is not taken for whole.
#[test]
fn a_disk_that_fills_up_leaves_nothing_half_done() {
    let folder = Folder::new();
    folder.write("x.warc", (0..200).flat_map(|number| response(number, &page(number))).collect::<Vec<u8>>());
    folder.write(
        "long.jsonl",
        format!("{}\n", json!({"html": format!("<p>{}", "Clay and straw. ".repeat(9000))})),
    );
    let program = env!("CARGO_BIN_EXE_unhusk");
    for (args, out, whole) in [
        ("x.warc -o x.parquet", "x.parquet", false),
        ("x.warc -f parquet -o parts/", "parts/part-00000.parquet", false),
        ("x.warc long.jsonl -f text -o pages/", "pages/long.jsonl/0.txt", false),
        ("x.warc long.jsonl -f text -o pages/", "pages/x.warc/199.txt", true),
        ("x.warc -o x.jsonl", "x.jsonl", true),
    ] {
        let line = format!("ulimit -f 16; trap '' XFSZ; exec '{program}' {args}");
        let ran = Ran::from(
            Command::new("bash").args(["-c", &line]).current_dir(folder.path("")).output().unwrap(),
        );
        assert_eq!(ran.code, Some(3), "{args}: {}", ran.err);
        assert!(
            ran.err.contains("File too large") && ran.err.contains("the rest was not done"),
            "{}",
            ran.err
        );
        assert_eq!(folder.path(out).exists(), whole, "{args}: {out}");
    }
    // The lines that fitted are whole but for the last, and the rest follows once there is room.
    folder.run(&["x.warc", "-o", "x.jsonl", "--resume"]).ok();
    assert_eq!(folder.read("x.jsonl"), folder.run(&["x.warc", "-f", "jsonl"]).ok());
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let folder = Folder::new();
    folder.write("x.warc", (0..300).flat_map(|number| response(number, &page(number))).collect::<Vec<u8>>());
    let program = env!("CARGO_BIN_EXE_unhusk");
    let line = format!("'{program}' x.warc -f jsonl | head -n 1; exit ${{PIPESTATUS[0]}}");
    let ran =
        Ran::from(Command::new("bash").args(["-c", &line]).current_dir(folder.path("")).output().unwrap());
    assert_eq!((ran.code, ran.out.lines().count()), (Some(0), 1), "{}", ran.err);
}

#[test]
fn a_wrong_command_line_does_nothing() {
    let folder = Folder::new();
    folder.write("page.html", PAGE);
    folder.write("empty/notes.txt", "no page");
    for (args, says) in [
        (&["empty"][..], "there are no pages"),
        (&["page.html", "--format", "pdf"], "invalid value 'pdf'"),
        (&["page.html", "--format", "parquet"], "Parquet needs a file or a folder"),
        (&["page.html", "--url", "coast"], "\"coast\" is not an absolute URL"),
        (&["page.html", "--charset", "klingon"], "no encoding is called \"klingon\""),
        (&["page.html", "--role", "hero"], "no role is called \"hero\"; there are title, byline"),
        (&["page.html", "--role", "content", "-f", "html"], "--role gives text"),
        (&["page.html", "--with", "html"], "--with is for JSON lines and Parquet"),
        (&["page.html", "--resume"], "--out"),
        (&["page.html", "--resume", "-o", "a.txt"], "--resume is for JSON lines"),
        (&["page.html", "--jobs", "0"], "'0'"),
        (&["page.html", "-f", "jsonl", "-o", "out/"], "not into a folder"),
    ] {
        let ran = folder.run(args);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{args:?}: {}", ran.err);
        assert!(ran.err.contains(says), "{args:?}: {}", ran.err);
    }
}

/// A limit on memory that a program which holds the file would pass.
#[test]
fn a_large_file_takes_little_memory() {
    let folder = Folder::new();
    let mut bytes = Vec::new();
    let filler = "x".repeat(4 << 20);
    for number in 0..75 {
        bytes.extend(response(number, &page(number)));
        let image = format!("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n{filler}");
        let head = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n",
            image.len()
        );
        bytes.extend([head.as_bytes(), image.as_bytes(), b"\r\n\r\n"].concat());
    }
    assert!(bytes.len() > 300 << 20);
    folder.write("big.warc", &bytes);
    drop(bytes);
    let program = env!("CARGO_BIN_EXE_unhusk");
    // Address space, in KiB: the program itself, its threads' stacks, and some pages. Glibc would set aside 64 MiB for
    // each thread.
    let line =
        format!("ulimit -v 204800; export MALLOC_ARENA_MAX=1; exec '{program}' big.warc -f jsonl -j 2");
    let ran =
        Ran::from(Command::new("bash").args(["-c", &line]).current_dir(folder.path("")).output().unwrap());
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_eq!(rows(&ran.out).len(), 75);
    assert!(ran.err.contains("passed over 75 not HTML"), "{}", ran.err);
}

/// `script` gives the program a terminal.
#[cfg(target_os = "linux")]
#[test]
fn a_terminal_shows_a_bar() {
    let folder = Folder::new();
    folder.write("x.warc", (0..300).flat_map(|number| response(number, &page(number))).collect::<Vec<u8>>());
    let line = format!("'{}' x.warc -o x.jsonl", env!("CARGO_BIN_EXE_unhusk"));
    let mut command = Command::new("script");
    command.args(["-qec", &line, "/dev/null"]).env("TERM", "xterm").current_dir(folder.path(""));
    let ran = Ran::from(command.output().unwrap());
    assert_eq!(ran.code, Some(0), "{}", ran.out);
    assert!(ran.out.contains(" left") && ran.out.contains("300 pages: 300 extracted"), "{:?}", ran.out);
    assert_eq!(rows(&folder.read("x.jsonl")).len(), 300);
}
