//! Values by metric, for the few metrics of one subject.

use crate::analysis::metric::row::Metric;

/// Values by metric of the table, in the order of the metrics' names.
#[derive(Clone, Debug, PartialEq)]
pub struct MetricMap<T>(Vec<(&'static Metric, T)>);

impl<T> Default for MetricMap<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> MetricMap<T> {
    pub fn get(&self, metric: &Metric) -> Option<&T> {
        self.0.get(self.place(metric).ok()?).map(|(_, value)| value)
    }

    pub fn get_mut(&mut self, metric: &Metric) -> Option<&mut T> {
        let place = self.place(metric).ok()?;
        self.0.get_mut(place).map(|(_, value)| value)
    }

    pub fn insert(&mut self, metric: &'static Metric, value: T) {
        match self.get_mut(metric) {
            Some(known) => *known = value,
            None => self.0.insert(self.place(metric).unwrap_or_else(|place| place), (metric, value)),
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = (&'static Metric, &T)> {
        self.0.iter().map(|(metric, value)| (*metric, value))
    }

    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.0.iter().map(|(_, value)| value)
    }

    fn place(&self, metric: &Metric) -> Result<usize, usize> {
        self.0.binary_search_by(|(known, _)| (*known).cmp(metric))
    }
}

impl<T: Default> MetricMap<T> {
    pub fn or_default(&mut self, metric: &'static Metric) -> &mut T {
        let place = self.place(metric).unwrap_or_else(|place| {
            self.0.insert(place, (metric, T::default()));
            place
        });
        &mut self.0[place].1
    }
}

impl<T> FromIterator<(&'static Metric, T)> for MetricMap<T> {
    fn from_iter<I: IntoIterator<Item = (&'static Metric, T)>>(values: I) -> Self {
        let mut values: Vec<_> = values.into_iter().collect();
        values.sort_by_key(|(metric, _)| *metric);
        values.shrink_to_fit();
        Self(values)
    }
}

impl<T> IntoIterator for MetricMap<T> {
    type Item = (&'static Metric, T);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
