//! The corpus: one named test a page, one a role, one a metadata field.
//!
//! `cargo test --release --test corpus forum/` runs the pages of one group.

use std::process::ExitCode;
use std::sync::LazyLock;

use libtest_mimic::{Arguments, Failed, Trial};
use rayon::prelude::*;
use unhusk::Extractor;
use unhusk::eval::{FieldTally, GoldEntry, GoldSet, PageScores, Prediction, Roles, Scores, words};

#[path = "../examples/common/mod.rs"]
mod common;

/// The words F1 below which a page fails whose gold sets no floor of its own.
const FLOOR: f64 = 0.90;

/// The share of a role's snippets, and of each metadata field, that must be right over the whole corpus.
const SHARE: f64 = 0.90;

/// The share of languages and names of sites that must be right. Of the languages only those that pages declare are,
/// unless they are detected.
const NAMES_SHARE: f64 = 0.95;
const LANGUAGES_SHARE: f64 = if cfg!(feature = "detect-language") { 0.95 } else { 0.89 };

/// Sums up how a field came out.
type Tally = fn(&Scores) -> Option<FieldTally>;

const FIELDS: [(&str, f64, Tally); 6] = [
    ("title", SHARE, |scores| scores.overall().titles()),
    ("author", SHARE, |scores| scores.overall().authors()),
    ("date", SHARE, |scores| scores.overall().dates()),
    ("type", SHARE, |scores| scores.overall().types()),
    ("language", LANGUAGES_SHARE, |scores| scores.overall().languages()),
    ("site", NAMES_SHARE, |scores| scores.overall().sites()),
];

static CORPUS: LazyLock<Result<GoldSet, String>> = LazyLock::new(|| {
    GoldSet::open(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus")).map_err(|error| error.to_string())
});

/// Every page of the corpus, measured.
static SCORES: LazyLock<Result<Scores, String>> = LazyLock::new(|| {
    let corpus = CORPUS.as_ref()?;
    let measure = |entry: &GoldEntry| Ok(PageScores::measure("corpus", entry.page(), &predict(entry)?));
    let pages: Vec<PageScores> = corpus.entries().par_iter().map(measure).collect::<Result<_, String>>()?;
    let mut scores = Scores::default();
    pages.into_iter().for_each(|page| scores.push(page));
    Ok(scores)
});

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let mut trials = vec![Trial::test("corpus/gold", gold_is_readable)];
    if let Ok(corpus) = CORPUS.as_ref() {
        for entry in corpus.entries() {
            trials.push(Trial::test(format!("corpus/{}", entry.id()), move || page(entry)));
        }
        for role in roles(corpus) {
            trials.push(Trial::test(format!("role/{role}"), move || role_share(role)));
        }
    }
    for (name, least, tally) in FIELDS {
        trials.push(Trial::test(format!("field/{name}"), move || field_share(name, least, tally)));
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn gold_is_readable() -> Result<(), Failed> {
    let errors: Vec<String> = CORPUS.as_ref()?.errors().iter().map(ToString::to_string).collect();
    fail_with(errors)
}

fn predict(entry: &GoldEntry) -> Result<Prediction, String> {
    let bytes = entry.read().map_err(|error| error.to_string())?;
    let mut builder = Extractor::builder();
    if let Some(url) = entry.page().url() {
        builder = builder.url(url);
    }
    let extraction = builder
        .build()
        .and_then(|extractor| extractor.extract_bytes(&bytes, None))
        .map_err(|error| format!("{}: {error}", entry.id()))?;
    Ok(common::prediction(&extraction, true))
}

fn page(entry: &GoldEntry) -> Result<(), Failed> {
    let predicted = predict(entry)?;
    let gold = entry.page();
    let mut faults = Vec::new();
    let score = words::score(predicted.text(), gold.text().unwrap_or_default());
    let floor = gold.floor().unwrap_or(FLOOR);
    if score.f1 < floor {
        faults.push("words F1 is below the floor".to_owned());
        eprintln!(
            "{}: words F1 {:.4} is below {floor} (precision {:.4}, recall {:.4})",
            entry.id(),
            score.f1,
            score.precision,
            score.recall
        );
    }
    let text = collapse(predicted.text());
    let holds = |snippet: &String| text.contains(&collapse(snippet));
    faults.extend(gold.with().iter().filter(|with| !holds(with)).map(|with| format!("missing: {with:?}")));
    faults
        .extend(gold.without().iter().filter(|without| holds(without)).map(|out| format!("leaked: {out:?}")));
    // The tests of the roles count these over the whole corpus; one page may err.
    let wrong = wrong_snippets(entry, &predicted, |_| true);
    let lines: String = wrong.iter().map(|wrong| format!("{}: {wrong}\n", entry.id())).collect();
    // In one piece, since the other tests write as well.
    eprint!("{lines}");
    expect(&format!("corpus/{}", entry.id()), faults)
}

/// Fails with the faults that are not known, and with the known ones that are mended: the list stays true.
fn expect(test: &str, mut faults: Vec<String>) -> Result<(), Failed> {
    let mut mended = Vec::new();
    for line in include_str!("known_failures.txt").lines() {
        let Some(known) = line.strip_prefix(test).and_then(|rest| rest.strip_prefix('\t')) else { continue };
        match faults.iter().position(|fault| fault == known) {
            Some(at) => drop(faults.swap_remove(at)),
            None => mended.push(format!("mended, take it from tests/known_failures.txt: {known}")),
        }
    }
    faults.extend(mended);
    fail_with(faults)
}

/// The gold snippets that stand in no block of their role, with the roles they got.
fn wrong_snippets(entry: &GoldEntry, predicted: &Prediction, of: impl Fn(&str) -> bool) -> Vec<String> {
    let blocks = predicted.blocks().unwrap_or_default();
    let mut wrong = Vec::new();
    for (role, snippets) in entry.page().roles().iter().filter(|(role, _)| of(role)) {
        for snippet in snippets {
            let one = [(role.clone(), vec![snippet.clone()])].into();
            let is_in = |role: &str, text: &str| Roles::of(&[(role, text)], &one).overall().right > 0;
            if !blocks.iter().any(|block| is_in(block.role(), block.text())) {
                let found = blocks.iter().filter(|block| is_in(role, block.text()));
                let roles: Vec<&str> = found.map(|block| block.role()).collect();
                wrong.push(format!("{role} {snippet:?} is {}", roles.join(", ")));
            }
        }
    }
    wrong
}

/// The roles that any gold file names.
fn roles(corpus: &GoldSet) -> Vec<&str> {
    let mut roles: Vec<&str> =
        corpus.entries().iter().flat_map(|entry| entry.page().roles().keys().map(String::as_str)).collect();
    roles.sort_unstable();
    roles.dedup();
    roles
}

fn role_share(role: &str) -> Result<(), Failed> {
    let tally = SCORES.as_ref()?.overall().roles().get(role);
    if tally.share() >= SHARE {
        return expect(&format!("role/{role}"), Vec::new());
    }
    let low = expect(&format!("role/{role}"), vec![format!("below {SHARE}")]);
    if low.is_ok() {
        return low;
    }
    let mut faults = vec![format!("{} of {} snippets, {:.3}", tally.right, tally.total, tally.share())];
    for entry in CORPUS.as_ref()?.entries().iter().filter(|entry| entry.page().roles().contains_key(role)) {
        let wrong = wrong_snippets(entry, &predict(entry)?, |name| name == role);
        faults.extend(wrong.into_iter().map(|wrong| format!("{}: {wrong}", entry.id())));
    }
    fail_with(faults)
}

fn field_share(name: &str, least: f64, tally: Tally) -> Result<(), Failed> {
    let tally = tally(SCORES.as_ref()?).unwrap_or_default();
    if tally.share() >= least {
        return expect(&format!("field/{name}"), Vec::new());
    }
    let low = expect(&format!("field/{name}"), vec![format!("below {least}")]);
    if low.is_ok() {
        return low;
    }
    let mut faults = vec![format!("{} right, {} wrong, {} missing", tally.right, tally.wrong, tally.missing)];
    for entry in CORPUS.as_ref()?.entries() {
        let predicted = predict(entry)?;
        let one = PageScores::measure("", entry.page(), &predicted);
        let (outcome, got, gold) = match name {
            "title" => (one.title(), predicted.found_title().map(str::to_owned), entry.page().title()),
            "author" => (one.authors(), Some(predicted.found_authors().join("; ")), entry.page().author()),
            "type" => {
                let found = predicted.found_page_type().map(str::to_owned);
                (one.found_type(), found, Some(entry.page().page_type()))
            }
            "language" => {
                (one.found_language(), predicted.found_language().map(str::to_owned), entry.page().language())
            }
            "site" => (one.site_name(), predicted.found_site().map(str::to_owned), entry.page().site()),
            _ => (one.date(), predicted.found_date().map(str::to_owned), entry.page().date()),
        };
        if outcome.is_some_and(|outcome| outcome != unhusk::eval::Outcome::Right) {
            faults.push(format!("{}: {got:?}, not {gold:?}", entry.id()));
        }
    }
    fail_with(faults)
}

fn fail_with(faults: Vec<String>) -> Result<(), Failed> {
    if faults.is_empty() { Ok(()) } else { Err(faults.join("\n").into()) }
}

fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
