//! The simulator and the rules at work agree: simulated score sheets, written down as if they were real results,
//! give the same tables, seeds and winners, and no contradiction.

use cupcast::conditions::Conditions;
use cupcast::consistency;
use cupcast::goals::{GoalModel, Occasion, Rates};
use cupcast::ids::{ClubId, TieId};
use cupcast::knockout::{BracketState, DecidedBy};
use cupcast::play::{Engine, ScoreSheet, SheetLeg, replay};
use cupcast::playbook::compile;
use cupcast::standings::Standings;
use cupcast::tournament::{Goals, Moment, PlayedLeg, Score, Tournament, bundled};

/// Few goals, so that clubs are level and ties go all the way often.
struct FewGoals;

impl GoalModel for FewGoals {
    fn rates(&self, _: ClubId, _: ClubId, _: Occasion) -> Rates {
        Rates::nearest(0.5, 0.4)
    }
}

/// A simulated leg as a result; the kicks of a shoot-out are not simulated, so its winner gets 5-4.
fn played(leg: &SheetLeg) -> PlayedLeg {
    let penalties = leg.shoot_out.map(|winner| {
        let home_won = winner == leg.home;
        Goals {
            home: 4 + u8::from(home_won),
            away: 5 - u8::from(home_won),
        }
    });
    PlayedLeg {
        home: leg.home,
        away: leg.away,
        score: Score {
            ninety: leg.ninety,
            after_extra_time: leg.after_extra_time,
            penalties,
        },
        awarded: false,
    }
}

/// The tournament with the results of a score sheet, and its order as the lots wherever lots are needed.
fn with_results(cup: &Tournament, sheet: &ScoreSheet) -> Tournament {
    let mut cup = cup.clone();
    let matches = sheet.groups.iter().flat_map(|group| &group.matches);
    for game in matches {
        let mut fixtures = cup.fixtures.iter_mut();
        let fixture = fixtures.find(|it| (it.home, it.away) == (game.home, game.away));
        fixture.expect("a fixture of the cup").result = Some(game.goals);
    }
    for tie in &sheet.ties {
        let legs = &mut cup.bracket.ties[tie.tie.index()].legs;
        assert_eq!(legs.len(), tie.legs.len());
        for (leg, simulated) in legs.iter_mut().zip(&tie.legs) {
            leg.played = Some(played(simulated));
        }
    }
    let tables = sheet.groups.iter().flat_map(|group| &group.table);
    let others = tables
        .map(|row| row.club)
        .filter(|club| !sheet.seeds.contains(club));
    cup.lots = sheet.seeds.iter().copied().chain(others).collect();
    cup
}

#[test]
fn score_sheets_agree_with_the_rules() {
    let cup = bundled::open("ccl-2013-14").expect("a bundled tournament");
    let cup = cup.as_of(Moment::Start);
    let engine = Engine::new(&compile(&cup, &FewGoals, &Conditions::default()));
    let mut ways = [0; 4];
    let (mut level, mut lots) = (0, 0);
    for run in 0..2000 {
        let sheet = replay(&engine, 7, run);
        let cup = with_results(&cup, &sheet);
        for group in &sheet.groups {
            let table = Standings::of_group(&cup, group.group);
            let simulated: Vec<ClubId> = group.table.iter().map(|row| row.club).collect();
            assert_eq!(table.order(), simulated, "run {run}, {:?}", group.group);
            level += table.separations.len();
            lots += usize::from(group.lots);
        }
        let bracket = BracketState::of(&cup);
        let seeds = bracket.seeds.seeding.seeds.iter().map(|record| record.club);
        assert_eq!(seeds.collect::<Vec<_>>(), sheet.seeds, "run {run}");
        for tie in &sheet.ties {
            let state = bracket.tie(tie.tie);
            assert_eq!(state.winner(), Some(tie.winner), "run {run}, {:?}", tie.tie);
            let outcome = state.outcome.expect("every leg was played");
            ways[match outcome.decided_by {
                DecidedBy::Aggregate => 0,
                DecidedBy::AwayGoals => 1,
                DecidedBy::ExtraTime => 2,
                DecidedBy::Penalties => 3,
            }] += 1;
        }
        let last = TieId::new(sheet.ties.len() - 1);
        assert_eq!(bracket.tie(last).winner(), Some(sheet.champion));
        assert_eq!(consistency::check(&cup), [], "run {run}");
    }
    // The comparison is worth something only if every rule was needed.
    assert!(ways.iter().all(|count| *count > 100), "{ways:?}");
    assert!(
        level > 1000 && lots > 100,
        "{level} pairs level, {lots} drawings"
    );
}
