//! Counting by the program: every row once, from one stream, in parts where several connections read.

use std::sync::Arc;

use super::error::ObserveError;
use super::fold::{self, Folded, Intake, IntakeRules, Places};
use super::parameters::Found;
use super::{Observer, queries, way};
use crate::database::{DatabaseError, Session, StreamPart, StreamRow, Taker};
use crate::observation::Coverage;
use crate::observation::ordinary::Stretch;
use crate::source::mapping::Native;
use crate::source::relation::{Numbers, Pass, ReadRange};
use crate::window::Period;

/// Parts for each connection, so that none waits long for the others.
const PARTS_EACH: i64 = 4;

/// What one connection takes in.
struct Scanner {
    intake: Intake,
    places: Arc<[Places]>,
    rows: u64,
    most_rows: u64,
}

impl Taker for Scanner {
    type Error = ObserveError;

    fn take(&mut self, pass: usize, row: &StreamRow<'_>) -> Result<(), ObserveError> {
        self.rows += 1;
        if self.rows > self.most_rows {
            return Err(ObserveError::TooManyRuns { limit: way::MOST_SCANNED });
        }
        let Some(places) = self.places.get(pass) else { return Ok(()) };
        self.intake.take(places, row).map_err(DatabaseError::from)?;
        way::check_jobs(self.intake.jobs())
    }
}

impl Observer<'_> {
    pub(super) async fn scan(
        &self,
        session: &mut Session,
        coverage: Coverage,
    ) -> Result<Folded, ObserveError> {
        let intake = self.taken_in(session, coverage).await?;
        let (settings, buckets) = (self.relation.settings.clone(), self.parameters().trend_buckets_us());
        let counted = move || fold::count(intake, &settings, &buckets);
        Ok(session.computed(queries::SCAN.name, counted).await?)
    }

    /// What was seen of each job in each of `periods`, which are the observed parts of the stagger window.
    pub(super) async fn scan_outlines(
        &self,
        session: &mut Session,
        coverage: Coverage,
        periods: Vec<Period>,
    ) -> Result<Vec<Stretch>, ObserveError> {
        let intake = self.taken_in(session, coverage).await?;
        Ok(session.computed(queries::SCAN.name, move || fold::outlines(intake, &periods)).await?)
    }

    async fn taken_in(&self, session: &mut Session, coverage: Coverage) -> Result<Intake, ObserveError> {
        let query = queries::SCAN;
        let ranges = self.relation.read_by(&query, &self.ranges);
        let passes = self.relation.passes(&query, &self.ranges);
        let basis = Arc::new(IntakeRules::new(&self.relation, &self.windows, &ranges, &self.punctual));
        let places: Arc<[Places]> = passes.iter().map(Places::of).collect();
        let parts = self.parts(session, &passes, &ranges, coverage).await?;
        let connections = if parts.len() > passes.len() { self.connections } else { 1 };
        let scanners = (0..connections).map(|_| Scanner {
            intake: Intake::new(&basis),
            places: Arc::clone(&places),
            rows: 0,
            most_rows: way::MOST_SCANNED,
        });
        let shown = self.statement(&query, &Found::default());
        let scanned = session.read_parts(query.name, shown, parts, scanners.collect()).await?;
        joined(scanned)
    }

    /// The passes, those of started rows in parts where most of the table is read anyway.
    async fn parts(
        &self,
        session: &mut Session,
        passes: &[Pass],
        ranges: &[ReadRange],
        coverage: Coverage,
    ) -> Result<Vec<StreamPart>, DatabaseError> {
        let whole = |(number, pass): (usize, &Pass)| StreamPart {
            statement: pass.statement(),
            columns: pass.columns.clone().into(),
            pass: number,
        };
        let Native::Table(table) = &self.relation.mapping.rows else {
            return Ok(passes.iter().enumerate().map(whole).collect());
        };
        let most_of_it =
            reads_most(ranges, coverage) && passes.iter().filter(|pass| pass.can_be_cut()).count() == 1;
        let numbers = if most_of_it { session.numbers(table).await? } else { None };
        let mut parts = Vec::new();
        for (number, pass) in passes.iter().enumerate() {
            let part = whole((number, pass));
            match numbers.filter(|_| pass.can_be_cut()) {
                Some(numbers) => parts.extend(self.cuts(numbers).into_iter().map(|numbers| StreamPart {
                    statement: pass.part(self.relation.dialect, numbers),
                    ..part.clone()
                })),
                None => parts.push(part),
            }
        }
        Ok(parts)
    }

    /// Parts of about the same size, open at either end.
    fn cuts(&self, (first, end): (i64, i64)) -> Vec<Numbers> {
        let wanted = i64::try_from(self.connections).unwrap_or(1).saturating_mul(PARTS_EACH);
        let count = end.saturating_sub(first).clamp(1, wanted.max(1));
        let length = end.saturating_sub(first) / count + 1;
        let cut = |nth: i64| Some(first + nth * length).filter(|_| 0 < nth && nth < count);
        (0..count).map(|nth| (cut(nth), cut(nth + 1))).collect()
    }
}

/// Whether the ranges are at least a quarter of what the table holds.
fn reads_most(ranges: &[ReadRange], coverage: Coverage) -> bool {
    let (Some(first), Some(last)) = (coverage.first_started, coverage.last_started) else { return false };
    let inside = |range: &ReadRange| range.until.min(last).since(range.from.max(first)).us().max(0);
    ranges.iter().map(inside).sum::<i64>() >= last.since(first).us() / 4
}

/// What all connections took in, as if one had.
fn joined(scanned: Vec<Scanner>) -> Result<Intake, ObserveError> {
    let mut scanned = scanned.into_iter();
    let Some(Scanner { mut intake, mut rows, .. }) = scanned.next() else {
        return Err(ObserveError::TooManyRuns { limit: 0 });
    };
    for other in scanned {
        rows += other.rows;
        intake.absorb(other.intake);
    }
    if rows > way::MOST_SCANNED {
        return Err(ObserveError::TooManyRuns { limit: way::MOST_SCANNED });
    }
    way::check_jobs(intake.jobs())?;
    Ok(intake)
}
