//! The command line.

use std::path::{Path, PathBuf};

use clap::{Parser, ValueEnum, ValueHint};
use unhusk::{PageType, Role};

use crate::favour::FavourArg;
use crate::input::Packing;

/// Extracts what the author of a web page wrote.
///
/// Reads saved pages, WARC files of crawls and JSON lines, each also packed by gzip, and writes text, Markdown, HTML,
/// JSON lines or Parquet.
#[derive(Clone, Debug, Parser)]
#[command(name = "unhusk", version, after_long_help = AFTER_HELP)]
pub(crate) struct Args {
    /// Files and folders; `-` or nothing is standard input.
    ///
    /// From folders, files called .html, .htm, .xhtml, .warc, .jsonl and .ndjson are taken, also with .gz. Lines of
    /// JSON are objects with `html` and, if they like, `url` and `id`.
    #[arg(value_name = "INPUT", value_hint = ValueHint::AnyPath)]
    pub(crate) inputs: Vec<PathBuf>,

    /// What the inputs are.
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(crate) input: InputFormat,

    /// What to write [default: what --out's ending says, or text].
    #[arg(short, long, value_enum)]
    pub(crate) format: Option<Format>,

    /// Where to write it [default: standard output].
    ///
    /// A folder (one that exists, or a name ending in /) takes a file for each page, or Parquet in parts.
    #[arg(short, long, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(crate) out: Option<PathBuf>,

    /// Go on where an interrupted run into the same --out stopped.
    #[arg(long, requires = "out")]
    pub(crate) resume: bool,

    /// Write a page that shows the input's text coloured by role, with its scores and measures.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["out", "format", "explain"], value_hint = ValueHint::FilePath)]
    pub(crate) report: Option<PathBuf>,

    /// Show every block with role, score, measures and reasons, instead of the text.
    ///
    /// With JSON lines and Parquet: add them as the column `blocks`.
    #[arg(long)]
    pub(crate) explain: bool,

    /// Further columns for JSON lines and Parquet.
    #[arg(long, value_enum, value_delimiter = ',', value_name = "COLUMN")]
    pub(crate) with: Vec<Extra>,

    /// Take the blocks with these roles instead of the content.
    #[arg(long, value_delimiter = ',', value_parser = role, value_name = "ROLE")]
    pub(crate) role: Vec<Role>,

    /// Pass over pages of other types than these.
    #[arg(long = "type", value_enum, value_delimiter = ',', value_name = "TYPE")]
    pub(crate) types: Vec<TypeArg>,

    /// What to favour where it is unclear whether a block belongs to the text.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) favour: FavourArg,

    /// Begin with the headline.
    #[arg(long)]
    pub(crate) title: bool,

    /// Include readers' comments.
    #[arg(long)]
    pub(crate) comments: bool,

    /// Leave links out of Markdown and HTML. Their words stay.
    #[arg(long)]
    pub(crate) no_links: bool,

    /// Leave images out of Markdown and HTML.
    #[arg(long)]
    pub(crate) no_images: bool,

    /// Leave data tables out.
    #[arg(long)]
    pub(crate) no_tables: bool,

    /// The address of pages that do not come with one. Links are resolved against it.
    #[arg(long, value_hint = ValueHint::Url)]
    pub(crate) url: Option<String>,

    /// The charset of pages that do not come with one.
    #[arg(long, value_name = "LABEL")]
    pub(crate) charset: Option<String>,

    /// The most bytes of a page; longer ones are cut.
    #[arg(long, value_name = "BYTES", default_value_t = 64 << 20)]
    pub(crate) max_bytes: usize,

    /// The most nodes of a page's tree.
    #[arg(long, value_name = "NODES")]
    pub(crate) max_nodes: Option<usize>,

    /// The most elements in one another.
    #[arg(long, value_name = "ELEMENTS")]
    pub(crate) max_depth: Option<u16>,

    /// The most bytes of an attribute.
    #[arg(long, value_name = "BYTES")]
    pub(crate) max_attribute_bytes: Option<usize>,

    /// The most steps that building a page's tree may take.
    #[arg(long, value_name = "STEPS")]
    pub(crate) max_steps: Option<u64>,

    /// The most blocks of a page.
    #[arg(long, value_name = "BLOCKS")]
    pub(crate) max_blocks: Option<usize>,

    /// The most bytes that come out of a page.
    #[arg(long, value_name = "BYTES")]
    pub(crate) max_output_bytes: Option<usize>,

    /// Make a page beyond a limit an error instead.
    #[arg(long)]
    pub(crate) strict: bool,

    /// So many pages are extracted at a time [default: one for each core].
    #[arg(short, long, value_name = "N")]
    pub(crate) jobs: Option<std::num::NonZeroUsize>,

    /// Write completions for this shell to standard output.
    #[arg(long, value_enum, value_name = "SHELL")]
    pub(crate) completions: Option<clap_complete::Shell>,

    /// Write the manual page to standard output: `unhusk --man | man -l -`.
    #[arg(long)]
    pub(crate) man: bool,
}

const AFTER_HELP: &str = "\
Examples:
  unhusk page.html
  unhusk --report report.html page.html
  unhusk crawl.warc.gz --out pages.jsonl --with markdown
  unhusk crawl/ --out pages/ --format parquet
  curl -s https://example.org/ | unhusk --url https://example.org/ --format markdown

A page that cannot be extracted is told of with its place (file, row, byte) on standard error, gets a row with `error` \
in JSON lines and Parquet, and stops nothing.

Exit status:
  0    all pages were extracted
  1    some could not be; the others were
  2    the command line is wrong, and nothing was done
  3    the output could not be written, such as on a full disk
  130  interrupted; what was finished is written, and --resume goes on";

/// `--input`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum InputFormat {
    /// By content and name.
    #[default]
    Auto,
    Html,
    Warc,
    Jsonl,
}

impl From<InputFormat> for Packing {
    fn from(arg: InputFormat) -> Packing {
        match arg {
            InputFormat::Auto => Packing::Auto,
            InputFormat::Html => Packing::Html,
            InputFormat::Warc => Packing::Warc,
            InputFormat::Jsonl => Packing::Jsonl,
        }
    }
}

/// `--format`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Text,
    Markdown,
    Html,
    /// An object for each page, indented, with all blocks.
    Json,
    /// A line of JSON for each page.
    Jsonl,
    Parquet,
}

impl Format {
    /// What a file of this name is.
    pub(crate) fn of(path: &Path) -> Option<Format> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        Some(match ending.as_str() {
            "txt" => Format::Text,
            "md" => Format::Markdown,
            "html" | "htm" => Format::Html,
            "json" => Format::Json,
            "jsonl" | "ndjson" => Format::Jsonl,
            "parquet" => Format::Parquet,
            _ => return None,
        })
    }

    pub(crate) fn ending(self) -> &'static str {
        match self {
            Format::Text => "txt",
            Format::Markdown => "md",
            Format::Html => "html",
            Format::Json => "json",
            Format::Jsonl => "jsonl",
            Format::Parquet => "parquet",
        }
    }
}

/// `--with`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Extra {
    Markdown,
    Html,
    /// Readers' comments.
    Comments,
    /// Every block with role, score and measures.
    Blocks,
}

/// `--type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TypeArg {
    Article,
    Forum,
    Product,
    Collection,
    Listing,
    Documentation,
    Service,
}

impl TypeArg {
    pub(crate) fn page_type(self) -> PageType {
        match self {
            TypeArg::Article => PageType::Article,
            TypeArg::Forum => PageType::Forum,
            TypeArg::Product => PageType::Product,
            TypeArg::Collection => PageType::Collection,
            TypeArg::Listing => PageType::Listing,
            TypeArg::Documentation => PageType::Documentation,
            TypeArg::Service => PageType::Service,
        }
    }
}

fn role(name: &str) -> Result<Role, String> {
    name.parse().map_err(|error: unhusk::UnknownRole| {
        let all: Vec<&str> = Role::ALL.iter().map(|role| role.name()).collect();
        format!("{error}; there are {}", all.join(", "))
    })
}
