//! `[environments.NAME]`: the places where a deployment is made, in the order in which it gets there.

use super::document::Item;
use super::problem::Located;
use super::source::{self, SourceSection};
use super::windows::{self, WindowsSection};

/// What is otherwise in one environment than in the rest of the file.
#[derive(Clone, Debug)]
pub struct EnvironmentSection {
    pub name: Located<String>,
    /// In place of `[source]`.
    pub source: Option<SourceSection>,
    /// In place of `[windows]`, but for what holds of all environments.
    pub windows: Option<WindowsSection>,
}

#[allow(clippy::needless_pass_by_value)] // an item is a handle
pub(super) fn read(item: Item<'_, '_>) -> Vec<EnvironmentSection> {
    let Some(mut section) = item.section() else { return Vec::new() };
    let environments = section.entries().into_iter().filter_map(|(name, item)| environment(name, &item));
    environments.collect()
}

fn environment(name: String, item: &Item<'_, '_>) -> Option<EnvironmentSection> {
    let mut section = item.section()?;
    let source = section.get("source").map(|item| source::read(Some(item)));
    let windows = section.get("windows").map(|item| {
        let (read, line) = (windows::read(Some(item.clone())), item.line);
        if read.cycle.is_some() || read.burst_window.is_some() {
            item.reader.problem(
                line,
                "cycle and burst_window belong in [windows]: they hold in all environments, which are compared",
            );
        }
        read
    });
    section.finish();
    Some(EnvironmentSection { name: Located { value: name, line: item.line }, source, windows })
}
