//! What conditions mean for a cup: a village cup of two groups of four, whose first two meet crosswise.

use super::*;
use crate::conditions::{Item, ItemKind};
use crate::cup::Instant;
use crate::format::Step;
use crate::outlook::Outlook;
use crate::play::units::Runs;
use crate::rng::{Purpose, SeedKey};
use crate::tournament::Goals;

/// The cup with Ants - Bees 2-0 and Cats - Dogs 1-1 played, and two legs in the semifinals and the final.
fn village() -> Cup {
    let ratings: Vec<String> = [
        "Ants", "Bees", "Cats", "Dogs", "Elks", "Foxes", "Geese", "Hares",
    ]
    .iter()
    .map(|name| format!("{name} = {{ rating = 1500 }}\n"))
    .collect();
    let ratings = ratings.concat();
    let text = format!(
        "format = 2\n[tournament]\nid = \"v\"\ncompetition = \"Village Cup\"\nedition = \"1\"\n[clubs]\n{ratings}\
         [[stage]]\nname = \"group stage\"\n[stage.groups]\nA = [\"Ants\", \"Bees\", \"Cats\", \"Dogs\"]\n\
         B = [\"Elks\", \"Foxes\", \"Geese\", \"Hares\"]\n\
         [[stage]]\nname = \"semifinals\"\nlegs = 2\nties = [\"1A - 2B\", \"1B - 2A\"]\n\
         [[stage]]\nname = \"final\"\nlegs = 2\nties = [\"W1 - W2\"]\n\
         [schedule]\nmatches = [\n\
         {{ date = 2027-05-01, home = \"Ants\", away = \"Bees\", score = \"2-0\" }},\n\
         {{ date = 2027-05-01, home = \"Cats\", away = \"Dogs\", score = \"1-1\" }},\n]\n"
    );
    crate::open::read("v", &text, &|file| Err(file.to_owned()))
        .unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

fn read(cup: &Cup, items: &[(ItemKind, &str)]) -> Result<WhatIf, String> {
    let items: Vec<Item> = items
        .iter()
        .map(|(kind, text)| Item::new(*kind, text))
        .collect();
    WhatIf::read(&items, cup).map_err(|errors| {
        let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
        errors.join("\n")
    })
}

fn under(cup: &Cup, items: &[(ItemKind, &str)]) -> Outlook {
    let what_if = read(cup, items).expect("good conditions");
    let outlook = Outlook::new(cup, Instant::Now).expect("a model");
    outlook.under(what_if).expect("something that can be")
}

/// The record of the first entrant of group A, Ants, in some run, and that of Bees.
fn records(outlook: &Outlook) -> [crate::state::Record; 2] {
    let engine = outlook.engine();
    let mut run = engine.run();
    engine.play(SeedKey::new(1, Purpose::Tournament).run(0), &mut run);
    let format = outlook.known().format();
    let group = format.unit(format.unit_named("A").expect("group A"));
    [0, 1].map(|entrant| *run.record(group.first_out, entrant))
}

#[test]
fn who_leaves_is_last_and_its_matches_count_as_the_manner_says() {
    let cup = village();
    let ants = cup.find_club("Ants").expect("a club");
    for (kind, ants_played, ants_points, bees_played) in [
        // Its results stand and it plays on: 3 matches.
        (ItemKind::Eliminate, 3, None, 3),
        // Ants - Bees 2-0 stands, two matches are lost 0-3: 3 points of 3 matches.
        (ItemKind::Withdraw, 3, Some(3), 3),
        // None of its matches counts, also not for Bees.
        (ItemKind::Annul, 0, Some(0), 2),
    ] {
        let outlook = under(&cup, &[(kind, "Ants")]);
        let [mine, theirs] = records(&outlook);
        assert_eq!(mine.played(), ants_played, "{kind:?}");
        assert_eq!(theirs.played(), bees_played, "{kind:?}");
        assert!(
            ants_points.is_none_or(|points| mine.points == points),
            "{kind:?}"
        );
        let runs = Runs {
            runs: 500,
            ..Runs::default()
        };
        let tally = outlook.tally(runs, &|_| ());
        let format = cup.format();
        let last = format
            .unit(format.unit_named("A").expect("group A"))
            .output(3);
        assert_eq!(tally.count(last, ants), 500, "{kind:?}");
        // The rules settle it, so it may be said to the letter.
        let reach = outlook.reach();
        for milestone in format.milestones() {
            assert_eq!(reach.settled(outlook.known(), milestone, ants), Some(false));
        }
    }
}

#[test]
fn after_the_groups_the_next_opponent_goes_on() {
    let cup = village();
    let all = [
        "Ants-Cats 1-0",
        "Ants-Dogs 1-0",
        "Bees-Cats 1-0",
        "Bees-Dogs 1-0",
    ];
    let mut items: Vec<(ItemKind, &str)> = all.iter().map(|text| (ItemKind::Fix, *text)).collect();
    items.push((ItemKind::Eliminate, "Ants"));
    let outlook = under(&cup, &items);
    let ants = cup.find_club("Ants").expect("a club");
    let runs = Runs {
        runs: 500,
        ..Runs::default()
    };
    let tally = outlook.tally(runs, &|_| ());
    let format = cup.format();
    let first = format
        .unit(format.unit_named("A").expect("group A"))
        .output(0);
    // Group A is over by what is fixed: Ants have won it with 9 points, and lose their semifinal.
    assert_eq!(tally.count(first, ants), 500);
    let milestone = |key: &str| {
        let mut milestones = format.milestones().iter();
        milestones.find(|one| one.key == key).expect("a milestone")
    };
    assert_eq!(tally.reached(milestone("final"), ants), 0);
    assert_eq!(
        outlook
            .reach()
            .settled(outlook.known(), milestone("final"), ants),
        Some(false)
    );
    assert!(outlook.conditions()[4].ends_with("its next opponent goes on"));
}

/// The score of the match in which Ants are listed before Bees.
fn of_ants_and_bees(cup: &Cup) -> Option<crate::tournament::Score> {
    let clubs = ["Ants", "Bees"].map(|name| cup.find_club(name).expect("a club"));
    listed_match(cup, clubs, |_| true).expect("a match").score
}

#[test]
fn a_fixed_result_takes_the_place_of_the_known_one_however_it_is_written() {
    let cup = village();
    for text in [
        "Ants-Bees 0-1",
        "Bees-Ants 1-0",
        "group stage Ants - Bees 0-1",
    ] {
        let what_if = read(&cup, &[(ItemKind::Fix, text)]).expect("a result");
        let applied = what_if.applied(&cup);
        let score = of_ants_and_bees(&applied).expect("a result");
        assert_eq!(score.ninety, Goals { home: 0, away: 1 }, "{text}");
        assert_eq!(
            what_if.words(&cup),
            ["Ants - Bees 0-1 (group stage), in place of the known 2-0"]
        );
    }
    let open = read(&cup, &[(ItemKind::Fix, "Ants-Bees away win")]).expect("a result");
    assert_eq!(of_ants_and_bees(&open.applied(&cup)), None);
}

#[test]
fn rules_edit_the_units_they_are_about() {
    let cup = village();
    let ruled = |rule: &str| {
        let what_if = read(&cup, &[(ItemKind::Rule, rule)]).expect("a rule");
        what_if.applied(&cup)
    };
    let ties = |cup: &Cup| -> Vec<(usize, Vec<Step>)> {
        let units = cup.format().units().iter();
        units
            .filter_map(|unit| match &unit.rules {
                Rules::Tie(tie) => Some((tie.legs.len(), tie.decide.clone())),
                _ => None,
            })
            .collect()
    };
    let before = ties(&cup);
    let has = |step: Step| before.iter().all(|(_, decide)| decide.contains(&step));
    let (rule, step) = if has(Step::AwayGoals) {
        ("no-away-goals", Step::AwayGoals)
    } else {
        ("away-goals", Step::AwayGoals)
    };
    for ((_, one), (_, other)) in before.iter().zip(ties(&ruled(rule))) {
        assert_ne!(one.contains(&step), other.contains(&step));
    }
    let legs: Vec<usize> = ties(&ruled("single-leg-final"))
        .iter()
        .map(|tie| tie.0)
        .collect();
    assert_eq!(legs, [2, 2, 1]);
    let points = ruled("two-points");
    let win = points
        .format()
        .units()
        .iter()
        .find_map(|unit| match &unit.rules {
            Rules::Table(table) => Some(table.points.win),
            _ => None,
        });
    assert_eq!(win, Some(2));
}

#[test]
fn what_cannot_be_is_refused_with_a_way_out() {
    let cup = village();
    for (items, fact) in [
        (
            vec![(ItemKind::Fix, "Ants-Bats 1-0")],
            "no club is called `Bats`",
        ),
        (vec![(ItemKind::Fix, "Ants 1-0")], "names no two clubs"),
        (
            vec![(ItemKind::WinsGroup, "Bats")],
            "no club is called `Bats`",
        ),
        (
            vec![(ItemKind::WinsGroup, "Ants"), (ItemKind::WinsGroup, "Bees")],
            "nobody can come first",
        ),
        (
            vec![(ItemKind::Eliminate, "Ants"), (ItemKind::WinsGroup, "Ants")],
            "about a club that is out",
        ),
        (
            vec![(ItemKind::Eliminate, "Ants"), (ItemKind::Annul, "Ants")],
            "is out already",
        ),
        (vec![(ItemKind::Neutral, "finale")], "names no stage"),
        (
            vec![(ItemKind::Rule, "two-point")],
            "did you mean `two-points`?",
        ),
        (vec![(ItemKind::Rule, "random-bracket")], "none are here"),
        (
            vec![(ItemKind::Rule, "higher-seed-hosts")],
            "part of their graph",
        ),
        (vec![(ItemKind::Pot, "Ants=A")], "was not drawn from pots"),
    ] {
        let error = read(&cup, &items).expect_err("something wrong");
        assert!(error.contains(fact), "{items:?}: {error}");
    }
    let what_if = read(&cup, &[(ItemKind::BestFinish, "Ants=champion")]).expect("good in form");
    let outlook = Outlook::new(&cup, Instant::Now).expect("a model");
    let error = outlook
        .under(what_if)
        .map(|_| ())
        .expect_err("no such term");
    assert!(
        error
            .to_string()
            .contains("takes no account of the best finish")
    );
}
