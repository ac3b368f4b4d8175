//! What goes in and what comes out when nothing is wrong.

use std::fs::File;

use parquet::file::reader::{FileReader as _, SerializedFileReader};
use parquet::record::{Field, Row};
use serde_json::{Value, json};
use unhusk::{Extractor, Role};

use crate::setup::{Folder, PAGE, corpus, gzip, page, response, rows, text};

#[test]
fn a_page_comes_out_in_each_form() {
    let folder = Folder::new();
    folder.write("page.html", PAGE);
    let extraction = Extractor::new().extract_bytes(PAGE.as_bytes(), None).unwrap();
    for (format, answer) in [
        ("text", extraction.text()),
        ("markdown", extraction.markdown()),
        ("html", extraction.html()),
        ("json", extraction.json()),
    ] {
        let out = folder.run(&["page.html", "--format", format]).ok();
        assert_eq!(out.trim_end(), answer.trim_end(), "{format}");
        assert_eq!(folder.run_with(&["-f", format], PAGE.as_bytes()).ok(), out, "{format} by standard input");
    }
}

#[test]
fn the_ending_of_the_output_says_its_form() {
    let folder = Folder::new();
    folder.write("page.html", PAGE);
    let extraction = unhusk::extract(PAGE);
    for (name, start) in
        [("a.md", extraction.markdown()), ("a.txt", extraction.text()), ("a.html", extraction.html())]
    {
        assert_eq!(folder.run(&["page.html", "--out", name]).ok(), "");
        assert_eq!(folder.read(name).trim_end(), start.trim_end(), "{name}");
    }
    folder.run(&["page.html", "--out", "a.jsonl"]).ok();
    assert_eq!(rows(&folder.read("a.jsonl"))[0]["text"], extraction.text());
}

#[test]
fn every_packing_gives_the_same_page() {
    let folder = Folder::new();
    folder.write("a.html", PAGE);
    folder.write("b.html.gz", gzip(PAGE.as_bytes()));
    folder.write("c.warc", response(1, PAGE));
    folder.write("d.warc.gz", gzip(&response(1, PAGE)));
    let line = format!("{}\n", json!({"html": PAGE, "id": 7, "url": "https://coast.example/1", "more": [1]}));
    folder.write("e.jsonl", &line);
    folder.write("f.jsonl.gz", gzip(line.as_bytes()));
    folder.write("in/folder/g.htm", PAGE);
    folder.write("in/folder/h.txt", "no page");
    let found = rows(&folder.run(&[".", "--format", "jsonl"]).ok());
    let sources: Vec<&str> = found.iter().map(|row| row["source"].as_str().unwrap()).collect();
    assert_eq!(
        sources,
        [
            "./a.html",
            "./b.html.gz",
            "./c.warc",
            "./d.warc.gz",
            "./e.jsonl",
            "./f.jsonl.gz",
            "./in/folder/g.htm"
        ]
    );
    assert!(found.iter().all(|row| row["text"] == text(PAGE)), "{found:?}");
    assert_eq!((&found[4]["id"], &found[4]["url"]), (&json!("7"), &json!("https://coast.example/1")));
    assert_eq!(found[2]["authors"], json!(["Ines Holt"]));
}

#[test]
fn addresses_make_links_absolute() {
    let folder = Folder::new();
    folder.write("page.html", PAGE);
    folder.write("x.warc", response(5, PAGE));
    let alone = folder.run(&["page.html", "-f", "markdown", "--url", "https://coast.example/a"]).ok();
    let packed = folder.run(&["x.warc", "-f", "markdown"]).ok();
    assert!(alone.contains("(https://coast.example/patience)"), "{alone}");
    assert!(packed.contains("(https://coast.example/patience)"), "{packed}");
    let without = folder.run(&["x.warc", "-f", "markdown", "--no-links"]).ok();
    assert!(!without.contains("coast.example/patience"), "{without}");
}

#[test]
fn the_order_is_that_of_the_input_however_many_threads() {
    let folder = Folder::new();
    folder.write("x.warc", (0..300).flat_map(|number| response(number, &page(number))).collect::<Vec<u8>>());
    let one = folder.run(&["x.warc", "-f", "jsonl", "-j", "1"]).ok();
    assert_eq!(folder.run(&["x.warc", "-f", "jsonl", "-j", "7"]).ok(), one);
    let numbers: Vec<u64> = rows(&one).iter().map(|row| row["row"].as_u64().unwrap()).collect();
    assert_eq!(numbers, (0..300).collect::<Vec<u64>>());
}

#[test]
fn several_pages_of_text_have_heads() {
    let folder = Folder::new();
    folder.write("a.html", PAGE);
    folder.write("x.jsonl", format!("{}\n", json!({"html": PAGE})));
    let both = folder.run(&["a.html", "x.jsonl"]).ok();
    assert_eq!(both, format!("==> a.html <==\n{0}\n\n==> x.jsonl, row 0, byte 0 <==\n{0}\n", text(PAGE)));
}

#[test]
fn a_folder_takes_a_file_for_each_page() {
    let folder = Folder::new();
    folder.write("in/a.html", PAGE);
    folder.write("in/x.warc", [response(0, &page(7)), response(1, &page(8))].concat());
    folder.run(&["in", "../outside.html", "--out", "out/", "-f", "markdown"]);
    assert_eq!(folder.read("out/in/a.html.md"), unhusk::extract(PAGE).markdown());
    assert!(folder.read("out/in/x.warc/0.md").contains("7 hundred"));
    assert!(folder.read("out/in/x.warc/1.md").contains("8 hundred"));
}

/// The rows of a Parquet file in JSON.
fn parquet_rows(folder: &Folder, name: &str) -> Vec<Value> {
    let reader = SerializedFileReader::new(File::open(folder.path(name)).unwrap()).unwrap();
    reader.get_row_iter(None).unwrap().map(|row| object(&row.unwrap())).collect()
}

fn object(row: &Row) -> Value {
    row.get_column_iter().map(|(name, field)| (name.clone(), value(field))).collect()
}

fn value(field: &Field) -> Value {
    match field {
        Field::Null => Value::Null,
        Field::Bool(yes) => json!(yes),
        Field::Long(number) => json!(number),
        Field::Float(number) => json!(number),
        Field::Str(text) => json!(text),
        Field::Group(row) => object(row),
        Field::ListInternal(list) => list.elements().iter().map(value).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn parquet_and_json_lines_hold_the_same() {
    let folder = Folder::new();
    let corpus = corpus().to_str().unwrap();
    folder.write("bad.jsonl", "{\"html\": null}\n");
    let args = ["--with", "markdown,html,comments", "--explain", corpus, "bad.jsonl", "--out"];
    assert_eq!(folder.run(&[&args[..], &["a.jsonl"]].concat()).code, Some(1));
    assert_eq!(folder.run(&[&args[..], &["a.parquet"]].concat()).code, Some(1));
    let lines = rows(&folder.read("a.jsonl"));
    let parquet = parquet_rows(&folder, "a.parquet");
    assert!(lines.len() > 80 && lines.len() == parquet.len());
    for (line, row) in lines.iter().zip(&parquet) {
        for (key, value) in row.as_object().unwrap() {
            let same = match (&line[key], value) {
                // Numbers come as f32 from the one and as text from the other.
                (Value::Number(a), Value::Number(b)) => {
                    (a.as_f64().unwrap() - b.as_f64().unwrap()).abs() < 1e-5
                }
                (Value::Array(a), Value::Array(b)) if key == "blocks" => {
                    a.len() == b.len()
                        && a.iter().zip(b).all(|(a, b)| {
                            a["text"] == b["text"]
                                && a["role"] == b["role"]
                                && a["words"] == b["words"]
                                && a["reasons"].as_array().unwrap().len()
                                    == b["reasons"].as_array().unwrap().len()
                        })
                }
                (a, b) => a == b,
            };
            assert!(same, "{} {key}: {} and {value}", line["source"], line[key]);
        }
    }
    assert_eq!(parquet.last().unwrap()["error"], "html is null or missing");
}

#[test]
fn roles_types_and_options_choose() {
    let folder = Folder::new();
    folder.write("page.html", PAGE);
    let footer = folder.run(&["page.html", "--role", "legal,navigation"]).ok();
    let extraction = unhusk::extract(PAGE);
    let chosen = extraction.blocks().filter(|block| matches!(block.role(), Role::Legal | Role::Navigation));
    let chosen: Vec<&str> = chosen.map(|block| block.text()).collect();
    assert!(!chosen.is_empty());
    assert_eq!(footer.trim_end(), chosen.join("\n\n"));

    assert!(folder.run(&["page.html", "--title"]).ok().starts_with("老坝"));
    assert_eq!(folder.run(&["page.html", "--type", "article"]).ok().trim_end(), text(PAGE));
    assert_eq!(folder.run(&["page.html", "--type", "forum,product"]).ok(), "");
    assert_eq!(folder.run(&["page.html", "--max-bytes", "500"]).code, Some(0));
    let strict = folder.run(&["page.html", "--max-bytes", "500", "--strict"]);
    assert_eq!(strict.code, Some(1));
    assert!(strict.err.contains("the limit is 500"), "{}", strict.err);
    let cut = rows(&folder.run(&["page.html", "--max-bytes", "500", "-f", "jsonl"]).ok());
    assert_eq!(cut[0]["truncated"], json!(["bytes of input"]));
    let few = rows(&folder.run(&["page.html", "--max-nodes", "9", "-f", "jsonl"]).ok());
    assert_eq!(few[0]["truncated"], json!(["nodes"]));

    let gbk = encoding_rs::GBK.encode(&PAGE.replace("<!DOCTYPE html>", "")).0.into_owned();
    folder.write("gbk.html", gbk);
    assert_eq!(folder.run(&["gbk.html", "--charset", "gbk"]).ok().trim_end(), text(PAGE));
}

#[test]
fn explain_shows_every_block() {
    let folder = Folder::new();
    folder.write("page.html", PAGE);
    let table = folder.run(&["page.html", "--explain"]).ok();
    for block in unhusk::extract(PAGE).blocks() {
        let start: String = block.text().chars().take(20).collect();
        assert!(table.contains(&start), "{start} is missing in {table}");
    }
    assert!(table.contains("link_ratio") && table.contains("text_density"), "{table}");
}

#[test]
fn a_report_shows_the_page() {
    let folder = Folder::new();
    folder.write("page.html", PAGE);
    folder.run(&["page.html", "--report", "report.html"]).ok();
    let report = folder.read("report.html");
    assert_eq!(report, Extractor::new().extract_bytes(PAGE.as_bytes(), None).unwrap().report("page.html"));
    assert!(!report.contains("<script"), "a report has no script");
    assert_eq!(folder.run(&["page.html", "page.html", "--report", "two.html"]).code, Some(2));
}

#[test]
fn completions_and_the_manual_name_the_options() {
    let folder = Folder::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(folder.run(&["--completions", shell]).ok().contains("resume"), "{shell}");
    }
    let manual = folder.run(&["--man"]).ok();
    assert!(manual.contains(".TH unhusk") && manual.contains("Exit status"), "{manual}");
}
