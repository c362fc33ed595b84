//! A value of all jobs together and of each.

/// Something of all jobs together, and of each by its place in the report.
#[derive(Clone, Debug, Default)]
pub struct PerSubject<T> {
    pub totals: T,
    pub jobs: Vec<T>,
}
