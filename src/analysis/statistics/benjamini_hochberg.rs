//! Many tests at once.

/// The p values adjusted for the false discovery rate, in the order given. An adjusted value of at most
/// `q` belongs to the rejections of the step-up procedure at level `q`.
///
/// Source: Y. Benjamini and Y. Hochberg, JRSS B 57 (1995) 289–300; R's `p.adjust(method = "BH")`.
pub fn adjust(p_values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|&a, &b| p_values[b].total_cmp(&p_values[a]));
    let tests = p_values.len() as f64;
    let mut adjusted = vec![1.0; p_values.len()];
    let mut smallest = 1.0_f64;
    for (from_largest, index) in order.into_iter().enumerate() {
        let rank = tests - from_largest as f64;
        smallest = smallest.min(p_values[index] * tests / rank);
        adjusted[index] = smallest;
    }
    adjusted
}
