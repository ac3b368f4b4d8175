//! All pages into one stream: standard output or a file.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Read as _, Seek as _, SeekFrom, Write};
use std::path::Path;

use serde::Deserialize;

use super::Sink;
use crate::input::Place;
use crate::work::{Outcome, Product};

/// Before which pages a line with their place stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Heads {
    None,
    /// Those that are a row of a file, and not a file.
    Rows,
    All,
}

/// The sink.
pub(super) struct Stream {
    to: BufWriter<Box<dyn Write>>,
    heads: Heads,
    /// Whether there may be one page only.
    of_one: bool,
    is_first: bool,
}

impl Stream {
    pub(super) fn stdout(heads: Heads) -> Stream {
        Stream::new(Box::new(io::stdout()), heads)
    }

    pub(super) fn create(path: &Path, heads: Heads) -> io::Result<Stream> {
        Ok(Stream::new(Box::new(File::create(path)?), heads))
    }

    /// A file of JSON lines. To resume, a line that was cut off is removed, and the last one says where to go on.
    pub(super) fn lines(path: &Path, resume: bool) -> io::Result<(Stream, Option<Place>)> {
        if !resume || !path.exists() {
            return Ok((Stream::create(path, Heads::None)?, None));
        }
        let mut file = OpenOptions::new().read(true).write(true).open(path)?;
        let (end, last) = last_line(&mut file)?;
        file.set_len(end)?;
        file.seek(SeekFrom::Start(end))?;
        let after = match last {
            Some(line) => Some(place(&line)?),
            None => None,
        };
        Ok((Stream::new(Box::new(file), Heads::None), after))
    }

    /// Whether a second page is an error.
    pub(super) fn of_one(self, of_one: bool) -> Stream {
        Stream { of_one, ..self }
    }

    fn new(to: Box<dyn Write>, heads: Heads) -> Stream {
        Stream { to: BufWriter::with_capacity(64 * 1024, to), heads, of_one: false, is_first: true }
    }
}

impl Sink for Stream {
    fn write(&mut self, outcome: Outcome) -> io::Result<()> {
        let Some(Product::Text(text)) = outcome.product else { return Ok(()) };
        if self.of_one && !self.is_first {
            return Err(io::Error::other("there is more than one page"));
        }
        if self.heads == Heads::All || self.heads == Heads::Rows && outcome.place.offset.is_some() {
            let gap = if self.is_first { "" } else { "\n" };
            writeln!(self.to, "{gap}==> {} <==", outcome.place)?;
        }
        self.is_first = false;
        self.to.write_all(text.as_bytes())?;
        if !text.is_empty() && !text.ends_with('\n') {
            self.to.write_all(b"\n")?;
        }
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// Where the last whole line ends, and that line, if there is one.
fn last_line(file: &mut File) -> io::Result<(u64, Option<Vec<u8>>)> {
    // Twice as much each time, since all is searched again: a line may be many megabytes long.
    let mut step = 64 * 1024;
    let mut start = file.metadata()?.len();
    let mut tail = Vec::new();
    loop {
        // From the end backwards, until there are two line ends or the beginning.
        let mut ends = memchr::memrchr_iter(b'\n', &tail);
        if let Some(end) = ends.next() {
            let begin = ends.next().map(|at| at + 1).or((start == 0).then_some(0));
            if let Some(begin) = begin {
                let line = tail.get(begin..end).unwrap_or_default().to_vec();
                return Ok((start + end as u64 + 1, Some(line)));
            }
        } else if start == 0 {
            return Ok((0, None));
        }
        let count = start.min(step);
        step *= 2;
        start -= count;
        let mut more = vec![0; count as usize];
        file.seek(SeekFrom::Start(start))?;
        file.read_exact(&mut more)?;
        more.append(&mut tail);
        tail = more;
    }
}

fn place(line: &[u8]) -> io::Result<Place> {
    #[derive(Deserialize)]
    struct Line {
        source: String,
        row: u64,
    }
    let line: Line = serde_json::from_slice(line).map_err(|error| {
        let message = format!("its last line is none that this program wrote: {error}");
        io::Error::new(io::ErrorKind::InvalidData, message)
    })?;
    Ok(Place { source: line.source, row: line.row, offset: None })
}
