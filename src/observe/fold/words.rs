//! The status words of the stream: what each means, and how many rows of which kind have it.

use std::collections::HashMap;
use std::sync::Arc;

use crate::mapping::{StatusMeaning, StatusWords};
use crate::observe::read::StatusWord;
use crate::window::Side;

type ByWord = HashMap<Box<str>, usize, foldhash::fast::FixedState>;

/// What a row is before anything is counted: a set of the flags below.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Flags(u16);

impl Flags {
    const STAGGER: u16 = 1;
    const IN_SCOPE: u16 = 1 << 1;
    const LATE: u16 = 1 << 2;
    const INSIDE: u16 = 1 << 3;
    const UNPLACED: u16 = 1 << 4;
    const NAMED: u16 = 1 << 5;
    const OBSERVED: u16 = 1 << 6;
    const ZONELESS: u16 = 1 << 7;
    const CLOCK_CHANGE: u16 = 1 << 8;
    const COUNT: usize = 1 << 9;

    pub(super) fn of(side: Side) -> Self {
        Self(if side == Side::Stagger { Self::STAGGER } else { 0 })
    }

    fn with(self, flag: u16, set: bool) -> Self {
        if set { Self(self.0 | flag) } else { self }
    }

    pub(super) fn in_scope(self, set: bool) -> Self {
        self.with(Self::IN_SCOPE, set)
    }

    pub(super) fn late(self, set: bool) -> Self {
        self.with(Self::LATE, set)
    }

    pub(super) fn inside(self, set: bool) -> Self {
        self.with(Self::INSIDE, set)
    }

    pub(super) fn unplaced(self, set: bool) -> Self {
        self.with(Self::UNPLACED, set)
    }

    pub(super) fn named(self, set: bool) -> Self {
        self.with(Self::NAMED, set)
    }

    pub(super) fn observed(self, set: bool) -> Self {
        self.with(Self::OBSERVED, set)
    }

    pub(super) fn zoneless(self, set: bool) -> Self {
        self.with(Self::ZONELESS, set)
    }

    pub(super) fn clock_change(self, set: bool) -> Self {
        self.with(Self::CLOCK_CHANGE, set)
    }

    fn word(self, word: Option<&str>, rows: u64) -> StatusWord {
        let has = |flag| self.0 & flag != 0;
        StatusWord {
            side: if has(Self::STAGGER) { Side::Stagger } else { Side::Baseline },
            word: word.map(str::to_owned),
            in_scope: has(Self::IN_SCOPE),
            other_job: None,
            late: has(Self::LATE),
            inside: has(Self::INSIDE),
            unplaced: has(Self::UNPLACED),
            named: has(Self::NAMED),
            observed: has(Self::OBSERVED),
            zoneless: has(Self::ZONELESS),
            clock_change: has(Self::CLOCK_CHANGE),
            rows,
        }
    }
}

/// The words by their place, which is given as they come. The first place is that of NULL.
#[derive(Debug)]
pub(super) struct Words {
    statuses: Arc<StatusWords>,
    places: ByWord,
    known: Vec<Word>,
    /// The place of the word before, which that of the next most often is.
    last: usize,
}

#[derive(Debug)]
struct Word {
    text: Option<Box<str>>,
    meaning: Option<StatusMeaning>,
    /// Rows by flags; grows with them.
    rows: Vec<u64>,
}

impl Words {
    pub(super) fn new(statuses: Arc<StatusWords>) -> Self {
        let null = Word { text: None, meaning: statuses.meaning(None), rows: Vec::new() };
        Self { statuses, places: ByWord::default(), known: vec![null], last: 0 }
    }

    pub(super) fn place(&mut self, word: Option<&str>) -> usize {
        let Some(word) = word else { return 0 };
        if self.known.get(self.last).is_some_and(|known| known.text.as_deref() == Some(word)) {
            return self.last;
        }
        self.last = match self.places.get(word) {
            Some(place) => *place,
            None => {
                let meaning = self.statuses.meaning(Some(word));
                self.known.push(Word { text: Some(word.into()), meaning, rows: Vec::new() });
                self.places.insert(word.into(), self.known.len() - 1);
                self.known.len() - 1
            }
        };
        self.last
    }

    pub(super) fn meaning(&self, place: usize) -> Option<StatusMeaning> {
        self.known.get(place).and_then(|word| word.meaning)
    }

    pub(super) fn count(&mut self, place: usize, flags: Flags) {
        let Some(word) = self.known.get_mut(place) else { return };
        let flags = usize::from(flags.0);
        if flags >= word.rows.len() {
            word.rows.resize((flags + 1).next_power_of_two().min(Flags::COUNT), 0);
        }
        word.rows[flags] += 1;
    }

    pub(super) fn merge(&mut self, other: Self) {
        for word in other.known {
            let place = self.place(word.text.as_deref());
            let rows = &mut self.known[place].rows;
            rows.resize(rows.len().max(word.rows.len()), 0);
            rows.iter_mut().zip(word.rows).for_each(|(known, more)| *known += more);
        }
    }

    pub(super) fn into_counted(self) -> Vec<StatusWord> {
        let counted = |word: &Word| -> Vec<StatusWord> {
            let flags = (0_u16..).zip(&word.rows).filter(|(_, rows)| **rows > 0);
            flags.map(|(flags, rows)| Flags(flags).word(word.text.as_deref(), *rows)).collect()
        };
        self.known.iter().flat_map(counted).collect()
    }
}
