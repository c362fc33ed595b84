//! Where the fields of a run, and what the database says of it, stand in the rows of a pass.

use crate::database::{StreamRow, UnexpectedCell};
use crate::mapping::StatusMeaning;
use crate::run::Status;
use crate::source::relation::{Pass, PassRows, RunPlaces, StoredRun};
use crate::window::Side;

/// The places of a pass's columns; `None` for what the database does not say.
#[derive(Clone, Debug)]
pub(in crate::observe) struct Places {
    run: RunPlaces,
    sides: Vec<Side>,
    window: Option<usize>,
    in_scope: Option<usize>,
    status: Option<usize>,
    placed: Option<usize>,
}

/// A row of `source_runs`.
pub(super) struct MappedRow<'r> {
    pub(super) side: Side,
    pub(super) in_scope: bool,
    pub(super) meaning: Option<StatusMeaning>,
    pub(super) placed_us: Option<i64>,
    pub(super) row: StoredRun<'r>,
}

impl Places {
    pub(in crate::observe) fn of(pass: &Pass) -> Self {
        Self {
            run: RunPlaces::of(pass),
            sides: pass.sides.clone(),
            window: pass.place_of("window_id"),
            in_scope: pass.place_of("in_scope"),
            status: pass.place_of("status"),
            placed: pass.place_of("placed_us"),
        }
    }

    pub(super) fn is_mapped(&self) -> bool {
        self.run.rows == PassRows::Mapped
    }

    /// The windows that a row may belong to.
    pub(super) fn sides(&self) -> &[Side] {
        &self.sides
    }

    /// A native row; `None` where its start cannot be read and another pass has it.
    pub(super) fn read<'r>(&self, row: &StreamRow<'r>) -> Result<Option<StoredRun<'r>>, UnexpectedCell> {
        self.run.read(row)
    }

    pub(super) fn read_mapped<'r>(&self, row: &StreamRow<'r>) -> Result<MappedRow<'r>, UnexpectedCell> {
        let read = self.run.fields(row)?;
        let meaning = match row.text_at(self.status)? {
            Some("open") => Some(StatusMeaning::Open),
            Some(word) => match Status::from_word(word) {
                Some(status) => Some(StatusMeaning::Is(status)),
                None => return Err(row.unexpected(self.status.unwrap_or(0), "one of the six words")),
            },
            None => None,
        };
        let side = if row.int_at(self.window)? == Some(Side::Baseline.id()) {
            Side::Baseline
        } else {
            Side::Stagger
        };
        let in_scope = row.int_at(self.in_scope)? == Some(1);
        Ok(MappedRow { side, in_scope, meaning, placed_us: row.int_at(self.placed)?, row: read })
    }
}
