//! One thread reads, several extract, and this one writes, in the order of the input.
//!
//! What is between reading and writing is bounded, so that the size of the input does not matter.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crate::input::Item;
use crate::work::{Outcome, Work};

/// So many pages for each thread are begun and not yet written, at most. A page that takes long then keeps no
/// thread waiting.
const BEGUN: usize = 64;
/// So many for each thread are read and not yet begun, at most: these are held whole.
const READ: usize = 4;

/// How often it is looked whether to stop while there is nothing to write.
const PATIENCE: Duration = Duration::from_millis(50);

type Task = (Item, SyncSender<Outcome>);

/// Works on all items and writes each outcome in order. Once `stop` is set no further item is begun, and what is
/// begun is still written. An error of `write` ends it.
pub(crate) fn run<E>(
    items: impl Iterator<Item = Item> + Send + 'static,
    work: Arc<Work>,
    jobs: NonZeroUsize,
    stop: &Arc<AtomicBool>,
    mut write: impl FnMut(Outcome) -> Result<(), E>,
) -> Result<(), E> {
    let (to_workers, tasks) = sync_channel::<Task>(jobs.get() * READ);
    let (to_writer, begun) = sync_channel::<Receiver<Outcome>>(jobs.get() * BEGUN);
    let tasks = Arc::new(Mutex::new(tasks));
    for _ in 0..jobs.get() {
        let (tasks, work) = (Arc::clone(&tasks), Arc::clone(&work));
        thread::spawn(move || {
            loop {
                let next = tasks.lock().unwrap_or_else(PoisonError::into_inner).recv();
                let Ok((item, done)) = next else { return };
                // Nobody waits for it once writing has failed.
                let _ = done.send(work.of(item));
            }
        });
    }
    // The threads are left to themselves: one that waits for standard input cannot be told to stop.
    let stopped = Arc::clone(stop);
    thread::spawn(move || {
        for item in items {
            let (done, outcome) = sync_channel(1);
            let is_over = stopped.load(Ordering::Relaxed)
                || to_writer.send(outcome).is_err()
                || to_workers.send((item, done)).is_err();
            if is_over {
                return;
            }
        }
    });
    loop {
        match begun.recv_timeout(PATIENCE) {
            Ok(outcome) => match outcome.recv() {
                Ok(outcome) => write(outcome)?,
                // Its item was never begun.
                Err(_) => return Ok(()),
            },
            Err(RecvTimeoutError::Disconnected) => return Ok(()),
            Err(RecvTimeoutError::Timeout) if stop.load(Ordering::Relaxed) => return Ok(()),
            Err(RecvTimeoutError::Timeout) => {}
        }
    }
}
