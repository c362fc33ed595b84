//! What limits the statements of a report.
//!
//! Each caveat is data: its kind with its figures, and what it touches; [`wording`] makes the sentence. Jobs
//! with the same caveat share one that counts them and names the first few, so that the list stays short
//! however many jobs there are.

mod comparison;
mod grounds;
mod hours;
mod jobs;
mod kind;
mod kpi;
mod model;
mod plan;
mod rows;
mod source;
mod window;
mod wording;

pub use grounds::Grounds;
pub use hours::{HoursOfDay, PartOfDay};
pub use jobs::NamedJobs;
pub use kind::{CaveatKind, ChangeInHalves};
pub use model::Caveat;

use self::grounds::Touched;
use crate::analysis::Analysis;
use crate::mapping::SourceLimits;
use crate::observation::Observations;
use crate::report::history::HistoryFacts;
use crate::settings::{BaselineFrom, Question};

/// Everything that limits the report: first what the source cannot tell, then what the windows can and
/// cannot show, then what limits single comparisons, then the plan, then the rows, then what earlier days could not tell.
pub fn caveats(
    observations: &Observations,
    analysis: &Analysis,
    question: &Question,
    limits: &SourceLimits,
    history: Option<&HistoryFacts>,
) -> Vec<Caveat> {
    let grounds = Grounds {
        observations,
        analysis,
        thresholds: &question.analysis,
        plans: question.jobs.iter().map(|plan| (plan.name.as_str(), plan)).collect(),
        exclusions: &question.exclusions,
        elsewhere: question.baseline != BaselineFrom::Source,
    };
    let mut found = source::of_source(limits, history, question.analysis.longest_run);
    found.extend(grounds.caveats());
    found
}

impl Grounds<'_> {
    pub fn caveats(&self) -> Vec<Caveat> {
        let mut found = self.of_exclusions();
        found.extend(self.of_windows());
        found.extend(self.of_comparisons());
        found.extend(self.of_plan());
        found.extend(self.of_rows());
        found.extend(self.earlier_days());
        found.extend(self.of_kpis());
        found
    }
}
