//! What all requests share.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use quick_cache::Weighter;
use quick_cache::sync::Cache;

use super::access::Admission;
use super::catalogue::Catalogue;
use super::counters::{Counters, ReportPhase};
use super::entry::Entry;
use super::error::{HttpError, StartError};
use super::finished::{Finished, Rendered, Shape, file, framed};
use super::flight::Flights;
use super::frame::frame;
use super::log::Log;
use super::options::ServiceOptions;
use super::parameters::QueryParameters;
use crate::clock::{Clock, Stopwatch, Timestamp};
use crate::judgement::DecisionVerdict;
use crate::legible;
use crate::render::view::View;
use crate::render::{Format, RenderError};
use crate::settings::{Delivery, Redaction};
use crate::store::checkpoints::CheckpointStore;
use crate::store::links::LinkStore;

/// Renderings in memory, in bytes.
const MEMORY: u64 = 128 * 1024 * 1024;

/// Renderings that are kept whatever their size would allow.
const ABOUT: usize = 4_000;

/// Earlier decisions that the list shows.
const COURSE: usize = 20;

pub struct Service {
    pub(super) clock: Clock,
    pub(super) log: Log,
    /// Where people reach it: `https://jobs.example.org`.
    pub(super) base: String,
    /// `None` where none are kept.
    pub(super) links: Option<LinkStore>,
    pub(super) started: Timestamp,
    pub(super) access: Admission,
    pub(super) catalogue: Arc<Catalogue>,
    pub(super) counters: Arc<Counters>,
    pub(super) flights: Arc<Flights>,
    rendered: Cache<(String, Shape, Vec<Redaction>), Arc<Rendered>, Bytes>,
    noted: Mutex<HashMap<String, Noted>>,
}

#[derive(Clone)]
struct Bytes;

impl Weighter<(String, Shape, Vec<Redaction>), Arc<Rendered>> for Bytes {
    fn weight(&self, _: &(String, Shape, Vec<Redaction>), rendered: &Arc<Rendered>) -> u64 {
        rendered.weight()
    }
}

/// The last report that a deployment's own file describes.
#[derive(Clone)]
pub(super) struct Noted {
    pub(super) finished: Arc<Finished>,
    pub(super) summary: Arc<Summary>,
    /// Decisions, oldest first.
    pub(super) course: Vec<Decided>,
}

/// A report in a few words.
pub(super) struct Summary {
    pub(super) state: &'static str,
    pub(super) mark: String,
    pub(super) word: String,
    pub(super) title: String,
    pub(super) sentence: String,
    pub(super) as_of: String,
    pub(super) findings: Vec<String>,
}

/// A decision of the past.
#[derive(Clone)]
pub(super) struct Decided {
    pub(super) at: Timestamp,
    pub(super) state: &'static str,
    pub(super) mark: String,
    pub(super) word: String,
    pub(super) sentence: String,
    /// Number of its report.
    pub(super) report: String,
}

impl Noted {
    pub(super) fn verdict(&self) -> Option<DecisionVerdict> {
        self.finished.report.decision.as_ref().map(|decision| decision.verdict)
    }
}

impl Service {
    /// # Errors
    /// When the folder or the token file cannot be read, or anybody could come in.
    pub async fn new(options: ServiceOptions) -> Result<Self, StartError> {
        let access = Admission::new(&options)?;
        let counters = Arc::new(Counters::default());
        let environment = Arc::new(options.environment);
        let base = options.public_url.unwrap_or_else(|| format!("http://{}", options.listen));
        let (links, checkpoints) = match &options.store {
            Some(file) => (Some(LinkStore::open(file).await?), Some(CheckpointStore::open(file).await?)),
            None => (None, None),
        };
        Ok(Self {
            links,
            base: base.trim_end_matches('/').to_owned(),
            started: options.clock.now(),
            clock: options.clock,
            log: options.log,
            access,
            catalogue: Arc::new(Catalogue::open(options.deployments, environment, options.store)?),
            flights: Arc::new(Flights::new(options.clock, Arc::clone(&counters), checkpoints)),
            counters,
            rendered: Cache::with_weighter(ABOUT, MEMORY, Bytes),
            noted: Mutex::default(),
        })
    }

    /// Remembers the report of a deployment that was asked for as its file says.
    pub(super) fn noted(&self, entry: &Entry, asked: &QueryParameters, finished: &Arc<Finished>) {
        let of_the_file = QueryParameters { redact: asked.redact.clone(), ..QueryParameters::default() };
        if *asked != of_the_file {
            return;
        }
        let mut all = self.noted.lock().unwrap_or_else(PoisonError::into_inner);
        let before = all.get(&entry.name);
        if before.is_some_and(|noted| Arc::ptr_eq(&noted.finished, finished)) {
            return;
        }
        let summary = summary(finished);
        let mut course = before.map(|noted| noted.course.clone()).unwrap_or_default();
        course.push(Decided {
            at: finished.made_at,
            state: summary.state,
            mark: summary.mark.clone(),
            word: summary.word.clone(),
            sentence: summary.sentence.clone(),
            report: finished.id.clone(),
        });
        let surplus = course.len().saturating_sub(COURSE);
        course.drain(..surplus);
        let noted = Noted { finished: Arc::clone(finished), summary: Arc::new(summary), course };
        all.insert(entry.name.clone(), noted);
    }

    pub(super) fn last(&self, name: &str) -> Option<Noted> {
        self.noted.lock().unwrap_or_else(PoisonError::into_inner).get(name).cloned()
    }

    /// The report in one format.
    pub(super) async fn file(
        &self,
        finished: &Arc<Finished>,
        format: Format,
        delivery: &Delivery,
    ) -> Result<Arc<Rendered>, HttpError> {
        let (made_of, delivery) = (Arc::clone(finished), delivery.clone());
        let redact = delivery.redact.iter().copied().collect();
        // The addresses of a mail are those of the deployment file, which may change.
        let render = move || file(&made_of, format, &delivery);
        if format == Format::Email {
            return self.render(render).await;
        }
        self.kept((finished.id.clone(), Shape::File(format.name()), redact), render).await
    }

    /// The page of a deployment.
    pub(super) async fn page(
        &self,
        finished: &Arc<Finished>,
        name: &str,
        asked: &QueryParameters,
        delivery: &Delivery,
        may_share: bool,
    ) -> Result<Arc<Rendered>, HttpError> {
        let frame = frame(&self.base, name, asked, &finished.report, may_share);
        let shape = Shape::Page { name: name.to_owned(), latest: frame.latest.clone(), may_share };
        let redact: Vec<Redaction> = delivery.redact.iter().copied().collect();
        let (made_of, hidden) = (Arc::clone(finished), delivery.redact.clone());
        self.kept((finished.id.clone(), shape, redact), move || framed(&made_of, &hidden, &frame)).await
    }

    async fn kept(
        &self,
        key: (String, Shape, Vec<Redaction>),
        render: impl FnOnce() -> Result<Rendered, RenderError> + Send + 'static,
    ) -> Result<Arc<Rendered>, HttpError> {
        self.rendered.get_or_insert_async(&key, self.render(render)).await
    }

    async fn render(
        &self,
        render: impl FnOnce() -> Result<Rendered, RenderError> + Send + 'static,
    ) -> Result<Arc<Rendered>, HttpError> {
        let time = Stopwatch::start();
        let made = tokio::task::spawn_blocking(render).await.map_err(HttpError::internal)?;
        self.counters.spent(ReportPhase::Render, time.elapsed());
        Ok(Arc::new(made?))
    }
}

fn summary(finished: &Finished) -> Summary {
    let view = View::of(&finished.report);
    Summary {
        state: match view.decision.verdict {
            Some(DecisionVerdict::Pass) => "pass",
            Some(DecisionVerdict::Fail) => "fail",
            Some(DecisionVerdict::Undecided) => "undecided",
            Some(DecisionVerdict::RollBack) => "roll_back",
            None => "none",
        },
        mark: view.decision.mark,
        word: view.decision.word,
        title: legible::prose(&view.title),
        sentence: view.decision.sentence,
        as_of: view.as_of,
        findings: view.findings.into_iter().take(2).map(|finding| finding.headline).collect(),
    }
}
