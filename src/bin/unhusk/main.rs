//! The program `unhusk`: pages in, what their authors wrote out.
#![forbid(unsafe_code)]
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::string_slice,
        clippy::panic
    )
)]

mod args;
mod columns;
mod explain;
mod favour;
mod input;
mod output;
mod pipeline;
mod record;
mod tell;
mod work;

use std::fs;
use std::io::{self, ErrorKind, IsTerminal as _};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;

use clap::{CommandFactory as _, Parser as _};

use args::{Args, Format};
use input::{Found, Place, Reading, STDIN};
use output::{Output, Refused};
use tell::Teller;
use work::Work;

/// Some pages could not be extracted.
const SOME_FAILED: u8 = 1;
/// The command line is wrong; this is clap's own.
const USAGE: u8 = 2;
/// The output could not be written.
const NOT_WRITTEN: u8 = 3;
/// What shells give for a program ended by SIGINT.
const INTERRUPTED: u8 = 130;

fn main() -> ExitCode {
    let args = Args::parse();
    let written = if let Some(shell) = args.completions {
        clap_complete::generate(shell, &mut Args::command(), "unhusk", &mut io::stdout());
        Ok(())
    } else if args.man {
        clap_mangen::Man::new(Args::command()).render(&mut io::stdout())
    } else {
        return ExitCode::from(run(args));
    };
    if written.is_ok() { ExitCode::SUCCESS } else { ExitCode::from(NOT_WRITTEN) }
}

fn run(mut args: Args) -> u8 {
    if args.inputs.is_empty() {
        if io::stdin().is_terminal() {
            let _ = Args::command().print_help();
            return USAGE;
        }
        args.inputs.push(PathBuf::from(STDIN));
    }
    let format = args.format.or_else(|| Format::of(args.out.as_deref()?)).unwrap_or(Format::Text);
    let colours = args.out.is_none() && io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let work = match Work::new(&args, format, colours) {
        Ok(work) => work,
        Err(message) => return refuse(&message, USAGE),
    };
    let mut found = input::expand(&args.inputs);
    if found.is_empty() {
        return refuse("there are no pages in these folders", USAGE);
    }
    let reading =
        Reading { packing: args.input.into(), limit: args.max_bytes, read: Arc::new(AtomicU64::new(0)) };
    let mut teller = Teller::new(size(&found), Arc::clone(&reading.read));

    let Output { mut sink, after, is_done } = match output::open(&args, format, &work, found.len() != 1) {
        Ok(output) => output,
        Err(Refused::Usage(message)) => return refuse(&message, USAGE),
        Err(Refused::Io(path, error)) => return refuse(&format!("{}: {error}", path.display()), NOT_WRITTEN),
    };
    if let Some(place) = &after
        && let Err(message) = pass_over(&mut found, place)
    {
        return refuse(&message, USAGE);
    }
    let items = input::items(found, reading).filter(move |item| !is_done(item.place()));

    let stop = stop_on_signals();
    let jobs = args.jobs.or_else(|| thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN);
    let written = pipeline::run(items, Arc::new(work), jobs, &stop, |outcome| {
        teller.count(&outcome);
        sink.write(outcome)
    });
    let written = written.and_then(|()| sink.finish());
    teller.finish();
    match written {
        // A reader that has seen enough, such as `head`.
        Err(error) if error.kind() == ErrorKind::BrokenPipe && args.out.is_none() => 0,
        Err(error) => {
            let to = args.report.or(args.out);
            let to = to.as_deref().map_or("standard output".into(), Path::to_string_lossy);
            refuse(&format!("{to}: {error}; the rest was not done"), NOT_WRITTEN)
        }
        Ok(()) if stop.load(Ordering::Relaxed) => {
            eprintln!("interrupted: what was finished is written");
            INTERRUPTED
        }
        Ok(()) if teller.failed > 0 => SOME_FAILED,
        Ok(()) => 0,
    }
}

fn refuse(message: &str, code: u8) -> u8 {
    eprintln!("error: {message}");
    code
}

/// Bytes of all files; `None` with standard input among them.
fn size(found: &[Found]) -> Option<u64> {
    let size = |found: &Found| match found {
        Ok(path) if path.as_os_str() == STDIN => None,
        Ok(path) => Some(fs::metadata(path).map_or(0, |metadata| metadata.len())),
        Err(_) => Some(0),
    };
    // Only a bar wants to know, and files are many.
    if io::stderr().is_terminal() { found.iter().map(size).sum() } else { None }
}

/// Leaves out the files that an earlier run was through with.
fn pass_over(found: &mut Vec<Found>, place: &Place) -> Result<(), String> {
    let is_it = |found: &Found| match found {
        Ok(path) | Err((path, _)) => path.to_string_lossy() == place.source,
    };
    let Some(at) = found.iter().position(is_it) else {
        return Err(format!("the output ends with {:?}, which is not among the inputs", place.source));
    };
    found.drain(..at);
    Ok(())
}

/// On the first signal what is begun is finished; on the second the program ends at once.
fn stop_on_signals() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let signalled = Arc::clone(&stop);
    // Without a handler, the signal ends the program as it does any other.
    let _ = ctrlc::set_handler(move || {
        if signalled.swap(true, Ordering::Relaxed) {
            std::process::exit(i32::from(INTERRUPTED));
        }
    });
    stop
}
