//! The cases of warc.toml, and gzip members that are broken.

use std::io::{Read as _, Write as _};

use serde::Deserialize;

use crate::setup::{Folder, PAGE, gzip, page, response, rows, text};

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    records: Vec<String>,
    rows: Vec<String>,
    #[serde(default)]
    skipped: u32,
    #[serde(default)]
    exit: i32,
}

#[test]
fn every_case_gives_its_rows() {
    let cases: Cases = toml::from_str(include_str!("warc.toml")).unwrap();
    let expected = text(PAGE);
    assert!(expected.contains("三百年来") && expected.contains("walks its length"));
    let mut wrong = Vec::new();
    for case in &cases.case {
        let records: Vec<Vec<u8>> = case.records.iter().map(|record| expand(record)).collect();
        let members = records.iter().flat_map(|record| gzip(record)).collect();
        let files =
            [("x.warc", records.concat()), ("x.warc.gz", members), ("one.warc.gz", gzip(&records.concat()))];
        for (file, bytes) in files.iter().flat_map(|(file, bytes)| [(*file, bytes), ("-", bytes)]) {
            let folder = Folder::new();
            let ran = if file == "-" {
                folder.run_with(&["--format", "jsonl"], bytes)
            } else {
                folder.write(file, bytes);
                folder.run(&["--format", "jsonl", file])
            };
            let found: Vec<String> = rows(&ran.out)
                .iter()
                .map(|row| match row["error"].as_str() {
                    Some(error) => format!("error: {error}"),
                    None if row["text"] == expected.as_str() => "page".to_owned(),
                    None => format!("another text: {}", row["text"]),
                })
                .collect();
            let same = |(found, wanted): (&String, &String)| match wanted.strip_prefix("error: ") {
                Some(words) => found.starts_with("error: ") && found.contains(words),
                None => found == wanted,
            };
            let skipped: u32 = ran
                .err
                .split("passed over ")
                .skip(1)
                .map(|rest| rest.split(' ').next().unwrap().parse::<u32>().unwrap())
                .sum();
            let is_right = found.len() == case.rows.len()
                && found.iter().zip(&case.rows).all(same)
                && skipped == case.skipped
                && ran.code == Some(case.exit);
            if !is_right {
                wrong.push(format!("{} ({file}): {found:?}, exit {:?}\n{}", case.name, ran.code, ran.err));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A case's record in bytes.
fn expand(record: &str) -> Vec<u8> {
    let (head, content) = record.split_once("\n\n").unwrap();
    let mut body = Vec::new();
    let mut rest = content;
    while let Some((before, after)) = rest.split_once('{') {
        let (what, after) = after.split_once('}').unwrap();
        body.extend(before.replace('\n', "\r\n").into_bytes());
        body.extend(encoded(what));
        rest = after;
    }
    body.extend(rest.replace('\n', "\r\n").into_bytes());
    let mut out = head.replace('\n', "\r\n");
    if let Some((before, after)) = out.split_once('{') {
        let (what, after) = after.split_once('}').unwrap();
        let more: i64 = what.strip_prefix("length").unwrap().trim_start_matches('+').parse().unwrap_or(0);
        out = format!("{before}{}{after}", body.len() as i64 + more);
    }
    [out.as_bytes(), b"\r\n\r\n", &body, b"\r\n\r\n"].concat()
}

fn encoded(what: &str) -> Vec<u8> {
    let mut parts = what.split(':');
    assert_eq!(parts.next(), Some("page"));
    let mut bytes = PAGE.as_bytes().to_vec();
    for coding in parts {
        let level = flate2::Compression::default();
        let mut out = Vec::new();
        match coding {
            "gzip" => out = gzip(&bytes),
            "zlib" => drop(flate2::read::ZlibEncoder::new(&bytes[..], level).read_to_end(&mut out).unwrap()),
            "deflate" => {
                flate2::read::DeflateEncoder::new(&bytes[..], level).read_to_end(&mut out).unwrap();
            }
            "br" => brotli::CompressorWriter::new(&mut out, 4096, 5, 20).write_all(&bytes).unwrap(),
            "gbk" => out = encoding_rs::GBK.encode(PAGE).0.into_owned(),
            "chunked" => {
                for chunk in bytes.chunks(333) {
                    out.extend(format!("{:x};of=333\r\n", chunk.len()).into_bytes());
                    out.extend(chunk);
                    out.extend(b"\r\n");
                }
                out.extend(b"0\r\n\r\n");
            }
            other => panic!("{other}"),
        }
        bytes = out;
    }
    bytes
}

/// What each row is, and the byte its error or page is at.
fn told(out: &str) -> Vec<(String, u64)> {
    let is = |row: &serde_json::Value| match row["error"].as_str() {
        Some(_) => "error".to_owned(),
        None => row["id"].as_str().unwrap().to_owned(),
    };
    rows(out).iter().map(|row| (is(row), row["offset"].as_u64().unwrap())).collect()
}

#[test]
fn a_broken_gzip_member_costs_one_page() {
    let members: Vec<Vec<u8>> = (0..4).map(|number| gzip(&response(number, &page(number)))).collect();
    let starts: Vec<u64> = (0..4).map(|n| members[..n].iter().map(|m| m.len() as u64).sum()).collect();
    let all = members.concat();
    let second = starts[1] as usize;
    // Bits turned over in its middle, a wrong checksum, its end missing, and its beginning missing.
    let mut turned = all.clone();
    turned[second + 200..second + 220].iter_mut().for_each(|byte| *byte = !*byte);
    let mut checksum = all.clone();
    checksum[starts[2] as usize - 8] ^= 1;
    for (name, bytes) in [("turned", turned), ("checksum", checksum)] {
        let folder = Folder::new();
        folder.write("x.warc.gz", bytes);
        let ran = folder.run(&["x.warc.gz", "--format", "jsonl"]);
        let wanted =
            [("urn:page:0", 0), ("error", starts[1]), ("urn:page:2", starts[2]), ("urn:page:3", starts[3])];
        assert_eq!(told(&ran.out), wanted.map(|(id, at)| (id.to_owned(), at)), "{name}: {}", ran.err);
        assert_eq!(ran.code, Some(1));
        let place = format!("error: x.warc.gz, row 1, byte {}: ", starts[1]);
        assert!(ran.err.contains(&place), "{name}: {}", ran.err);
        assert!(ran.err.contains("4 pages: 3 extracted, 1 failed"), "{name}: {}", ran.err);
    }
    let cut = [&all[..starts[1] as usize + 300], &all[starts[2] as usize..]].concat();
    let headless = [&all[..second], &all[second + 40..]].concat();
    for (name, bytes) in [("cut", cut), ("headless", headless)] {
        let folder = Folder::new();
        folder.write("x.warc.gz", &bytes);
        for ran in
            [folder.run(&["x.warc.gz", "--format", "jsonl"]), folder.run_with(&["--format", "jsonl"], &bytes)]
        {
            let ids: Vec<String> = told(&ran.out).into_iter().map(|(id, _)| id).collect();
            assert_eq!(ids, ["urn:page:0", "error", "urn:page:2", "urn:page:3"], "{name}: {}", ran.err);
        }
    }
}

#[test]
fn a_file_that_ends_in_the_middle_is_told_of() {
    let members: Vec<Vec<u8>> = (0..2).map(|number| gzip(&response(number, &page(number)))).collect();
    let plain = [response(0, &page(0)), response(1, &page(1))].concat();
    let gz = members.concat();
    for (file, bytes) in [("x.warc.gz", &gz[..gz.len() - 100]), ("x.warc", &plain[..plain.len() - 100])] {
        let folder = Folder::new();
        folder.write(file, bytes);
        let ran = folder.run(&[file, "--format", "jsonl"]);
        let ids: Vec<String> = told(&ran.out).into_iter().map(|(id, _)| id).collect();
        assert_eq!(ids, ["urn:page:0", "error"], "{file}: {}", ran.err);
        assert_eq!(ran.code, Some(1));
    }
}

/// With a low limit, a record is not held as a whole: where it cannot be read again it ends where another begins.
#[test]
fn a_length_beyond_the_limit_swallows_nothing() {
    let far = (0..40_000).map(|number| format!("<p>{number}</p>")).collect::<String>();
    for filler in ["", &far] {
        let wrong = String::from_utf8(response(0, &format!("{PAGE}{filler}"))).unwrap();
        let length = wrong.split("Content-Length: ").nth(1).unwrap().split('\r').next().unwrap();
        let wrong =
            wrong.replacen(&format!("Content-Length: {length}"), "Content-Length: 90000000", 1).into_bytes();
        let next = wrong.len() as u64;
        let records = [wrong, response(1, &page(1)), response(2, &page(2))].concat();
        let folder = Folder::new();
        folder.write("x.warc", &records);
        folder.write("x.warc.gz", gzip(&records));
        let args = ["--format", "jsonl", "--max-bytes", "100000"];
        for (name, ran) in [
            ("pipe", folder.run_with(&args, &records)),
            ("packed pipe", folder.run_with(&args, &gzip(&records))),
            ("file", folder.run(&[&args[..], &["x.warc"]].concat())),
            ("packed file", folder.run(&[&args[..], &["x.warc.gz"]].concat())),
        ] {
            let found = told(&ran.out);
            let ids: Vec<&str> = found.iter().map(|(id, _)| id.as_str()).collect();
            assert_eq!(ids, ["error", "urn:page:1", "urn:page:2"], "{name}: {}", ran.err);
            if !name.starts_with("packed") {
                assert_eq!((found[0].1, found[1].1), (0, next), "{name}");
            }
            assert_eq!(ran.code, Some(1), "{name}");
        }
    }
}

#[test]
fn a_pipe_is_read_like_a_file() {
    let members: Vec<u8> = (0..3).flat_map(|number| gzip(&response(number, &page(number)))).collect();
    let folder = Folder::new();
    let out = folder.run_with(&["--format", "jsonl"], &members).ok();
    let ids: Vec<String> = told(&out).into_iter().map(|(id, _)| id).collect();
    assert_eq!(ids, ["urn:page:0", "urn:page:1", "urn:page:2"]);
    assert_eq!(rows(&out)[1]["source"], "-");
}
