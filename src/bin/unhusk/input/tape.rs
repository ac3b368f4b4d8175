//! A buffered reader that can look ahead, knows where it is, and in a file can go back: what is needed to find the
//! next record after a broken one.

use std::fs::File;
use std::io::{self, BufRead, Read, Seek as _, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use memchr::memmem;

/// So many bytes are read at a time.
const CHUNK: usize = 64 * 1024;

/// What bytes come from.
pub(super) enum Raw {
    /// A file, of which a progress bar wants to know how much was read.
    File(File, Arc<AtomicU64>),
    /// Standard input.
    Stdin(io::Stdin),
}

impl Read for Raw {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self {
            Raw::File(file, read) => {
                let count = file.read(into)?;
                read.fetch_add(count as u64, Ordering::Relaxed);
                Ok(count)
            }
            Raw::Stdin(stdin) => stdin.read(into),
        }
    }
}

/// The reader.
pub(super) struct Tape<R> {
    from: R,
    buffer: Vec<u8>,
    /// The buffer's first byte that was not consumed.
    start: usize,
    /// Bytes consumed since the beginning.
    position: u64,
}

impl<R: Read> Tape<R> {
    pub(super) fn new(from: R) -> Tape<R> {
        Tape { from, buffer: Vec::new(), start: 0, position: 0 }
    }

    pub(super) fn position(&self) -> u64 {
        self.position
    }

    pub(super) fn into_inner(self) -> R {
        self.from
    }

    fn ahead(&self) -> &[u8] {
        self.buffer.get(self.start..).unwrap_or_default()
    }

    /// Reads on; `false` at the end.
    fn fill(&mut self) -> io::Result<bool> {
        self.buffer.drain(..self.start);
        self.start = 0;
        let filled = self.buffer.len();
        self.buffer.resize(filled + CHUNK, 0);
        let count = loop {
            match self.from.read(self.buffer.get_mut(filled..).unwrap_or_default()) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => break other,
            }
        };
        self.buffer.truncate(filled + *count.as_ref().unwrap_or(&0));
        Ok(count? > 0)
    }

    /// The next bytes, at least so many unless the end comes before.
    pub(super) fn peek(&mut self, count: usize) -> io::Result<&[u8]> {
        while self.ahead().len() < count && self.fill()? {}
        Ok(self.ahead())
    }

    /// Goes to the next place where these bytes stand; `false` if there is none.
    pub(super) fn find(&mut self, needle: &[u8]) -> io::Result<bool> {
        loop {
            let ahead = self.peek(CHUNK)?;
            let len = ahead.len();
            if let Some(at) = memmem::find(ahead, needle) {
                self.consume(at);
                return Ok(true);
            }
            if len < CHUNK {
                self.consume(len);
                return Ok(false);
            }
            self.consume(len + 1 - needle.len());
        }
    }
}

impl Tape<Raw> {
    /// Goes back to a position, where the source can; elsewhere it stays.
    pub(super) fn back_to(&mut self, position: u64) {
        if let Raw::File(file, _) = &mut self.from
            && file.seek(SeekFrom::Start(position)).is_ok()
        {
            self.buffer.clear();
            self.start = 0;
            self.position = position;
        }
    }
}

impl<R: Read> Read for Tape<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(into)?;
        self.consume(count);
        Ok(count)
    }
}

impl<R: Read> BufRead for Tape<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.peek(1)
    }

    fn consume(&mut self, count: usize) {
        let count = count.min(self.ahead().len());
        self.start += count;
        self.position += count as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_finds_what_lies_across_two_reads() {
        for at in [0, 1, CHUNK - 3, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK - 2] {
            let mut bytes = vec![b'.'; at];
            bytes.extend(b"needle and more");
            let mut tape = Tape::new(io::Cursor::new(bytes));
            assert!(tape.find(b"needle").unwrap(), "at {at}");
            assert_eq!(tape.position(), at as u64);
            assert!(tape.peek(6).unwrap().starts_with(b"needle"));
            tape.consume(1);
            assert!(!tape.find(b"needle").unwrap());
        }
    }
}
