//! `[monitoring]`: when a deployment is assessed, what is sampled meanwhile, and who hears of it.

use super::document::{Item, Section};
use super::facts::Monitoring;
use crate::clock::Span;
use crate::measurement::{HealthEndpoint, Sampling};
use crate::web_address;
use crate::webhook::WebhookReceiver;

/// Sampling more often would be a load of its own.
const SHORTEST_STEP: Span = Span::seconds(1);

#[derive(Clone, Debug, Default)]
pub struct MonitoringSection {
    /// The plan of checkpoints, where one is written.
    pub plan: Option<Monitoring>,
    pub sampling: Sampling,
    /// Whether a watch asks the checks of the first thirty minutes.
    pub checks: bool,
    /// Who hears of watches and checkpoints.
    pub webhooks: Vec<WebhookReceiver>,
}

#[allow(clippy::needless_pass_by_value)] // an item is a handle
pub(super) fn read(item: Item<'_, '_>) -> Option<MonitoringSection> {
    let mut section = item.section()?;
    let mut span = |key: &str| section.get(key)?.positive_span();
    let plan = Monitoring {
        every: span("every").map(|span| span.to_string()),
        until: span("until").map(|span| span.to_string()),
    };
    let slow_query_after = span("slow_query_after");
    let every = section.get("sample_every").and_then(|item| step(&item));
    let health = section.get("health").and_then(health);
    let checks = section.get("checks").and_then(|item| item.word(&[("first_30_minutes", ())]));
    let mut webhooks: Vec<WebhookReceiver> = Vec::new();
    for entry in section.sections("webhooks") {
        let (reader, line) = (entry.reader, entry.line);
        let Some(receiver) = webhook(entry) else { continue };
        if webhooks.iter().any(|other| other.url == receiver.url) {
            reader.problem(line, "'url' in [[monitoring.webhooks]]: this address is there twice");
        }
        webhooks.push(receiver);
    }
    section.finish();
    let usual = Sampling::default();
    let sampling = Sampling {
        every: every.unwrap_or(usual.every),
        slow_query_after: slow_query_after.unwrap_or(usual.slow_query_after),
        health,
    };
    let plan = (plan != Monitoring::default()).then_some(plan);
    Some(MonitoringSection { plan, sampling, checks: checks.is_some(), webhooks })
}

fn step(item: &Item<'_, '_>) -> Option<Span> {
    let step = item.positive_span()?;
    if step < SHORTEST_STEP {
        item.wrong("it must be at least 1s");
        return None;
    }
    Some(step)
}

#[allow(clippy::needless_pass_by_value)] // an item is a handle
fn health(item: Item<'_, '_>) -> Option<HealthEndpoint> {
    let mut section = item.section()?;
    let url = section.get("url").and_then(|item| address(&item));
    let token = section.string("token");
    let uptime = section.get("uptime").and_then(|item| pointer(&item));
    section.missing(&["url"]);
    section.finish();
    Some(HealthEndpoint { url: url?, token, uptime })
}

fn webhook(mut section: Section<'_, '_>) -> Option<WebhookReceiver> {
    let url = section.get("url").and_then(|item| address(&item));
    let secret = section.get("secret").and_then(|item| item.parsed("a secret", str::parse));
    let listed = section.get("private_addresses").and_then(|item| item.list()).unwrap_or_default();
    let read = |text: &str| text.parse().map_err(|_| "it must be an address such as 10.0.0.7");
    let private_addresses = listed.iter().filter_map(|item| item.parsed("an address", read)).collect();
    section.missing(&["url"]);
    section.finish();
    Some(WebhookReceiver { url: url?, secret, private_addresses })
}

/// The address of an HTTP server.
pub(super) fn address(item: &Item<'_, '_>) -> Option<String> {
    let address = item.string()?;
    if !["http://", "https://"].iter().any(|scheme| address.starts_with(scheme)) {
        item.wrong("it must begin with http:// or https://");
    } else if !web_address::is_usable(&address) {
        item.wrong(
            "it needs a host after http://, with a number as its port; write '/', '?' and '#' of a password as %2F, %3F \
             and %23",
        );
    }
    Some(address)
}

fn pointer(item: &Item<'_, '_>) -> Option<String> {
    let pointer = item.string()?;
    if !pointer.starts_with('/') {
        item.wrong("it must be a JSON pointer, which begins with '/'");
    }
    Some(pointer)
}
