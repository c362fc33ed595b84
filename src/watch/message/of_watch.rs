//! What a watch has to say.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Envelope, title};
use crate::clock::Timestamp;
use crate::figure::{self, counted};
use crate::judgement::{DecisionVerdict, InterimVerdict};
use crate::report::checkpoint::CheckpointKey;
use crate::watch::news::{WatchGap, ended, listed};
use crate::watch::state::WatchState;
use crate::webhook::WebhookMessage;

/// Criteria that are listed one by one.
const MOST_LISTED: usize = 20;

/// What happened to a watch that others want to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::watch) enum WatchEvent {
    /// What is shown so far decides otherwise than before.
    DecisionChanged { before: DecisionVerdict },
    /// The watch is over.
    Ended,
}

/// What is said of an event.
pub(in crate::watch) struct WatchNotice<'a> {
    pub(in crate::watch) key: &'a CheckpointKey,
    /// Of the watch among those of its deployment.
    pub(in crate::watch) watch: &'a str,
    pub(in crate::watch) event: WatchEvent,
    pub(in crate::watch) at: Timestamp,
    pub(in crate::watch) decision: DecisionVerdict,
    pub(in crate::watch) state: &'a WatchState,
}

#[derive(Serialize)]
struct WatchData<'a> {
    deployment: &'a str,
    environment: &'a str,
    window_start: Timestamp,
    /// Over the whole time once the watch ended; what is shown so far before.
    decision: DecisionVerdict,
    decision_before: Option<DecisionVerdict>,
    /// What ended the watch before its time.
    failed: Option<&'a str>,
    looks: u64,
    /// How many targets and triggers stand so.
    counts: BTreeMap<InterimVerdict, usize>,
    /// At most twenty of those that have not passed.
    open: Vec<OpenCriterion<'a>>,
    gaps: &'a [WatchGap],
}

/// A target or trigger that has not passed.
#[derive(Serialize)]
struct OpenCriterion<'a> {
    criterion: &'a str,
    verdict: InterimVerdict,
}

impl WatchNotice<'_> {
    /// The same announcement is the same message, whenever it is made.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub(in crate::watch) fn message(&self) -> Result<WebhookMessage, serde_json::Error> {
        let state = self.state;
        let open = state.standings().filter(|(_, verdict)| *verdict != InterimVerdict::Passed);
        let open = open.map(|(criterion, verdict)| OpenCriterion { criterion, verdict });
        let WatchState { period, announced, .. } = state;
        let envelope = Envelope {
            key: self.key,
            event: self.event_name(),
            at: self.at,
            decision: self.decision,
            // When it is made is not among that: a watch that was killed before it was kept says the same again, later.
            told_apart_by: format!("{} {} {announced}", self.watch, period.start),
        };
        let data = WatchData {
            deployment: &self.key.deployment,
            environment: &self.key.environment,
            window_start: self.key.window_start,
            decision: self.decision,
            decision_before: match self.event {
                WatchEvent::DecisionChanged { before } => Some(before),
                WatchEvent::Ended => None,
            },
            failed: state.failed.as_deref(),
            looks: state.looks,
            counts: state.counts(),
            open: open.take(MOST_LISTED).collect(),
            gaps: &state.gaps,
        };
        envelope.message(&self.text(), data)
    }

    fn event_name(&self) -> &'static str {
        match self.event {
            WatchEvent::DecisionChanged { .. } => "watch.decision_changed",
            WatchEvent::Ended => "watch.ended",
        }
    }

    fn text(&self) -> String {
        let state = self.state;
        let decision = self.decision.words();
        let looks = counted(state.looks, "look", "looks");
        let counts = listed(&state.counts());
        let said = match (self.event, &state.failed) {
            (WatchEvent::DecisionChanged { before }, _) => {
                let (before, end) = (before.words(), figure::instant(state.period.end));
                format!(
                    "{decision} so far ({before} before): {counts}, after {looks}. The watch ends at {end}."
                )
            }
            (WatchEvent::Ended, Some(failed)) => {
                format!("{decision}: {failed} failed, and the watch ended early, after {looks}: {counts}.")
            }
            (WatchEvent::Ended, None) if state.is_end_unseen => {
                format!("{decision}: the end was not seen, so that nothing is decided over the whole time.")
            }
            (WatchEvent::Ended, None) => format!("{decision}: {counts}, after {looks}."),
        };
        let gaps = if state.gaps.is_empty() { String::new() } else { format!(" {}.", ended(&state.gaps)) };
        format!("{}: {said}{gaps}", title(self.key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::window::Period;

    fn at(minute: i64) -> Timestamp {
        Timestamp(minute * 60_000_000)
    }

    fn message(deployment: &str, minute: i64, event: WatchEvent, announced: u64) -> WebhookMessage {
        let key =
            CheckpointKey { deployment: deployment.into(), environment: "prod".into(), window_start: at(0) };
        let mut state = WatchState::new(Period { start: at(0), end: at(30) });
        state.announced = announced;
        let decision = DecisionVerdict::Pass;
        WatchNotice { key: &key, watch: "for 30m", event, at: at(minute), decision, state: &state }
            .message()
            .unwrap()
    }

    #[test]
    fn the_same_is_the_same_message_and_nothing_else_is() {
        let first = message("A", 3, WatchEvent::Ended, 1);
        assert_eq!(message("A", 9, WatchEvent::Ended, 1).id, first.id);
        let changed = WatchEvent::DecisionChanged { before: DecisionVerdict::Undecided };
        for other in [
            message("B", 3, WatchEvent::Ended, 1),
            message("A", 3, WatchEvent::Ended, 2),
            message("A", 3, changed, 1),
        ] {
            assert_ne!(other.id, first.id);
        }
    }

    #[test]
    fn two_ends_of_one_window_are_two_messages() {
        let key = CheckpointKey { deployment: "A".into(), environment: String::new(), window_start: at(0) };
        let ended = |failed: &str| {
            let mut state = WatchState::new(Period { start: at(0), end: at(30) });
            state.failed = Some(failed.to_owned());
            let (event, decision) = (WatchEvent::Ended, DecisionVerdict::Fail);
            let notice =
                WatchNotice { key: &key, watch: "until 24h", event, at: at(3), decision, state: &state };
            notice.message().unwrap().id
        };
        assert_eq!(ended("start_burst <= 1"), ended("start_burst <= 1"));
        assert_ne!(ended("start_burst <= 1"), ended("peak_concurrency <= 3"));
    }

    #[test]
    fn a_name_calls_nobody_in_a_chat() {
        let changed = WatchEvent::DecisionChanged { before: DecisionVerdict::Undecided };
        let body: serde_json::Value =
            serde_json::from_str(&message("<!channel> & co", 3, changed, 1).body).unwrap();
        assert_eq!(
            body["text"],
            "*&lt;!channel&gt; &amp; co* (prod): pass so far (undecided before): nothing seen yet, after 0 looks. \
             The watch ends at 1970-01-01 00:30 UTC."
        );
        let markdown = message("@channel [x](http://a)", 3, changed, 1).body;
        assert!(markdown.contains("*@\u{200b}channel [x]\u{200b}("), "{markdown}");
        assert_eq!(
            (&body["type"], &body["data"]["decision"]),
            (&"watch.decision_changed".into(), &"pass".into())
        );
    }
}
