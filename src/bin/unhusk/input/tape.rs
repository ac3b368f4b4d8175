//! A buffered reader that can look ahead, knows where it is, and can go back: what is needed to find the next record
//! after a broken one.

use std::fs::File;
use std::io::{self, BufRead, Read, Seek as _, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use memchr::memmem;

/// So many bytes are read at a time.
const CHUNK: usize = 64 * 1024;
/// Where the source cannot be read again, so many bytes are kept to go back to, at most: a page of the greatest length,
/// unless that is set, and its headers.
const KEPT: usize = 65 << 20;

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
    /// What stands from here to `start` in the buffer is kept.
    kept: Option<usize>,
    /// Bytes consumed since the beginning.
    position: u64,
}

impl<R: Read> Tape<R> {
    pub(super) fn new(from: R) -> Tape<R> {
        Tape { from, buffer: Vec::new(), start: 0, kept: None, position: 0 }
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
        self.kept = self.kept.filter(|kept| self.start - kept < KEPT);
        let done = self.kept.unwrap_or(self.start);
        self.buffer.drain(..done);
        self.start -= done;
        self.kept = self.kept.map(|_| 0);
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

    /// Keeps what is consumed from here on, so that it can go back here.
    pub(super) fn keep(&mut self) {
        self.kept = Some(self.start);
    }

    /// Goes back to a position; `false` where that is no longer kept.
    pub(super) fn unread(&mut self, position: u64) -> bool {
        let back = self.position.checked_sub(position).and_then(|back| usize::try_from(back).ok());
        let start = back.and_then(|back| self.start.checked_sub(back));
        match (start, self.kept) {
            (Some(start), Some(kept)) if kept <= start => {
                self.start = start;
                self.position = position;
                true
            }
            _ => false,
        }
    }

    /// Consumes so many bytes, or those before this needle; gives their number.
    pub(super) fn skip(&mut self, count: u64, until: &[u8]) -> io::Result<u64> {
        let end = self.position + count;
        let start = self.position;
        while self.position < end {
            let ahead = self.peek(CHUNK)?;
            let len = ahead.len();
            let found = memmem::find(ahead, until);
            let room = usize::try_from(end - self.position).unwrap_or(usize::MAX);
            // Of a needle at the end of what is read, only the beginning may be there.
            let step = found.unwrap_or(if len < CHUNK { len } else { len + 1 - until.len() });
            self.consume(step.min(room));
            if step == 0 || found.is_some() || len < CHUNK {
                break;
            }
        }
        Ok(self.position - start)
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
    /// Whether it can go back without keeping anything; a file may be a pipe.
    pub(super) fn can_seek(&mut self) -> bool {
        match &mut self.from {
            Raw::File(file, _) => file.stream_position().is_ok(),
            Raw::Stdin(_) => false,
        }
    }

    /// Goes back to a position, if it is kept or the source can; elsewhere it stays.
    pub(super) fn back_to(&mut self, position: u64) {
        if !self.unread(position)
            && let Raw::File(file, _) = &mut self.from
            && file.seek(SeekFrom::Start(position)).is_ok()
        {
            self.buffer.clear();
            self.start = 0;
            self.kept = None;
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
    fn it_goes_back_to_what_it_keeps() {
        let bytes: Vec<u8> = (0..5 * CHUNK).map(|at| at as u8).collect();
        let mut tape = Tape::new(io::Cursor::new(&bytes));
        tape.peek(10).unwrap();
        tape.consume(10);
        assert!(!tape.unread(9));
        tape.keep();
        assert_eq!(
            io::copy(&mut (&mut tape).take(3 * CHUNK as u64), &mut io::sink()).unwrap(),
            3 * CHUNK as u64
        );
        assert!(!tape.unread(9) && !tape.unread(tape.position() + 1));
        assert!(tape.unread(11));
        let mut rest = Vec::new();
        tape.read_to_end(&mut rest).unwrap();
        assert!(rest == bytes[11..]);
    }

    #[test]
    fn it_keeps_no_more_than_it_should() {
        let mut tape = Tape::new(io::repeat(b'.').take(2 * KEPT as u64));
        tape.keep();
        while tape.peek(1).unwrap() != b"" {
            tape.consume(CHUNK);
            assert!(tape.buffer.len() <= KEPT + 2 * CHUNK);
        }
        assert!(!tape.unread(1));
    }

    #[test]
    fn it_skips_up_to_a_needle() {
        for at in [0, 1, CHUNK - 3, CHUNK, 3 * CHUNK - 2] {
            let bytes = [vec![b'.'; at], b"needle and more".to_vec(), vec![b'.'; 2 * CHUNK]].concat();
            for count in [0, at / 2, at, at + 3, bytes.len() + 9] {
                let mut tape = Tape::new(io::Cursor::new(&bytes));
                assert_eq!(
                    tape.skip(count as u64, b"needle").unwrap(),
                    count.min(at) as u64,
                    "{count} of {at}"
                );
            }
            let mut tape = Tape::new(io::Cursor::new(&bytes));
            assert_eq!(tape.skip(bytes.len() as u64, b"thread").unwrap(), bytes.len() as u64);
        }
    }

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
