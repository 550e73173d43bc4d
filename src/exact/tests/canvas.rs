//! Planes that are added up by their transforms against planes that are added up number by number.

use super::cups::Whim;
use crate::exact::canvas::{Canvas, Surface};
use crate::exact::pair::{self, Direction, Slice};
use crate::tournament::{Goals, Points};

/// Scorelines of up to seven goals a side, unlikely ones among them.
fn scorelines(whim: &mut Whim) -> Vec<(Goals, f64)> {
    let mut scores = Vec::new();
    for home in 0..8 {
        for away in 0..8 {
            let likely = 0.5f64.powi(i32::from(home) + i32::from(away));
            scores.push((Goals { home, away }, likely * whim.unit()));
        }
    }
    let total: f64 = scores.iter().map(|(_, p)| p).sum();
    scores
        .iter()
        .map(|(goals, p)| (*goals, p / total))
        .collect()
}

const POINTS: Points = Points {
    win: 3,
    draw: 1,
    loss: 0,
};

/// A club's tables against two rivals, of all combinations more likely than the cutoff.
fn tables(seed: u64, cutoff: f64) -> [Vec<Slice>; 2] {
    let mut whim = Whim(seed);
    [(); 2].map(|()| {
        let (at_home, at_rival) = (scorelines(&mut whim), scorelines(&mut whim));
        pair::tabulate(&at_home, &at_rival, cutoff, POINTS, Direction::Best)
    })
}

/// All records, with their planes' keys as one text.
fn records(canvas: &Canvas) -> Vec<(String, f64)> {
    let mut records = Vec::new();
    canvas.each_record(1e-13, |key, home, away, mass| {
        records.push((format!("{key:?} {home} {away}"), mass));
    });
    records.sort_by(|a, b| a.0.cmp(&b.0));
    records
}

#[test]
fn transforms_agree_with_sums_of_products() {
    let worth = pair::result_pairs(POINTS, Direction::Best);
    let tables = tables(31, 1e-9);
    let mut whim = Whim(30);
    let own = [tables[0].as_slice(), tables[1].as_slice()];
    let mut quick = Canvas::new(own, &worth, 0.0);
    let mut slow = Canvas::new(own, &worth, 0.0);
    for first in own[0] {
        for second in own[1] {
            let factor = whim.unit();
            quick.choose(first, second);
            quick.stamp([first, second], factor);
            slow.choose(first, second);
            let masses: Vec<f64> = second.masses.iter().map(|mass| factor * mass).collect();
            slow.stamp_reweighted(first, second, &masses, 0.0);
        }
    }
    assert!(quick.transforms(own) > 100, "{}", quick.transforms(own));
    quick.finish(own);
    let (quick, slow) = (records(&quick), records(&slow));
    assert!(slow.len() > 5_000, "{}", slow.len());
    assert_eq!(quick.len(), slow.len());
    for ((key, mass), (slow_key, slow_mass)) in quick.iter().zip(&slow) {
        assert_eq!(key, slow_key);
        assert!(
            (mass - slow_mass).abs() < 1e-15,
            "{key}: {mass} {slow_mass}"
        );
    }
}

#[test]
fn goals_beyond_a_plane_are_at_most_what_may_be_lost() {
    let worth = pair::result_pairs(POINTS, Direction::Best);
    let tables = tables(32, 0.0);
    let own = [tables[0].as_slice(), tables[1].as_slice()];
    for lost in [1e-3, 1e-5] {
        let mut canvas = Canvas::new(own, &worth, lost);
        for first in own[0] {
            for second in own[1] {
                canvas.choose(first, second);
                canvas.stamp_reweighted(first, second, &second.masses, 0.0);
            }
        }
        let kept: f64 = records(&canvas).iter().map(|(_, mass)| mass).sum();
        // Of home goals so much, and of away goals.
        assert!(1.0 - kept < 2.0 * lost + 1e-9, "{kept}");
        assert!(1.0 - kept > lost / 100.0, "nothing was left out: {kept}");
    }
}
