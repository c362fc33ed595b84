//! What a watch knows, and what a look makes of it: no clock, no database.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::news::{GapCause, News, WatchGap};
use crate::clock::{Span, Timestamp};
use crate::judgement::{DecisionVerdict, Interim, InterimVerdict};
use crate::legible;
use crate::window::Period;

/// Version of the document's form.
const VERSION: u64 = 1;

/// Gaps that are kept one by one; a later one makes the last of them longer.
const MOST_GAPS: usize = 20;

/// A watch between two looks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct WatchState {
    version: u64,
    /// From its first look to its last.
    pub(super) period: Period,
    /// Looks that saw the rows.
    pub(super) looks: u64,
    last_seen: Option<Timestamp>,
    away_since: Option<Timestamp>,
    /// Why nothing is seen since then.
    #[serde(default)]
    away_for: Option<GapCause>,
    pub(super) gaps: Vec<WatchGap>,
    standings: BTreeMap<String, InterimVerdict>,
    /// What ended it before its time.
    pub(super) failed: Option<String>,
    pub(super) is_over: bool,
    /// Whether its last look saw nothing.
    pub(super) is_end_unseen: bool,
    /// What is shown so far decides.
    #[serde(default = "undecided")]
    pub(super) decision: DecisionVerdict,
    /// How many messages were made of it.
    #[serde(default)]
    pub(super) announced: u64,
}

fn undecided() -> DecisionVerdict {
    DecisionVerdict::Undecided
}

impl WatchState {
    pub(super) fn new(period: Period) -> Self {
        Self {
            version: VERSION,
            period,
            looks: 0,
            last_seen: None,
            away_since: None,
            away_for: None,
            gaps: Vec::new(),
            standings: BTreeMap::new(),
            failed: None,
            is_over: false,
            is_end_unseen: false,
            decision: DecisionVerdict::Undecided,
            announced: 0,
        }
    }

    /// The state of a watch that is not over; `None` for any other document.
    pub(super) fn resumed(document: &str, now: Timestamp, every: Span) -> Option<Self> {
        let mut state: Self = serde_json::from_str(document).ok()?;
        if state.version != VERSION || state.is_over {
            return None;
        }
        let before = state.last_seen.unwrap_or(state.period.start);
        // A restart between two looks misses none.
        if state.away_since.is_none() && now.since(before) > Span(every.us().saturating_mul(2)) {
            state.add_gap(WatchGap { period: Period { start: before, end: now }, cause: GapCause::Stopped });
        }
        Some(state)
    }

    /// A look that saw the rows. `is_last` where the verdicts of the whole time count.
    pub(super) fn see(&mut self, at: Timestamp, seen: &[Interim], started: u64, is_last: bool) -> Vec<News> {
        let mut news: Vec<News> = self.back(at).into_iter().collect();
        self.looks += 1;
        self.last_seen = Some(at);
        for interim in seen {
            news.extend(self.stand(interim, is_last));
        }
        self.is_over = is_last || self.failed.is_some();
        let (before, shown) = (self.decision, self.shown(seen));
        self.decision = shown;
        if !self.is_over && before != self.decision {
            news.push(News::Decides { before, now: self.decision });
        }
        if self.is_over || self.looks.is_power_of_two() {
            news.push(News::Stands { looks: self.looks, counts: self.counts(), started });
        }
        match &self.failed {
            Some(failed) => news.push(News::EndsEarly { failed: failed.clone() }),
            None if is_last => {}
            None => return news,
        }
        if is_last || !self.gaps.is_empty() {
            news.push(News::Ends { gaps: self.gaps.clone() });
        }
        news
    }

    /// A look that saw nothing.
    pub(super) fn miss(
        &mut self,
        at: Timestamp,
        cause: GapCause,
        problem: String,
        is_last: bool,
    ) -> Vec<News> {
        let mut news = Vec::new();
        if self.away_for != Some(cause) {
            // What is wrong now is another thing than before.
            drop(self.back(at));
            (self.away_since, self.away_for) = (Some(at), Some(cause));
            news.push(News::Away { cause, problem });
        }
        if is_last {
            drop(self.back(at));
            (self.is_over, self.is_end_unseen) = (true, true);
            news.push(News::Ends { gaps: self.gaps.clone() });
        }
        news
    }

    /// Every criterion that was seen, and how it stands.
    pub(super) fn standings(&self) -> impl Iterator<Item = (&str, InterimVerdict)> {
        self.standings.iter().map(|(criterion, verdict)| (criterion.as_str(), *verdict))
    }

    /// What is shown so far decides.
    fn shown(&self, seen: &[Interim]) -> DecisionVerdict {
        use InterimVerdict::{Failed, Passed};
        let deciding = || seen.iter().filter(|interim| interim.can_decide);
        let stands = |interim: &Interim| self.standings.get(&named(interim)).copied();
        let failed = |interim: &&Interim| stands(interim) == Some(Failed);
        match () {
            () if deciding().filter(failed).any(|interim| interim.is_trigger) => DecisionVerdict::RollBack,
            () if deciding().any(|interim| failed(&interim)) => DecisionVerdict::Fail,
            () if deciding().all(|interim| stands(interim) == Some(Passed)) => DecisionVerdict::Pass,
            () => DecisionVerdict::Undecided,
        }
    }

    /// How many criteria stand so.
    pub(super) fn counts(&self) -> BTreeMap<InterimVerdict, usize> {
        let mut counts = BTreeMap::new();
        for verdict in self.standings.values() {
            *counts.entry(*verdict).or_default() += 1;
        }
        counts
    }

    fn stand(&mut self, interim: &Interim, is_last: bool) -> Option<News> {
        use InterimVerdict::{Failed, Passed, Waiting};
        let criterion = named(interim);
        let before = self.standings.get(&criterion).copied();
        // What was shown stays shown until the end says otherwise.
        let verdict = match (before, interim.verdict) {
            (Some(Failed), _) if !is_last => Failed,
            (Some(Passed), Waiting) => Passed,
            (_, verdict) => verdict,
        };
        self.standings.insert(criterion.clone(), verdict);
        if verdict == Failed && interim.can_decide && !is_last && self.failed.is_none() {
            self.failed = Some(criterion.clone());
        }
        let is_new = before.unwrap_or(Waiting) != verdict;
        is_new.then(|| News::Changed { criterion, verdict, reason: interim.reason.to_string() })
    }

    fn back(&mut self, at: Timestamp) -> Option<News> {
        let period = Period { start: self.away_since.take()?, end: at };
        let gap = WatchGap { period, cause: self.away_for.take().unwrap_or(GapCause::Source) };
        self.add_gap(gap);
        Some(News::Back(gap))
    }

    fn add_gap(&mut self, gap: WatchGap) {
        let is_full = self.gaps.len() >= MOST_GAPS;
        match self.gaps.last_mut() {
            Some(last) if is_full => last.period.end = gap.period.end,
            _ => self.gaps.push(gap),
        }
    }
}

/// `target completion_rate >= 99% (Live Stats Sync)`
fn named(interim: &Interim) -> String {
    let kind = if interim.is_trigger { "trigger" } else { "target" };
    let job = interim.job.as_ref().map(|job| format!(" ({})", legible::name(job))).unwrap_or_default();
    format!("{kind} {} {}{job}", interim.metric, interim.written)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::metric;
    use crate::judgement::Reason;

    const EVERY: Span = Span::seconds(60);

    fn at(minute: i64) -> Timestamp {
        Timestamp(minute * 60_000_000)
    }

    fn watch() -> WatchState {
        WatchState::new(Period { start: at(0), end: at(30) })
    }

    fn stands(verdict: InterimVerdict) -> Interim {
        Interim {
            metric: std::sync::Arc::new(metric::COMPLETION_RATE.clone()),
            written: ">= 99%".to_owned(),
            job: Some("a\nb".to_owned()),
            is_trigger: false,
            can_decide: true,
            verdict,
            reason: Reason::Told("why".to_owned()),
        }
    }

    fn lines(news: &[News]) -> Vec<String> {
        news.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn only_what_is_new_is_said() {
        use InterimVerdict::{Passed, Waiting};
        let mut state = watch();
        let mut look = |minute, verdict| lines(&state.see(at(minute), &[stands(verdict)], 7, false));
        assert_eq!(look(1, Waiting), ["look 1: 1 waiting for evidence; 7 runs started"]);
        assert_eq!(
            look(2, Passed),
            [
                "passed: target completion_rate >= 99% (a␊b): why",
                "the decision so far: pass; before: undecided",
                "look 2: 1 passed; 7 runs started"
            ]
        );
        // What was shown is not taken back before the end.
        assert_eq!(look(3, Waiting), [""; 0]);
        assert_eq!(look(4, Waiting), ["look 4: 1 passed; 7 runs started"]);
        let end = lines(&state.see(at(30), &[stands(InterimVerdict::NotDecidable)], 9, true));
        assert_eq!(
            end,
            [
                "not decidable: target completion_rate >= 99% (a␊b): why",
                "look 5: 1 not decidable; 9 runs started",
                "the watch ends; it has no gap"
            ]
        );
        assert!(state.is_over && state.failed.is_none());
    }

    #[test]
    fn a_failure_ends_it_unless_it_decides_nothing() {
        let mut state = watch();
        let advisory = Interim { can_decide: false, ..stands(InterimVerdict::Failed) };
        state.see(at(1), &[advisory], 7, false);
        assert!(!state.is_over);
        let mut state = watch();
        let said = lines(&state.see(at(1), &[stands(InterimVerdict::Failed)], 7, false));
        assert_eq!(said.last().unwrap(), "the watch ends early: target completion_rate >= 99% (a␊b) failed");
        assert!(state.is_over);
    }

    #[test]
    fn a_gap_is_said_at_once_and_at_the_end() {
        let mut state = watch();
        state.see(at(1), &[], 7, false);
        assert_eq!(
            lines(&state.miss(at(2), GapCause::Source, "no\nanswer".into(), false)),
            ["nothing can be seen, and the watch goes on: no answer"]
        );
        assert!(state.miss(at(3), GapCause::Source, "no answer".into(), false).is_empty());
        let gap = "not watched 1970-01-01 00:02–01:02 UTC (1 h): the rows could not be read";
        assert_eq!(lines(&state.see(at(62), &[], 7, false))[0], format!("seen again; {gap}"));
        let end = lines(&state.see(at(90), &[], 7, true));
        assert_eq!(end.last().unwrap(), &format!("the watch ends; {gap}"));
        let mut state = watch();
        let end = lines(&state.miss(at(30), GapCause::Source, "no answer".into(), true));
        assert!(end[1].contains("not watched") && state.is_end_unseen && state.is_over, "{end:?}");
    }

    #[test]
    fn a_watch_that_is_started_again_goes_on() {
        let mut state = watch();
        state.see(at(1), &[stands(InterimVerdict::Passed)], 7, false);
        let kept = |state: &WatchState| serde_json::to_string(state).unwrap();
        let resumed = |document: &str, minute| WatchState::resumed(document, at(minute), EVERY);
        assert_eq!(resumed(&kept(&state), 2).unwrap(), state);
        let late = resumed(&kept(&state), 11).unwrap();
        assert_eq!(
            late.gaps[0].to_string(),
            "not watched 1970-01-01 00:01–00:11 UTC (10 min): the watch was not running"
        );
        let over = WatchState { is_over: true, ..state.clone() };
        assert_eq!(resumed(&kept(&over), 2), None);
        assert_eq!(resumed("{}", 2), None);
        // Of very many gaps the last one grows.
        for minute in 0..100 {
            state.miss(at(10 + 2 * minute), GapCause::Source, String::new(), false);
            state.see(at(11 + 2 * minute), &[], 7, false);
        }
        assert_eq!((state.gaps.len(), state.gaps[MOST_GAPS - 1].period.end), (MOST_GAPS, at(209)));
    }
}
