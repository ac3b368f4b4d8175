//! Where pages are written.

mod folder;
mod parquet;
mod stream;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::args::{Args, Format};
use crate::input::Place;
use crate::work::{Form, Outcome, Work};
use folder::Folder;
use parquet::{Part, Parts};
use stream::{Heads, Stream};

/// Takes pages in order.
pub(crate) trait Sink {
    /// Takes what came of a page.
    fn write(&mut self, outcome: Outcome) -> io::Result<()>;

    /// Makes sure that all is written.
    fn finish(&mut self) -> io::Result<()>;
}

/// Where pages go, and which an earlier run wrote.
pub(crate) struct Output {
    pub(crate) sink: Box<dyn Sink>,
    /// The last place that an earlier run was through with, where pages are written in order.
    pub(crate) after: Option<Place>,
    pub(crate) is_done: IsDone,
}

pub(crate) type IsDone = Box<dyn Fn(&Place) -> bool + Send>;

impl Output {
    fn new(sink: impl Sink + 'static) -> Output {
        Output::after(sink, None)
    }

    fn after(sink: impl Sink + 'static, after: Option<Place>) -> Output {
        let last = after.clone();
        let is_done = move |place: &Place| {
            last.as_ref().is_some_and(|last| place.source == last.source && place.row <= last.row)
        };
        Output { sink: Box::new(sink), after, is_done: Box::new(is_done) }
    }
}

/// What goes wrong before anything is written.
pub(crate) enum Refused {
    /// The options do not go together.
    Usage(String),
    /// The file system does not want it.
    Io(PathBuf, io::Error),
}

/// Opens what the arguments say. With `many` inputs, a line with its place stands before each page of a text.
pub(crate) fn open(args: &Args, format: Format, work: &Work, many: bool) -> Result<Output, Refused> {
    let usage = |message: &str| Err(Refused::Usage(message.to_owned()));
    let heads = match work.form {
        Form::Lines | Form::Report => Heads::None,
        _ if many => Heads::All,
        _ => Heads::Rows,
    };
    let Some(path) = args.report.as_ref().or(args.out.as_ref()) else {
        if work.form == Form::Rows {
            return usage("Parquet needs a file or a folder: --out");
        }
        return Ok(Output::new(Stream::stdout(heads)));
    };
    let is_folder = path.is_dir() || path.to_string_lossy().ends_with('/');
    let refused = |error| Refused::Io(path.clone(), error);
    match (work.form, is_folder) {
        (Form::Report, _) if many => return usage("--report is of one page"),
        (Form::Lines | Form::Report, true) => return usage("this is written into a file, not into a folder"),
        (_, true) => fs::create_dir_all(path).map_err(refused)?,
        (Form::Lines, false) => {}
        (_, false) if args.resume => return usage("--resume is for JSON lines, and for --out with a folder"),
        (_, false) => {}
    }
    Ok(match (work.form, is_folder) {
        (Form::Rows, true) => {
            let (parts, after) = Parts::open(path, &work.columns, args.resume).map_err(refused)?;
            Output::after(parts, after)
        }
        (Form::Rows, false) => Output::new(Part::create(path, &work.columns).map_err(refused)?),
        (Form::Lines, _) => {
            let (lines, after) = Stream::lines(path, args.resume).map_err(refused)?;
            Output::after(lines, after)
        }
        (_, true) => {
            let folder = Folder::new(path, format);
            let (written, resume) = (folder.clone(), args.resume);
            let is_done = Box::new(move |place: &Place| resume && written.path(place).exists());
            Output { sink: Box::new(folder), after: None, is_done }
        }
        (form, false) => {
            Output::new(Stream::create(path, heads).map_err(refused)?.of_one(form == Form::Report))
        }
    })
}

/// The name under which a file is written until it is whole.
fn unfinished(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".unfinished");
    path.with_file_name(name)
}

/// Where a file is written, and the name it then gets. A link leads to the file that it names; a pipe or a device is
/// written to as it is, since another file would take its place.
fn begun(path: &Path) -> io::Result<(PathBuf, PathBuf)> {
    match fs::metadata(path) {
        Ok(found) if found.is_file() => {
            let path = fs::canonicalize(path)?;
            Ok((unfinished(&path), path))
        }
        Ok(_) => Ok((path.to_owned(), path.to_owned())),
        Err(_) => Ok((unfinished(path), path.to_owned())),
    }
}
