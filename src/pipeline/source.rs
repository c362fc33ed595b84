//! A source made ready to be read: what report, explain, sql and doctor share.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::error::PipelineError;
use super::reading::{CloseLook, Keep, SourceReading};
use super::samples;
use crate::analysis::Analysis;
use crate::analysis::schedule::punctuality::punctual_jobs;
use crate::analysis::statistics::matched_pairs::MatchedPairs;
use crate::cancellation::{Cancellation, Deadline};
use crate::clock::{Stopwatch, Timestamp};
use crate::database::damage::ALWAYS_CHECKED_BYTES;
use crate::database::session::Limits;
use crate::database::{Connection, Dialect, Executed, Session, TableName};
use crate::mapping::KnownSource;
use crate::measure::measure;
use crate::observation::counting::CountingSettings;
use crate::observation::{Coverage, Observations, SchedulerJob};
use crate::observe::{Observer, Volume, Way, WayBasis};
use crate::report::assemble::rows_left_out;
use crate::report::model::{
    ExecutionBasis, OtherMapping, RecognisedSource, SourceFacts, TimeZoneBasis, TimeZoneFacts,
};
use crate::settings::windows::{WindowError, choose};
use crate::settings::{Location, MappingChoice, Policy, Question, SourceSettings};
use crate::source::files::{LoadedFiles, read_files};
use crate::source::mapping::{MainColumn, Mapping, MappingError, ZoneBasis};
use crate::source::recognition::{Recognised, locate, recognise};
use crate::source::relation::Relation;
use crate::source::scheduler_jobs::scheduler_jobs;
use crate::window::{Exclusion, PerSide, Side, Window};

/// Rows that are read from end to end unasked.
pub const MOST_ROWS_WITHOUT_INDEX: u64 = 1_000_000;

/// Rows from which two connections read a table sooner than one.
const LARGE_ROWS: u64 = 200_000;

/// How a question is put to its sources.
#[derive(Clone, Copy)]
pub(super) struct Inquiry<'a> {
    pub(super) question: &'a Arc<Question>,
    pub(super) policy: Policy,
    pub(super) keep: Keep,
    pub(super) look: CloseLook,
    pub(super) cancellation: &'a Cancellation,
    /// For everything up to the report.
    pub(super) deadline: Deadline,
}

pub(super) struct Source<'a> {
    pub(super) session: Session,
    pub(super) table: Table<'a>,
}

/// What is known of a table before its runs are read.
pub(super) struct Table<'a> {
    pub(super) question: &'a Question,
    pub(super) counting: CountingSettings,
    pub(super) mapping: Mapping,
    recognised: Option<RecognisedSource>,
    /// About how many rows it has; `None` where the database does not know.
    pub(super) estimated_rows: Option<u64>,
    pub(super) dialect: Dialect,
    pub(super) as_of: Timestamp,
    pub(super) as_of_is_clock: bool,
    pub(super) coverage: Coverage,
    /// Stretches of the time before of which nothing is known: earlier days that touch one are left out.
    pub(super) gaps: Vec<Exclusion>,
}

/// What was seen, and how it was counted.
pub(super) struct Observed {
    pub(super) observations: Observations,
    /// What was concluded while the snapshot was there: where both windows were read in it.
    pub(super) analysis: Option<Box<Analysis>>,
    matched: BTreeMap<String, MatchedPairs>,
    way: Way,
    basis: WayBasis,
}

/// A mapping that fits, and how it was chosen.
pub(super) struct Fitted {
    pub(super) mapping: Mapping,
    /// `None` where it was named, and for jobdelta's own table.
    pub(super) recognised: Option<RecognisedSource>,
}

impl Fitted {
    /// # Errors
    /// When no mapping fits.
    pub(super) async fn of(choice: &MappingChoice, session: &mut Session) -> Result<Self, MappingError> {
        let settings = choice.unseen().map_err(MappingError::Known)?;
        if let MappingChoice::Named(_) = choice {
            let known = choice.known().map_err(MappingError::Known)?.into_iter().next();
            let mapping = match known {
                Some(known) => locate(known, session).await?,
                None => Mapping::resolve(&settings, session).await?,
            };
            return Ok(Self { mapping, recognised: None });
        }
        let (mapping, recognised) = recognise(&settings, || choice.known(), session).await?;
        Ok(Self { mapping, recognised: recognised.map(recognised_source) })
    }
}

fn recognised_source(Recognised { source, others, schema }: Recognised) -> RecognisedSource {
    let other = |known: KnownSource| OtherMapping {
        name: known.mapping.name,
        reads: known.variant.unwrap_or_default(),
    };
    let others = others.into_iter().map(other).collect();
    RecognisedSource { product: source.product, versions: source.versions, schema, others }
}

impl<'a> Inquiry<'a> {
    /// Its time counts from here.
    pub(super) fn new(
        question: &'a Arc<Question>,
        policy: Policy,
        keep: Keep,
        cancellation: &'a Cancellation,
    ) -> Self {
        let (look, deadline) = (CloseLook::Changes, Deadline::after(policy.max_time));
        Self { question, policy, keep, look, cancellation, deadline }
    }

    /// Seasons are looked at, not changes.
    pub(super) fn at_seasons(self) -> Self {
        Self { look: CloseLook::Seasons, ..self }
    }

    /// Connects, maps, and looks at the clock and at the first and last start. Without `as_of` the
    /// server's clock says up to when rows are looked at.
    pub(super) async fn open(
        self,
        from: &SourceSettings,
        as_of: Option<Timestamp>,
    ) -> Result<Source<'a>, PipelineError> {
        let (mut session, mapping) = self.connect(from).await?;
        session.check_sound(ALWAYS_CHECKED_BYTES).await?;
        let fitted = Fitted::of(&mapping, &mut session).await?;
        self.look(session, fitted, as_of).await
    }

    /// A session over a connection of one's own.
    pub(super) async fn begin(self, connection: Connection) -> Result<Session, PipelineError> {
        let lock_time = Limits::default().lock_time;
        Ok(Session::begin(self.cancellation, self.deadline, connection, lock_time).await?)
    }

    /// The session, and how a mapping for it is chosen: that of files is known once they are read.
    pub(super) async fn connect(
        self,
        from: &SourceSettings,
    ) -> Result<(Session, MappingChoice), PipelineError> {
        let Self { cancellation, deadline, .. } = self;
        let lock_time = Limits::default().lock_time;
        let (mut session, choice) = match &from.location {
            Location::Database(url) => {
                let session = Session::open_until(cancellation, deadline, url, lock_time).await?;
                (session, from.mapping.clone())
            }
            Location::Files(files) => {
                let columns = from.mapping.of_files();
                let LoadedFiles { connection, mapping } = tokio::select! {
                    loaded = read_files(files, &columns) => loaded?,
                    () = cancellation.cancelled() => return Err(PipelineError::Cancelled),
                    () = deadline.passed() => return Err(PipelineError::over_limit("reading the files", deadline)),
                };
                let session = Session::begin(cancellation, deadline, connection, lock_time).await?;
                (session, MappingChoice::Named(mapping))
            }
        };
        if self.keep == Keep::Rows {
            session.keep_rows();
        }
        Ok((session, choice))
    }

    /// About how many rows there are. A large table without an index for its windows is not read from end to
    /// end unasked.
    async fn size(self, mapping: &Mapping, session: &mut Session) -> Result<Option<u64>, PipelineError> {
        let Some(MainColumn { table, column, is_key }) = &mapping.main else { return Ok(None) };
        let estimate = session.estimated_rows(table).await?;
        let rows = estimate.filter(|rows| *rows > MOST_ROWS_WITHOUT_INDEX);
        match rows.filter(|_| !is_key && !self.policy.allow_full_scan) {
            Some(rows) if !session.leading_columns(table).await?.contains(column) => {
                let index = create_index(table, column, session.dialect());
                Err(PipelineError::FullScan { table: table.to_string(), rows, column: column.clone(), index })
            }
            _ => Ok(estimate),
        }
    }

    /// The same without a look at any run: what is known of the table before its first query.
    pub(super) async fn ready(
        self,
        from: &SourceSettings,
        as_of: Option<Timestamp>,
    ) -> Result<Source<'a>, PipelineError> {
        let (mut session, choice) = self.connect(from).await?;
        let fitted = Fitted::of(&choice, &mut session).await?;
        self.sized(session, fitted, as_of).await
    }

    pub(super) async fn look(
        self,
        session: Session,
        fitted: Fitted,
        as_of: Option<Timestamp>,
    ) -> Result<Source<'a>, PipelineError> {
        let Source { mut session, mut table } = self.sized(session, fitted, as_of).await?;
        table.coverage = Observer::coverage(&table.relation(), &mut session).await?;
        Ok(Source { session, table })
    }

    async fn sized(
        self,
        mut session: Session,
        fitted: Fitted,
        as_of: Option<Timestamp>,
    ) -> Result<Source<'a>, PipelineError> {
        let as_of_is_clock = as_of.is_none();
        let as_of = match as_of {
            Some(at) => at,
            None => session.clock().await?,
        };
        let estimated_rows = self.size(&fitted.mapping, &mut session).await?;
        let table = Table::unseen(self.question, fitted.mapping, session.dialect(), as_of);
        let table = Table { as_of_is_clock, recognised: fitted.recognised, estimated_rows, ..table };
        Ok(Source { session, table })
    }
}

impl<'a> Table<'a> {
    pub(super) fn volume(&self) -> Volume {
        Volume { rows: self.estimated_rows, is_local: self.mapping.is_local }
    }

    /// A table that nobody has looked at yet.
    pub(super) fn unseen(
        question: &'a Question,
        mapping: Mapping,
        dialect: Dialect,
        as_of: Timestamp,
    ) -> Self {
        let coverage = Coverage::default();
        let counting = question.counting();
        Self {
            question,
            counting,
            mapping,
            recognised: None,
            estimated_rows: None,
            dialect,
            as_of,
            as_of_is_clock: false,
            coverage,
            gaps: Vec::new(),
        }
    }

    /// The windows that were asked for, where both are read from this table.
    pub(super) fn windows(&self) -> Result<PerSide<Window>, WindowError> {
        choose(&self.question.windows, self.as_of, self.coverage.first_started, &self.question.exclusions)
    }

    /// The scheduler, where its table was recognised.
    pub(super) fn product(&self) -> Option<&str> {
        self.recognised.as_ref().map(|recognised| recognised.product.as_str())
    }

    pub(super) fn observer(&self, windows: PerSide<Window>) -> Observer<'_> {
        let punctual = punctual_jobs(&self.question.jobs, &windows, &self.question.analysis);
        Observer::new(self.relation(), windows, punctual)
    }

    pub(super) fn relation(&self) -> Relation<'_> {
        let Self { mapping, dialect, counting, as_of, as_of_is_clock, .. } = self;
        let (dialect, as_of, as_of_is_clock) = (*dialect, *as_of, *as_of_is_clock);
        Relation { mapping, dialect, settings: counting, as_of, as_of_is_clock }
    }
}

/// An index has a name, which `SQLite` qualifies in place of the table's.
pub(super) fn create_index(table: &TableName, column: &str, dialect: Dialect) -> String {
    let index = TableName { schema: None, name: format!("{}_{column}", table.name) };
    let (index, table) = match dialect {
        Dialect::Sqlite => {
            let index = TableName { schema: table.schema.clone(), ..index };
            (index, TableName { schema: None, ..table.clone() })
        }
        _ => (index, table.clone()),
    };
    let column = dialect.identifier(column);
    format!("CREATE INDEX {} ON {} ({column})", index.quoted(dialect), table.quoted(dialect))
}

/// What is known of the times' zone. Text is seen to have its offsets, or not.
fn time_zone(basis: ZoneBasis, observations: &Observations) -> TimeZoneFacts {
    let zoneless = || Side::BOTH.into_iter().any(|side| observations.get(side).rows_zoneless > 0);
    let (name, basis) = match basis {
        ZoneBasis::Declared(zone) => (zone.name(), TimeZoneBasis::Declared),
        ZoneBasis::Assumed => ("UTC", TimeZoneBasis::Assumed),
        ZoneBasis::OffsetOrAssumed if zoneless() => ("UTC", TimeZoneBasis::Assumed),
        ZoneBasis::OffsetOrAssumed | ZoneBasis::Instants => ("UTC", TimeZoneBasis::Recorded),
    };
    TimeZoneFacts { name: name.to_owned(), basis }
}

const fn execution_basis(basis: WayBasis) -> ExecutionBasis {
    match basis {
        WayBasis::Asked => ExecutionBasis::Asked,
        WayBasis::Small => ExecutionBasis::Small,
        WayBasis::Large => ExecutionBasis::Large,
        WayBasis::UnknownSize => ExecutionBasis::UnknownSize,
        WayBasis::Distributed => ExecutionBasis::Distributed,
    }
}

/// Whether neither window is from elsewhere.
fn windows_are_both_read(windows: &PerSide<Window>) -> bool {
    windows.iter().all(|window| !window.observed.is_empty())
}

impl Source<'_> {
    pub(super) async fn read(
        mut self,
        inquiry: Inquiry<'_>,
        windows: PerSide<Window>,
    ) -> Result<SourceReading, PipelineError> {
        let observed = self.observe(inquiry, windows).await?;
        self.concluded(inquiry, observed, Vec::new()).await
    }

    /// The windows, the same hours of earlier days, and what changed, looked at closely.
    pub(super) async fn observe(
        &mut self,
        inquiry: Inquiry<'_>,
        windows: PerSide<Window>,
    ) -> Result<Observed, PipelineError> {
        let policy = inquiry.policy;
        let connections = self.connections(policy);
        let observer = self.table.observer(windows).with_connections(connections);
        let (way, basis) = Way::of(policy.execution, self.table.volume());
        let watch = Stopwatch::start();
        let mut observations = observer.observe(&mut self.session, self.table.coverage, way).await?;
        if !windows_are_both_read(&observations.windows) {
            return Ok(Observed { observations, analysis: None, matched: BTreeMap::new(), way, basis });
        }
        observations.ordinary =
            Box::pin(self.ordinary_days(&observations.windows, way, watch.elapsed(), connections)).await?;
        if inquiry.look == CloseLook::Seasons {
            let (observations, matched) =
                Box::pin(self.seasons(inquiry, observations, watch.elapsed())).await?;
            return Ok(Observed { observations, analysis: None, matched, way, basis });
        }
        let (observations, analysis) =
            Box::pin(self.analysed(inquiry, observations, watch.elapsed())).await?;
        let analysis = Some(Box::new(analysis));
        Ok(Observed { observations, analysis, matched: BTreeMap::new(), way, basis })
    }

    /// What else is read of the source, beside what was observed of it: here, or by `others` elsewhere.
    pub(super) async fn concluded(
        mut self,
        inquiry: Inquiry<'_>,
        observed: Observed,
        others: Vec<Executed>,
    ) -> Result<SourceReading, PipelineError> {
        let Observed { mut observations, analysis, matched, way, basis } = observed;
        let mut limits = self.table.mapping.limits.clone();
        let mut source = self.facts(&observations, way, execution_basis(basis));
        source.rows_read += others.iter().map(|query| query.rows).sum::<u64>();
        // Boxed, since few reports need it and all would carry it.
        Box::pin(self.measure(&mut observations, inquiry)).await?;
        // The last query: where it fails, the snapshot of PostgreSQL is of no more use.
        let scheduler = self.scheduler_jobs().await.unwrap_or_else(|note| {
            limits.known.push(note);
            None
        });
        let mut executed = self.session.into_executed();
        executed.extend(others);
        let gaps = Vec::new();
        Ok(SourceReading { observations, analysis, matched, source, limits, scheduler, executed, gaps })
    }

    /// Measures what is declared beside the runs, in the windows that are read here.
    async fn measure(
        &mut self,
        observations: &mut Observations,
        inquiry: Inquiry<'_>,
    ) -> Result<(), PipelineError> {
        let Inquiry { question, cancellation, deadline, .. } = inquiry;
        let kpis = question.sampled();
        let windows = observations.windows.clone();
        let kept = samples::kept(question, &self.session.place(), &windows).await?;
        let measured = measure(kpis, &kept, &windows, &mut self.session, cancellation, deadline).await?;
        observations.baseline.samples = measured.baseline;
        observations.stagger.samples = measured.stagger;
        Ok(())
    }

    /// The scheduler's own list of jobs; `None` where the mapping knows none.
    ///
    /// # Errors
    /// When it cannot be read: a sentence.
    pub(super) async fn scheduler_jobs(&mut self) -> Result<Option<Vec<SchedulerJob>>, String> {
        let Some(query) = &self.table.mapping.job_list else { return Ok(None) };
        let jobs = scheduler_jobs(query, &mut self.session).await;
        jobs.map(Some).map_err(|error| format!("the scheduler's own list of jobs cannot be read: {error}"))
    }

    /// How many connections read at once: two of a large table, unless it was said.
    fn connections(&self, policy: Policy) -> usize {
        let large = self.table.estimated_rows.is_some_and(|rows| rows >= LARGE_ROWS);
        policy.connections.unwrap_or(if large { 2 } else { 1 })
    }

    fn facts(&self, observations: &Observations, way: Way, basis: ExecutionBasis) -> SourceFacts {
        let (rows_out_of_scope, rows_after_as_of, rows_unplaced) = rows_left_out(observations);
        SourceFacts {
            database: self.session.dialect().family().to_owned(),
            identity: self.session.identity().to_owned(),
            server_version: self.session.server_version().to_owned(),
            preset: self.table.mapping.name.clone(),
            recognised: self.table.recognised.clone(),
            execution: way.name().to_owned(),
            execution_basis: Some(basis),
            rows_read: self.session.executed().iter().map(|query| query.rows).sum(),
            rows_out_of_scope,
            rows_after_as_of,
            rows_unplaced,
            history: None,
            time_zone: Some(time_zone(self.table.mapping.zone_basis(), observations)),
        }
    }
}
