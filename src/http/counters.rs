//! What the service counts of itself, as Prometheus reads it.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ReportPhase {
    Queue,
    Compute,
    Render,
}

impl ReportPhase {
    const ALL: [(Self, &'static str); 3] =
        [(Self::Queue, "queue"), (Self::Compute, "compute"), (Self::Render, "render")];
}

#[derive(Default)]
pub(super) struct Counters {
    /// By route and status.
    requests: Mutex<BTreeMap<(String, u16), u64>>,
    computed: AtomicU64,
    failed: AtomicU64,
    hits: AtomicU64,
    rows: AtomicU64,
    /// Times and microseconds of each phase.
    phases: [(AtomicU64, AtomicU64); 3],
    refused: AtomicU64,
}

/// A value that is known where the counters are not.
pub(super) struct Gauge<'a> {
    pub(super) name: &'static str,
    pub(super) help: &'static str,
    pub(super) values: Vec<(Vec<(&'static str, &'a str)>, f64)>,
}

impl Counters {
    pub(super) fn answered(&self, route: &str, status: u16) {
        let mut requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        *requests.entry((route.to_owned(), status)).or_default() += 1;
    }

    pub(super) fn hit(&self) {
        self.hits.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn computed(&self, rows: u64) {
        self.computed.fetch_add(1, Ordering::Relaxed);
        self.rows.fetch_add(rows, Ordering::Relaxed);
    }

    pub(super) fn failed(&self) {
        self.failed.fetch_add(1, Ordering::Relaxed);
    }

    /// Somebody came with a wrong token.
    pub(super) fn refused(&self) {
        self.refused.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn spent(&self, phase: ReportPhase, time: Duration) {
        let (times, us) = &self.phases[phase as usize];
        times.fetch_add(1, Ordering::Relaxed);
        us.fetch_add(u64::try_from(time.as_micros()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// The text format of Prometheus, version 0.0.4.
    pub(super) fn exposition(&self, gauges: &[Gauge<'_>]) -> String {
        let mut text = String::new();
        let requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner).clone();
        head(&mut text, "jobdelta_requests_total", "Requests answered, by route and status.", "counter");
        for ((route, status), number) in &requests {
            let labels = labels(&[("route", route.as_str()), ("status", &status.to_string())]);
            text.push_str(&format!("jobdelta_requests_total{labels} {number}\n"));
        }
        for (name, help, counter) in [
            ("jobdelta_reports_computed_total", "Reports made from rows.", &self.computed),
            ("jobdelta_reports_failed_total", "Reports that could not be made.", &self.failed),
            ("jobdelta_report_cache_hits_total", "Requests answered by a report that was kept.", &self.hits),
            ("jobdelta_rows_read_total", "Rows read for reports.", &self.rows),
            ("jobdelta_tokens_refused_total", "Requests with a wrong token.", &self.refused),
        ] {
            head(&mut text, name, help, "counter");
            text.push_str(&format!("{name} {}\n", counter.load(Ordering::Relaxed)));
        }
        head(&mut text, "jobdelta_phase_seconds", "Time spent on reports, by phase.", "summary");
        for (phase, name) in ReportPhase::ALL {
            let (times, us) = &self.phases[phase as usize];
            #[allow(clippy::cast_precision_loss)] // microseconds of some centuries
            let seconds = us.load(Ordering::Relaxed) as f64 / 1e6;
            let labels = labels(&[("phase", name)]);
            text.push_str(&format!("jobdelta_phase_seconds_sum{labels} {seconds}\n"));
            let times = times.load(Ordering::Relaxed);
            text.push_str(&format!("jobdelta_phase_seconds_count{labels} {times}\n"));
        }
        for gauge in gauges {
            head(&mut text, gauge.name, gauge.help, "gauge");
            for (named, value) in &gauge.values {
                text.push_str(&format!("{}{} {value}\n", gauge.name, labels(named)));
            }
        }
        text
    }
}

fn head(text: &mut String, name: &str, help: &str, kind: &str) {
    text.push_str(&format!("# HELP {name} {help}\n# TYPE {name} {kind}\n"));
}

fn labels(named: &[(&str, &str)]) -> String {
    if named.is_empty() {
        return String::new();
    }
    let escaped = |value: &str| value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    let each: Vec<String> =
        named.iter().map(|(name, value)| format!("{name}=\"{}\"", escaped(value))).collect();
    format!("{{{}}}", each.join(","))
}
