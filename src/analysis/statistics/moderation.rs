//! Variances of many subjects, each from few observations, drawn towards what they have in common.
//!
//! Source: G. K. Smyth, "Linear models and empirical Bayes methods for assessing differential expression",
//! Statistical Applications in Genetics and Molecular Biology 3 (2004), 3: the moments of the logarithms of the
//! variances give the prior; as `squeezeVar` of the R package limma.

use crate::analysis::statistics::gamma::{digamma, inverse_trigamma, trigamma};

/// A variance and the degrees of freedom that it rests on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Variance {
    pub value: f64,
    /// Infinite where it is known.
    pub df: f64,
}

/// Fewest variances that tell what they have in common.
const LEAST: usize = 3;

/// What `variances`, of subjects that are alike, have in common; `None` of fewer than three that are above 0.
pub fn prior(variances: &[Variance]) -> Option<Variance> {
    let known: Vec<&Variance> = variances.iter().filter(|v| v.value > 0.0 && v.df > 0.0).collect();
    if known.len() < LEAST {
        return None;
    }
    let count = known.len() as f64;
    let centred = |v: &Variance| v.value.ln() - digamma(v.df / 2.0) + (v.df / 2.0).ln();
    let mean = known.iter().map(|v| centred(v)).sum::<f64>() / count;
    let scatter = known.iter().map(|v| (centred(v) - mean).powi(2)).sum::<f64>() / (count - 1.0);
    let beyond = scatter - known.iter().map(|v| trigamma(v.df / 2.0)).sum::<f64>() / count;
    if beyond <= 0.0 {
        // They differ no more than by chance: one variance, of which all tell.
        let mean = known.iter().map(|v| v.value).sum::<f64>() / count;
        return Some(Variance { value: mean, df: f64::INFINITY });
    }
    let df = 2.0 * inverse_trigamma(beyond);
    Some(Variance { value: (mean + digamma(df / 2.0) - (df / 2.0).ln()).exp(), df })
}

/// `own`, drawn towards `prior`.
pub fn moderated(own: Variance, prior: Variance) -> Variance {
    if prior.df.is_infinite() {
        return prior;
    }
    let df = own.df + prior.df;
    Variance { value: (own.df * own.value + prior.df * prior.value) / df, df }
}
