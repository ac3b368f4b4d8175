//! Bytes with or without gzip around them. A gzip file is a row of members; a WARC file has one for each record, so
//! that the next record can be found after a broken one.

use std::io::{self, BufRead, Read};

use flate2::bufread::GzDecoder;

use super::tape::{Raw, Tape};

/// How a gzip member with deflated data begins.
const GZIP: &[u8] = &[0x1f, 0x8b, 0x08];
/// How a WARC record begins.
pub(super) const WARC: &[u8] = b"WARC/";
/// What ends a record, and begins the next.
pub(super) const NEXT: &[u8] = b"\r\n\r\nWARC/1.";

/// Boxed: a decoder is large, and the state is moved about.
type Member = Box<Tape<GzDecoder<Tape<Raw>>>>;

enum State {
    Plain(Tape<Raw>),
    /// In a member, which begins at this byte.
    Member(Member, u64),
    /// Between members.
    Between(Tape<Raw>),
    /// Where no state is because it is being changed.
    Nowhere,
}

/// A stream of bytes, in segments: the members of a gzip file, or the whole of any other.
pub(super) struct Stream {
    state: State,
    /// Whether reading goes on from one segment to the next by itself.
    joined: bool,
    /// Where the record that is being read begins, in the file or in the member.
    mark: u64,
    /// Whether the file can be read again from anywhere, so that nothing needs to be kept of it.
    can_seek: bool,
    /// Whether the member cannot be read to its end.
    broken: bool,
}

impl Stream {
    pub(super) fn new(raw: Raw) -> io::Result<Stream> {
        let mut tape = Tape::new(raw);
        let can_seek = tape.can_seek();
        let is_gzip = tape.peek(GZIP.len())?.starts_with(GZIP);
        let state = if is_gzip { State::Between(tape) } else { State::Plain(tape) };
        let mut stream = Stream { state, joined: false, mark: 0, can_seek, broken: false };
        stream.advance()?;
        Ok(stream)
    }

    /// Reads all segments as one.
    pub(super) fn join(mut self) -> Stream {
        self.joined = true;
        self
    }

    /// The next bytes of this segment, at least so many unless it ends before.
    pub(super) fn peek(&mut self, count: usize) -> io::Result<&[u8]> {
        match &mut self.state {
            State::Plain(tape) => tape.peek(count),
            State::Member(tape, _) => tape.peek(count).inspect_err(|_| self.broken = true),
            State::Between(_) | State::Nowhere => Ok(&[]),
        }
    }

    /// Where it is in the file: the byte, or the first byte of the gzip member.
    pub(super) fn offset(&self) -> u64 {
        match &self.state {
            State::Plain(tape) | State::Between(tape) => tape.position(),
            State::Member(_, start) => *start,
            State::Nowhere => 0,
        }
    }

    /// A record begins here: this is where [`Stream::recover`] searches from.
    pub(super) fn mark(&mut self) {
        match &mut self.state {
            State::Plain(tape) => {
                self.mark = tape.position();
                if !self.can_seek {
                    tape.keep();
                }
            }
            State::Member(tape, _) => {
                self.mark = tape.position();
                tape.keep();
            }
            State::Between(_) | State::Nowhere => {}
        }
    }

    /// Whether what was read cannot be read again, unless it is kept.
    pub(super) fn flows(&self) -> bool {
        !(self.can_seek && matches!(self.state, State::Plain(_)))
    }

    /// Passes over so many bytes of a record; gives how many it had. Where all flows by, the record ends where another
    /// begins.
    pub(super) fn skip(&mut self, count: u64) -> io::Result<u64> {
        match &mut self.state {
            State::Plain(_) if self.can_seek => io::copy(&mut self.take(count), &mut io::sink()),
            State::Plain(tape) => tape.skip(count, NEXT),
            State::Member(tape, _) => tape.skip(count, NEXT).inspect_err(|_| self.broken = true),
            State::Between(_) | State::Nowhere => Ok(0),
        }
    }

    /// Goes to the next segment; `false` if this is the last.
    pub(super) fn advance(&mut self) -> io::Result<bool> {
        match std::mem::replace(&mut self.state, State::Nowhere) {
            State::Member(member, _) => self.enter(member.into_inner().into_inner()),
            State::Between(tape) => self.enter(tape),
            plain => {
                self.state = plain;
                Ok(false)
            }
        }
    }

    fn enter(&mut self, mut tape: Tape<Raw>) -> io::Result<bool> {
        self.broken = false;
        let next =
            tape.peek(GZIP.len()).map(|bytes| (bytes.starts_with(GZIP), bytes.iter().all(|&b| b == 0)));
        match next {
            Ok((true, _)) => {
                let start = tape.position();
                if !self.can_seek {
                    tape.keep();
                }
                self.state = State::Member(Box::new(Tape::new(GzDecoder::new(tape))), start);
                Ok(true)
            }
            // Nothing, or what some tapes and tools pad with.
            Ok((false, true)) => {
                self.state = State::Between(tape);
                Ok(false)
            }
            Ok((false, false)) => {
                self.state = State::Between(tape);
                Err(io::Error::new(io::ErrorKind::InvalidData, "no gzip member begins here"))
            }
            Err(error) => {
                self.state = State::Between(tape);
                Err(error)
            }
        }
    }

    /// After an error: goes to the next place where a WARC record may begin; `false` if there is none.
    pub(super) fn recover(&mut self) -> io::Result<bool> {
        let (mut tape, start) = match std::mem::replace(&mut self.state, State::Nowhere) {
            State::Plain(mut tape) => {
                tape.back_to(self.mark + 1);
                let found = tape.find(b"\nWARC/");
                tape.consume(1);
                self.state = State::Plain(tape);
                return found;
            }
            State::Member(mut member, start) => {
                // Only a member that can be read holds further records, and ends where the next begins.
                if !self.broken {
                    member.unread(self.mark + 1);
                    match member.find(b"\nWARC/") {
                        Ok(true) => {
                            member.consume(1);
                            self.state = State::Member(member, start);
                            return Ok(true);
                        }
                        Ok(false) => return self.enter(member.into_inner().into_inner()),
                        Err(_) => {}
                    }
                }
                (member.into_inner().into_inner(), start)
            }
            State::Between(tape) => {
                let position = tape.position();
                (tape, position)
            }
            State::Nowhere => return Ok(false),
        };
        tape.back_to(start + 1);
        let found = tape.find(GZIP);
        self.state = State::Between(tape);
        Ok(found? && self.advance()?)
    }
}

impl Read for Stream {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(into)?;
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Stream {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.joined && self.peek(1)?.is_empty() && self.advance()? {}
        self.peek(1)
    }

    fn consume(&mut self, count: usize) {
        match &mut self.state {
            State::Plain(tape) => tape.consume(count),
            State::Member(tape, _) => tape.consume(count),
            State::Between(_) | State::Nowhere => {}
        }
    }
}
