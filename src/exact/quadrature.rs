//! Gauss-Legendre quadrature on the interval from 0 to 1.

/// Nodes with their weights, exact for polynomials of degree `2 * nodes - 1` (Golub and Welsch 1969;
/// found here by Newton's method on the Legendre polynomial).
pub(super) fn gauss_legendre(nodes: usize) -> Vec<(f64, f64)> {
    let n = nodes as f64;
    (0..nodes)
        .map(|index| {
            let mut x = (std::f64::consts::PI * (index as f64 + 0.75) / (n + 0.5)).cos();
            for _ in 0..50 {
                let (value, slope) = legendre(nodes, x);
                let step = value / slope;
                x -= step;
                if step.abs() < 1e-16 {
                    break;
                }
            }
            let slope = legendre(nodes, x).1;
            // From [-1, 1] to [0, 1] weights halve.
            (f64::midpoint(1.0, x), 1.0 / ((1.0 - x * x) * slope * slope))
        })
        .collect()
}

/// The Legendre polynomial of a degree and its derivative, inside (-1, 1).
fn legendre(degree: usize, x: f64) -> (f64, f64) {
    let (mut before, mut value) = (1.0, x);
    for k in 2..=degree {
        let k = k as f64;
        (before, value) = (
            value,
            ((2.0 * k - 1.0) * x * value - (k - 1.0) * before) / k,
        );
    }
    let n = degree as f64;
    (value, n * (x * value - before) / (x * x - 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn polynomials_of_the_promised_degree_are_exact() {
        for nodes in 1..=32 {
            let rule = gauss_legendre(nodes);
            for degree in 0..2 * nodes {
                let sum: f64 = rule.iter().map(|(t, w)| w * t.powi(degree as i32)).sum();
                let exact = 1.0 / (degree as f64 + 1.0);
                assert!((sum - exact).abs() < 1e-14, "{nodes} {degree}: {sum}");
            }
        }
    }
}
