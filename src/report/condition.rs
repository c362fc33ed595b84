//! Conditions as people wrote them: `>= 99%`, `<= -20%`.

use super::model::Report;

/// Whether a condition is about the value itself, and not about its change (a signed number).
pub fn is_absolute(written: &str) -> bool {
    !written.trim_start_matches(['<', '>', '=', '!', ' ']).starts_with(['+', '-'])
}

impl Report {
    /// The thresholds that targets hold the value of a metric against. Wherever the metric is shown, it is
    /// not rounded across them.
    pub fn limits(&self, metric: &str) -> Vec<f64> {
        let targets = self.targets.iter();
        let mut limits: Vec<f64> = targets
            .filter(|target| target.metric == metric && is_absolute(&target.target))
            .filter_map(|target| target.threshold)
            .collect();
        // A target asked of each job says its threshold many times.
        limits.sort_by(f64::total_cmp);
        limits.dedup();
        limits
    }
}

#[cfg(test)]
mod tests {
    use super::is_absolute;

    #[test]
    fn a_sign_makes_a_condition_one_about_a_change() {
        assert!(is_absolute(">= 99%") && is_absolute("<= baseline") && is_absolute("==0"));
        assert!(!is_absolute("<= -20%") && !is_absolute("> +5pp"));
    }
}
