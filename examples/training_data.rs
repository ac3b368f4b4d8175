//! Writes the features and labels that the programs in `training/` read.
//!
//! ```text
//! cargo run --release --example training_data -- --out DIR SET...
//! cargo run --release --example training_data -- --out DIR --types SET...
//! cargo run --release --example training_data -- --out DIR --roles training/role_labels.tsv SET... corpus
//! ```

use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use clap::Parser;
use rayon::prelude::*;
use unhusk::eval::{GoldEntry, GoldSet, Script, TrainingPage, Words, align};
use unhusk::{Document, Role};

/// Writes the features and labels that the trainer reads.
#[derive(Parser)]
struct Args {
    /// Gold sets.
    #[arg(required = true)]
    sets: Vec<PathBuf>,
    /// Folder for the files.
    #[arg(long)]
    out: PathBuf,
    /// Write the type model's features instead. Needs the scores that `train.py` wrote to the folder.
    #[arg(long, conflicts_with = "roles")]
    types: bool,
    /// Write the role model's features and labels instead: of pages whose gold has roles, and of those whose blocks
    /// this file labels. Needs the scores, too.
    #[arg(long, value_name = "LABELS.tsv")]
    roles: Option<PathBuf>,
}

/// What is written of one page.
struct Row {
    line: String,
    features: Vec<f32>,
    labels: Vec<f32>,
    words: Vec<f32>,
    containers: Vec<u32>,
    names: Vec<(u32, Vec<u32>)>,
    tokens: Vec<Vec<u32>>,
    gold: Vec<u32>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let args = Args::parse();
    fs::create_dir_all(&args.out)?;
    let mut entries = Vec::new();
    for path in &args.sets {
        let set = GoldSet::open(path)?;
        let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        entries.extend(set.entries().iter().map(|entry| (name.clone(), entry.clone())));
    }
    if let Some(labels) = &args.roles {
        return write_roles(&entries, labels, &args.out);
    }
    if args.types {
        return write_types(&entries, &args.out);
    }
    write_content(&entries, &args.out)
}

/// The content model's scores of each page's blocks, by set and id, as `train.py` has them from models that have not
/// learned from the page.
struct ScoresOf(HashMap<(String, String), Vec<f32>>);

impl ScoresOf {
    fn read(folder: &Path) -> Result<ScoresOf, Box<dyn Error>> {
        let bytes = fs::read(folder.join("scores.f32"))?;
        let mut scores = bytes.as_chunks().0.iter().map(|bytes| f32::from_le_bytes(*bytes));
        let mut pages = HashMap::new();
        for line in fs::read_to_string(folder.join("pages.jsonl"))?.lines() {
            let line: serde_json::Value = serde_json::from_str(line)?;
            let text = |key: &str| line[key].as_str().unwrap_or_default().to_owned();
            let blocks = line["blocks"].as_u64().unwrap_or(0) as usize;
            pages.insert((text("set"), text("id")), scores.by_ref().take(blocks).collect());
        }
        Ok(ScoresOf(pages))
    }

    fn of(&self, set: &str, entry: &GoldEntry, page: &TrainingPage) -> Result<&[f32], String> {
        let scores = self.0.get(&(set.to_owned(), entry.id().to_owned()));
        scores
            .filter(|scores| scores.len() == page.len())
            .map(Vec::as_slice)
            .ok_or_else(|| format!("{set}/{}: train.py has not scored these blocks", entry.id()))
    }
}

fn load(entry: &GoldEntry) -> Result<(TrainingPage, String), Box<dyn Error + Send + Sync>> {
    let page = TrainingPage::new(&Document::from_bytes(&entry.read()?, None));
    let gold = entry.page();
    let text = match (gold.text(), gold.expected_html()) {
        (Some(text), _) => text.to_owned(),
        (None, Some(html)) => TrainingPage::new(&Document::parse(html)).texts().join("\n"),
        (None, None) => String::new(),
    };
    Ok((page, text))
}

fn hash(word: &str) -> u32 {
    word.bytes().fold(0x811C_9DC5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

fn hashes(text: &str, script: Script) -> Vec<u32> {
    Words::new(text, script).map(|word| hash(&word.to_lowercase())).collect()
}

/// A page's row, and that of its shortened copy if it is long enough for one and its gold is the whole text.
///
/// Most pages that people collect hold a long text. Short ones among other articles' teasers or below a forum's menus are
/// common, and the copies show the trainer what such pages look like.
fn rows(set: &str, entry: &GoldEntry) -> Result<Vec<Row>, Box<dyn Error + Send + Sync>> {
    let (page, text) = load(entry)?;
    let script = Script::of(&text);
    let texts = page.texts();
    let gold = entry.page();
    let is_whole = gold.text().is_some() || gold.expected_html().is_some();
    let labels = if !is_whole {
        of_segments(&texts, gold.with(), gold.without())
    } else {
        align(&texts, &text).fractions().to_vec()
    };
    let labels: Vec<f32> = labels.into_iter().map(|label| label as f32).collect();
    let gold = hashes(&text, script);
    let mut rows = vec![row(line(set, entry, &page), &page, labels.clone(), script, gold)];
    if is_whole && let Some(cut) = cut(&labels, &page.words(), hash(entry.id())) {
        let short = TrainingPage::shortened(Document::from_bytes(&entry.read()?, None), &cut);
        let labels: Vec<f32> =
            labels.iter().zip(&cut).filter(|(_, cut)| !**cut).map(|(label, _)| *label).collect();
        // Where blocks have grown together over a gap, their labels are not known.
        if labels.len() == short.len() {
            let texts = short.texts();
            let written = texts.iter().zip(&labels).filter(|(_, label)| **label >= 0.5);
            let gold = written.flat_map(|(text, _)| hashes(text, script)).collect();
            let line = line(&format!("{set}, shortened"), entry, &short);
            rows.push(row(line, &short, labels, script, gold));
        }
    }
    Ok(rows)
}

fn row(line: String, page: &TrainingPage, labels: Vec<f32>, script: Script, gold: Vec<u32>) -> Row {
    Row {
        line,
        features: page.features(),
        labels,
        words: page.words(),
        containers: page.containers(),
        names: page.names(),
        tokens: page.texts().iter().map(|text| hashes(text, script)).collect(),
        gold,
    }
}

/// The blocks that a shortened copy of a page lacks: all from where its author has written some dozens of words to
/// where he ends. `None` for a page that has little else, or that is short itself.
fn cut(labels: &[f32], words: &[f32], seed: u32) -> Option<Vec<bool>> {
    let is_content = |index: usize| labels.get(index).is_some_and(|label| *label >= 0.5);
    let sum = |content: bool| -> f32 {
        words
            .iter()
            .enumerate()
            .filter(|(index, _)| is_content(*index) == content)
            .map(|(_, words)| words)
            .sum()
    };
    let target = 30.0 + (seed % 150) as f32;
    if sum(true) < 3.0 * target || sum(false) < target {
        return None;
    }
    let mut written = 0.0;
    let first = (0..labels.len()).find(|&index| {
        written += if is_content(index) { words.get(index).copied().unwrap_or(0.0) } else { 0.0 };
        written >= target
    })?;
    let last = (0..labels.len()).rfind(|&index| is_content(index))?;
    Some((0..labels.len()).map(|index| index > first && index <= last).collect())
}

/// What the trainer reads of a page beside numbers.
fn line(set: &str, entry: &GoldEntry, page: &TrainingPage) -> String {
    let gold = entry.page();
    let line = serde_json::json!({
        "set": set, "id": entry.id(), "url": gold.url(), "type": gold.page_type(), "blocks": page.len(),
    });
    line.to_string()
}

fn squash(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The labels of a page's blocks of which the gold names segments only: NaN where no segment, or contrary ones, are in a
/// block, and where it is not clear which block a segment is from.
fn of_segments(texts: &[&str], with: &[String], without: &[String]) -> Vec<f64> {
    let texts: Vec<String> = texts.iter().map(|text| squash(text)).collect();
    // A short block that is part of a segment may as well be part of something else.
    let blocks_of = |segment: &String| -> Vec<usize> {
        let segment = squash(segment);
        let is_of = |text: &String| {
            text.contains(&segment) || (2 * text.len() >= segment.len() && segment.contains(text.as_str()))
        };
        if segment.is_empty() {
            Vec::new()
        } else {
            (0..texts.len()).filter(|&at| is_of(&texts[at])).collect()
        }
    };
    let mut labels = vec![f64::NAN; texts.len()];
    // What is not text may stand on the page more than once; a few words of it may stand in the text as well.
    for segment in without {
        let longest = 4 * squash(segment).len();
        for at in blocks_of(segment).into_iter().filter(|&at| texts[at].len() <= longest) {
            labels[at] = 0.0;
        }
    }
    // A title stands in menus and teasers, too.
    for segment in with {
        if let [at] = blocks_of(segment)[..] {
            labels[at] = if labels[at] == 0.0 { f64::NAN } else { 1.0 };
        }
    }
    labels
}

fn floats(path: &Path, values: impl IntoIterator<Item = f32>) -> std::io::Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    for value in values {
        file.write_all(&value.to_le_bytes())?;
    }
    file.flush()
}

fn integers(path: &Path, values: impl IntoIterator<Item = u32>) -> std::io::Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    for value in values {
        file.write_all(&value.to_le_bytes())?;
    }
    file.flush()
}

fn write_content(entries: &[(String, GoldEntry)], out: &Path) -> Result<(), Box<dyn Error>> {
    let rows: Vec<Vec<Row>> = entries
        .par_iter()
        .map(|(set, entry)| rows(set, entry))
        .collect::<Result<_, _>>()
        .map_err(|error| error.to_string())?;
    let rows: Vec<Row> = rows.into_iter().flatten().collect();
    fs::write(out.join("names.txt"), TrainingPage::feature_names().join("\n"))?;
    fs::write(
        out.join("pages.jsonl"),
        rows.iter().map(|row| row.line.as_str()).collect::<Vec<_>>().join("\n"),
    )?;
    floats(&out.join("features.f32"), rows.iter().flat_map(|row| row.features.iter().copied()))?;
    floats(&out.join("labels.f32"), rows.iter().flat_map(|row| row.labels.iter().copied()))?;
    floats(&out.join("words.f32"), rows.iter().flat_map(|row| row.words.iter().copied()))?;
    integers(&out.join("container_of.u32"), rows.iter().flat_map(|row| row.containers.iter().copied()))?;
    integers(&out.join("container_counts.u32"), rows.iter().map(|row| row.names.len() as u32))?;
    let names = || rows.iter().flat_map(|row| row.names.iter());
    integers(&out.join("container_parents.u32"), names().map(|(parent, _)| *parent))?;
    integers(&out.join("name_counts.u32"), names().map(|(_, words)| words.len() as u32))?;
    integers(&out.join("names.u32"), names().flat_map(|(_, words)| words.iter().copied()))?;
    let tokens = || rows.iter().flat_map(|row| row.tokens.iter());
    integers(&out.join("token_counts.u32"), tokens().map(|block| block.len() as u32))?;
    integers(&out.join("tokens.u32"), tokens().flat_map(|block| block.iter().copied()))?;
    integers(&out.join("gold_counts.u32"), rows.iter().map(|row| row.gold.len() as u32))?;
    integers(&out.join("gold.u32"), rows.iter().flat_map(|row| row.gold.iter().copied()))?;
    println!("{} pages, {} blocks", rows.len(), rows.iter().map(|row| row.labels.len()).sum::<usize>());
    Ok(())
}

/// Writes `types.f32`, the features of each page, and the pages' lines.
fn write_types(entries: &[(String, GoldEntry)], out: &Path) -> Result<(), Box<dyn Error>> {
    let scores = ScoresOf::read(out)?;
    let rows: Vec<(String, Vec<String>, Vec<f32>)> = entries
        .par_iter()
        .map(|(set, entry)| {
            let page = TrainingPage::new(&Document::from_bytes(&entry.read()?, None));
            let (names, values) = page.type_features(scores.of(set, entry, &page)?);
            Ok((line(set, entry, &page), names, values))
        })
        .collect::<Result<_, Box<dyn Error + Send + Sync>>>()
        .map_err(|error| error.to_string())?;
    let lines: Vec<&str> = rows.iter().map(|(line, ..)| line.as_str()).collect();
    fs::write(out.join("type_pages.jsonl"), lines.join("\n"))?;
    if let Some((_, names, _)) = rows.first() {
        fs::write(out.join("type_names.txt"), names.join("\n"))?;
    }
    floats(&out.join("types.f32"), rows.iter().flat_map(|(_, _, values)| values.iter().copied()))?;
    println!("{} pages", lines.len());
    Ok(())
}

/// The roles that people gave to blocks of pages: a page a line, with its set, its id, the number of its blocks and
/// a list like `0-12 navigation, 15 share`.
struct RoleLabels(HashMap<(String, String), Vec<Option<Role>>>);

impl RoleLabels {
    fn read(path: &Path) -> Result<RoleLabels, Box<dyn Error>> {
        let mut pages = HashMap::new();
        for line in fs::read_to_string(path)?.lines() {
            let [set, id, blocks, ranges] = line.split('\t').collect::<Vec<_>>()[..] else {
                return Err(format!("{}: {line:?} has not four fields", path.display()).into());
            };
            let blocks: usize = blocks.parse()?;
            let mut roles = vec![None; blocks];
            for range in ranges.split(", ") {
                let (numbers, role) = range.split_once(' ').ok_or("a range without a role")?;
                let (first, last) = numbers.split_once('-').unwrap_or((numbers, numbers));
                let part =
                    roles.get_mut(first.parse()?..=last.parse()?).ok_or("a range past the last block")?;
                part.fill(Some(role.parse::<Role>()?));
            }
            pages.insert((set.to_owned(), id.to_owned()), roles);
        }
        Ok(RoleLabels(pages))
    }

    fn of(&self, set: &str, id: &str, blocks: usize) -> Option<&[Option<Role>]> {
        let roles = self.0.get(&(set.to_owned(), id.to_owned()))?;
        if roles.len() != blocks {
            eprintln!("{set}/{id} has {blocks} blocks where the labels have {}; it is left out", roles.len());
            return None;
        }
        Some(roles)
    }
}

/// The role that the gold's snippets give to a block, if it is one.
fn of_snippets(text: &str, roles: &BTreeMap<String, Vec<String>>) -> Option<Role> {
    let text = squash(text);
    let mut named = Role::ALL.into_iter().filter(|role| {
        let snippets = roles.get(role.name());
        snippets.is_some_and(|snippets| snippets.iter().any(|snippet| text.contains(&squash(snippet))))
    });
    named.next().filter(|_| named.next().is_none())
}

/// Writes `roles.f32`: for each block whose role is known, its page's number, the role's number, and its features.
fn write_roles(entries: &[(String, GoldEntry)], labels: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    let (labels, scores) = (RoleLabels::read(labels)?, ScoresOf::read(out)?);
    let mut values = Vec::new();
    let mut pages = Vec::new();
    let mut count = 0;
    for (set, entry) in entries {
        if entry.page().roles().is_empty() && !labels.0.contains_key(&(set.clone(), entry.id().to_owned())) {
            continue;
        }
        let (page, text) = load(entry).map_err(|error| error.to_string())?;
        let texts = page.texts();
        let known = labels.of(set, entry.id(), texts.len());
        if known.is_none() && entry.page().roles().is_empty() {
            continue;
        }
        let covered = align(&texts, &text).fractions();
        let features = page.role_features(scores.of(set, entry, &page)?);
        let width = features.len() / texts.len().max(1);
        for (index, (text, covered)) in texts.iter().zip(covered).enumerate() {
            let role = match known {
                Some(known) => known.get(index).copied().flatten(),
                None if covered >= 0.5 => Some(Role::Content),
                None => of_snippets(text, entry.page().roles()),
            };
            let number = Role::ALL.into_iter().position(|other| Some(other) == role);
            let Some(number) = number else { continue };
            values.extend([pages.len() as f32, number as f32]);
            values.extend_from_slice(features.get(index * width..(index + 1) * width).unwrap_or(&[]));
            count += 1;
        }
        pages.push(format!("{set}/{}", entry.id()));
    }
    floats(&out.join("roles.f32"), values)?;
    fs::write(out.join("role_names.txt"), TrainingPage::role_feature_names().join("\n"))?;
    fs::write(out.join("role_pages.txt"), pages.join("\n"))?;
    println!("{} pages, {count} blocks with a role", pages.len());
    Ok(())
}
