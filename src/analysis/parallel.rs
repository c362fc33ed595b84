//! One pure function of many jobs, on all cores.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::thread;

/// Below this number of items a thread costs more than it saves.
const WORTH_A_THREAD: usize = 64;

/// `of` every item with its index, in the order of the items, whatever the number of cores.
pub(super) fn map<T: Sync, R: Send>(items: &[T], of: impl Fn(usize, &T) -> R + Sync) -> Vec<R> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    in_parts(items, cores.min(items.len() / WORTH_A_THREAD), of)
}

/// The same in so many parts, each of neighbouring items, at least one.
fn in_parts<T: Sync, R: Send>(items: &[T], parts: usize, of: impl Fn(usize, &T) -> R + Sync) -> Vec<R> {
    let size = items.len().div_ceil(parts.max(1)).max(1);
    let of_part = |(nth, part): (usize, &[T])| -> Vec<R> {
        part.iter().enumerate().map(|(i, item)| of(nth * size + i, item)).collect()
    };
    let mut numbered = items.chunks(size).enumerate();
    let Some(first) = numbered.next() else { return Vec::new() };
    thread::scope(|scope| {
        let others: Vec<_> = numbered.map(|part| scope.spawn(move || of_part(part))).collect();
        let mut all = of_part(first);
        for other in others {
            all.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        all
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_once_and_in_order_however_many_parts() {
        for length in [0_usize, 1, 2, 7, 64, 1_000] {
            let items: Vec<usize> = (0..length).collect();
            let expected: Vec<(usize, usize)> = items.iter().map(|&item| (item, item * 2)).collect();
            for parts in [0, 1, 2, 3, 8, 2_000] {
                assert_eq!(in_parts(&items, parts, |index, item| (index, item * 2)), expected, "{parts}");
            }
            assert_eq!(map(&items, |index, item| (index, item * 2)), expected);
        }
    }
}
