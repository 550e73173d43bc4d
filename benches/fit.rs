//! How long a fit of the default goal model takes on one core: `cargo bench --bench fit`.
//!
//! `train and fit` is everything a forecast needs once: the variance of associations on 373 matches of five editions,
//! then the mode. `refit` is what each further moment costs, from the training's mode on.

use criterion::{Criterion, criterion_group, criterion_main};
use cupcast::cup::Instant;
use cupcast::goals::{Specification, Trained, default_for, fit};
use cupcast::open;
use cupcast::tournament::{Moment, bundled};
use std::hint::black_box;

fn fits(criterion: &mut Criterion) {
    let tournament = bundled::open("ccl-2013-14").expect("a bundled tournament");
    let history = bundled::open_history(&tournament, None).expect("its history is bundled");
    let start = tournament.as_of(Moment::Start).to_edition();
    let groups = tournament.as_of(Moment::Groups).to_edition();
    let specification = Specification::default_model();
    let trained = Trained::new(&specification, &history).expect("it can be trained");
    let mut group = criterion.benchmark_group("fit");
    group.sample_size(30);
    group.bench_function("train and fit", |bencher| {
        bencher.iter(|| black_box(fit(&specification, &history, &start)));
    });
    group.bench_function("refit after the groups", |bencher| {
        bencher.iter(|| black_box(trained.fit(&groups)));
    });
    group.finish();
}

/// `national teams`: 7,000 internationals of 210 teams, as the World Cup 2022 asks for them before its first match.
fn nations(criterion: &mut Criterion) {
    let bundled = open::find_bundled("world-cup-2022").expect("it is bundled");
    let known = open::open_bundled(bundled)
        .expect("it is sound")
        .known_at(Instant::Start);
    criterion.bench_function("fit/national teams", |bencher| {
        bencher.iter(|| black_box(default_for(&known, Instant::Start).is_ok()));
    });
}

criterion_group!(benches, fits, nations);
criterion_main!(benches);
