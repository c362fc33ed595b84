//! Names of jobs cut to the room of a chart, so that no two of them read the same.

use std::collections::BTreeSet;

use unicode_width::UnicodeWidthStr;

use crate::legible;

/// Characters of the start that stay where the middle is what tells names apart.
const HEAD: usize = 4;

/// The names that stand in one drawing.
#[derive(Debug, Default)]
pub(super) struct Labels(BTreeSet<String>);

impl Labels {
    pub(super) fn of<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        Self(names.map(legible::name).collect())
    }

    /// `name` in so many columns of a terminal: wide characters take two. Where the usual cut would make it read as
    /// another, what comes from their first difference on stays.
    pub(super) fn label(&self, name: &str, columns: usize) -> String {
        let name = legible::name(name);
        let label = fitted(&name, columns);
        let alike = self.0.iter().filter(|other| **other != name && fitted(other, columns) == label);
        match alike.map(|other| common(&name, other)).max() {
            Some(same) if same > HEAD => from_difference(&name, same, columns),
            _ => label,
        }
    }
}

/// `text` cut in the middle.
pub(super) fn fitted(text: &str, columns: usize) -> String {
    let cuts = (1..=columns).rev().map(|length| legible::cut_middle(text, length));
    cuts.into_iter().find(|cut| cut.width() <= columns).unwrap_or_default()
}

/// Characters that both begin with.
fn common(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count()
}

fn from_difference(name: &str, same: usize, columns: usize) -> String {
    let mut label: String = name.chars().take(HEAD).chain(['…']).chain(name.chars().skip(same)).collect();
    while label.width() > columns {
        label.pop();
    }
    label
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_to_their_room() {
        assert_eq!(fitted("Cache Verify", 14), "Cache Verify");
        assert_eq!(fitted("Nightly Export of Invoices", 14), "Nightly E…ices");
        let wide = fitted("夜間バッチ処理の集計ジョブ", 14);
        assert!(wide.width() <= 14 && wide.contains('…'), "{wide}");
    }

    #[test]
    fn names_that_differ_in_the_middle_stay_apart() {
        let names = ["Referral Tier 2 Processor", "Referral Tier 3 Processor", "Scheduled Notifications"];
        let labels = Labels::of(names.into_iter());
        assert_eq!(labels.label(names[0], 14), "Refe…2 Process");
        assert_eq!(labels.label(names[1], 14), "Refe…3 Process");
        assert_eq!(labels.label(names[2], 14), "Scheduled…ions");
        assert_eq!(labels.label(names[0], 28), names[0]);
    }
}
