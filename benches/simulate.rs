//! Throughput of simulated tournaments beside the plain ways of writing one: `cargo bench --bench simulate`.
//!
//! The element of the throughput is one tournament of 24 clubs from before the first match: 48 group matches and 14
//! knockout legs. Everything runs on one thread but what says otherwise. The first four draw every scoreline; collapsed groups and
//! exact answers answer the same question with other work. `cupcast bench` quotes every speed as a ratio to the plain one.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use cupcast::bench::cups::{Strengths, cup, played_until};
use cupcast::bench::plain::{CopyFree, Plain, SeedKey};
use cupcast::collapsed::{Knockout, PORTION, Sampler};
use cupcast::conditions::Conditions;
use cupcast::exact;
use cupcast::play::Engine;
use cupcast::playbook::compile;
use cupcast::rng::{Purpose, stream};
use cupcast::simulate::{on_threads, simulate};
use cupcast::tournament::Goals;
use std::hint::black_box;
use std::num::NonZeroUsize;

fn tournaments(criterion: &mut Criterion) {
    let tournament = cup(8);
    let model = Strengths::like_2013_14(24);
    let engine = Engine::new(&compile(&tournament, &model, &Conditions::default()));
    let mut group = criterion.benchmark_group("tournaments");

    group.throughput(Throughput::Elements(1));
    let plain = Plain::new(&tournament, &model);
    let mut rng = stream(1, Purpose::Resampling, 0);
    group.bench_function("plain", |bencher| bencher.iter(|| plain.play(&mut rng)));
    let copy_free = CopyFree::new(&tournament, &model);
    let (mut order, mut seeds) = ([0; 24], [(SeedKey::default(), 0); 8]);
    group.bench_function("copy-free", |bencher| {
        bencher.iter(|| copy_free.play(&mut rng, &mut order, &mut seeds));
    });
    let mut outcome = engine.outcome();
    let mut run = 0;
    group.bench_function("engine, run by run", |bencher| {
        bencher.iter(|| {
            run += 1;
            engine.play(1, run, &mut outcome);
            black_box(&outcome);
        });
    });

    let runs = 200_000;
    group.throughput(Throughput::Elements(runs));
    group.sample_size(10);
    let silent = |_| ();
    group.bench_function("engine, tallied, one thread", |bencher| {
        bencher.iter(|| simulate(&engine, runs, 1, NonZeroUsize::new(1), &silent));
    });
    group.bench_function("engine, tallied, all threads", |bencher| {
        bencher.iter(|| simulate(&engine, runs, 1, None, &silent));
    });
    group.finish();
}

/// Ways that do not draw scorelines.
fn collapsed_and_exact(criterion: &mut Criterion) {
    let model = Strengths::like_2013_14(24);
    let start = compile(&cup(8), &model, &Conditions::default());
    let sampler = Sampler::new(&start, 1e-4).expect("a supported cup");
    let one = NonZeroUsize::new(1);
    let runs = 16 * PORTION;
    let mut group = criterion.benchmark_group("tournaments");
    group.throughput(Throughput::Elements(runs));
    group.sample_size(10);
    for (name, knockout) in [
        ("collapsed, bracket drawn", Knockout::Sampled),
        ("collapsed, Rao-Blackwell", Knockout::Expected),
    ] {
        group.bench_function(name, |bencher| {
            bencher.iter(|| sampler.run(0..runs, 1, knockout, one));
        });
    }
    group.finish();

    let late = played_until(cup(8), 4, Goals { home: 2, away: 1 });
    let late = compile(&late, &model, &Conditions::default());
    let mut group = criterion.benchmark_group("exact, after matchday 4");
    group.sample_size(10);
    group.bench_function("places and seeds", |bencher| {
        bencher.iter(|| on_threads(one, || exact::group_stage(&late, 1e-5)));
    });
    group.bench_function("everything", |bencher| {
        bencher.iter(|| on_threads(one, || exact::solve(&late, 1e-5)));
    });
    group.finish();
}

criterion_group!(benches, tournaments, collapsed_and_exact);
criterion_main!(benches);
