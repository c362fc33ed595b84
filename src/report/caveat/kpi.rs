//! What the samples of the measurements beside the runs leave in doubt.

use super::{Caveat, CaveatKind, Grounds};
use crate::clock::Span;
use crate::observation::Samples;
use crate::report::caveat::window::tenth;
use crate::window::Side;

/// A gap is one where it is longer than so many usual distances, and than a tenth of the window.
const DISTANCES: i64 = 5;

impl Grounds<'_> {
    pub(super) fn of_kpis(&self) -> Vec<Caveat> {
        let mut found = Vec::new();
        for side in Side::BOTH {
            for (kpi, samples) in &self.observations.get(side).samples {
                found.extend(unanswered(kpi, samples).map(|caveat| caveat.on(side)));
                found.extend(unusable(kpi, samples).map(|caveat| caveat.on(side)));
                found.extend(self.gap(kpi, samples, side).map(|caveat| caveat.on(side)));
            }
        }
        // Once for a measurement: the distance is usually the same in both windows.
        for kpi in self.observations.stagger.samples.keys() {
            found.extend(self.coarse(kpi, Side::Stagger).or_else(|| self.coarse(kpi, Side::Baseline)));
        }
        found
    }

    /// Samples further from one another than half of all runs last.
    fn coarse(&self, kpi: &str, side: Side) -> Option<Caveat> {
        let spacing = self
            .observations
            .get(side)
            .samples
            .get(kpi)?
            .spacing(&self.observations.windows.get(side).excluded)?;
        let median = self.analysis.totals.get(side).job.duration_ms.as_ref()?.median;
        let kind = CaveatKind::KpiCoarse { kpi: kpi.to_owned(), spacing, median };
        (spacing.as_ms() > median).then(|| Caveat::new(kind).on(side))
    }

    fn gap(&self, kpi: &str, samples: &Samples, side: Side) -> Option<Caveat> {
        let window = self.observations.windows.get(side);
        // Without any sample it was not measured.
        samples.between?;
        let gap = samples.longest_gap(&window.observed, &window.excluded)?;
        let usual = samples.spacing(&window.excluded).map_or(0, Span::us);
        let limit = Span(usual.saturating_mul(DISTANCES)).max(tenth(window.observed_length()));
        let kind = CaveatKind::KpiGap { kpi: kpi.to_owned(), gap };
        (gap.length() > limit).then(|| Caveat::new(kind))
    }
}

fn unanswered(kpi: &str, samples: &Samples) -> Option<Caveat> {
    let reason = samples.failure.clone()?;
    Some(Caveat::new(CaveatKind::KpiUnanswered { kpi: kpi.to_owned(), reason }))
}

fn unusable(kpi: &str, samples: &Samples) -> Option<Caveat> {
    let kind = CaveatKind::KpiUnusable { kpi: kpi.to_owned(), samples: samples.unusable };
    (samples.unusable > 0).then(|| Caveat::new(kind))
}
