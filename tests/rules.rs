//! The rules at work on the real tables, seed lists and ties of both bundled editions.

use cupcast::ids::{ClubId, GroupId, TieId};
use cupcast::knockout::{BracketState, DecidedBy};
use cupcast::seeding::SeedList;
use cupcast::standings::{Record, Standings, Verdict};
use cupcast::tournament::{GroupCriterion, Moment, SeedingCriterion, Tournament, bundled};

fn open(id: &str) -> Tournament {
    bundled::open(id).expect("a bundled tournament")
}

fn club(tournament: &Tournament, name: &str) -> ClubId {
    tournament
        .club_ids()
        .find(|id| tournament.club(*id).name == name)
        .unwrap_or_else(|| panic!("{name} is in the file"))
}

/// `Toluca 12 15-4`: name, points, goals.
fn line(tournament: &Tournament, record: &Record) -> String {
    let name = &tournament.club(record.club).name;
    let (points, scored, conceded) = (record.points, record.goals_for, record.goals_against);
    format!("{name} {points} {scored}-{conceded}")
}

fn tables(tournament: &Tournament) -> Vec<Vec<String>> {
    let table = |id| Standings::of_group(tournament, id);
    let lines = |table: Standings| {
        let rows = table.rows.iter();
        rows.map(|row| line(tournament, row)).collect()
    };
    tournament.group_ids().map(table).map(lines).collect()
}

fn seed_list(tournament: &Tournament) -> Vec<String> {
    let seeds = SeedList::of(tournament);
    assert!(seeds.settled.iter().all(|settled| *settled));
    let list = seeds.seeding.seeds.iter();
    list.map(|record| line(tournament, record)).collect()
}

/// `QF1 Toluca beat San Jose Earthquakes by penalties 2-2`: the aggregate after 90 minutes, winner first.
fn ties(tournament: &Tournament) -> Vec<String> {
    let bracket = BracketState::of(tournament);
    let describe = |(index, tie): (usize, &cupcast::tournament::Tie)| {
        let state = bracket.tie(TieId::new(index));
        let outcome = state.outcome.expect("a finished tournament");
        let clubs = state.pair().expect("a finished tournament");
        let aggregate = state.aggregate().expect("a finished tournament");
        let goals = [aggregate.first, aggregate.second];
        let (winner, loser) = (outcome.winner.index(), outcome.winner.other().index());
        format!(
            "{} {} beat {} by {} {}-{}",
            tie.name,
            tournament.club(clubs[winner]).name,
            tournament.club(clubs[loser]).name,
            outcome.decided_by.words(),
            goals[winner],
            goals[loser]
        )
    };
    let all = tournament.bracket.ties.iter().enumerate();
    all.map(describe).collect()
}

#[test]
fn group_tables_of_2013_14() {
    let expected = [
        [
            "Árabe Unido 9 7-3",
            "Houston Dynamo 7 4-2",
            "W Connection 1 1-7",
        ],
        [
            "Sporting Kansas City 8 5-1",
            "Olimpia 7 2-2",
            "Real Estelí 1 1-5",
        ],
        ["Cruz Azul 12 10-2", "Herediano 6 11-8", "Valencia 0 4-15"],
        [
            "Alajuelense 9 4-1",
            "América 6 4-2",
            "Sporting San Miguelito 3 1-6",
        ],
        [
            "San Jose Earthquakes 6 4-2",
            "Montreal Impact 6 3-4",
            "Heredia 6 2-3",
        ],
        [
            "Toluca 12 15-4",
            "Comunicaciones 6 7-7",
            "Caledonia AIA 0 2-13",
        ],
        [
            "Tijuana 10 10-2",
            "Luis Ángel Firpo 7 6-3",
            "Victoria 0 4-15",
        ],
        [
            "LA Galaxy 9 6-4",
            "Cartaginés 4 4-7",
            "Isidro Metapán 4 6-5",
        ],
    ];
    assert_eq!(tables(&open("ccl-2013-14")), expected);
}

#[test]
fn group_tables_of_2012_13() {
    let expected = [
        ["Santos Laguna 12 13-1", "Toronto FC 6 9-5", "Águila 0 1-17"],
        ["Herediano 10 4-1", "Real Salt Lake 7 3-1", "Tauro 0 1-6"],
        ["Houston Dynamo 8 9-3", "Olimpia 5 6-4", "FAS 3 3-11"],
        [
            "Seattle Sounders FC 12 12-5",
            "Marathón 4 5-7",
            "Caledonia AIA 1 3-8",
        ],
        [
            "LA Galaxy 10 12-4",
            "Puerto Rico Islanders 4 4-7",
            "Isidro Metapán 3 7-12",
        ],
        [
            "Tigres UANL 8 12-3",
            "Alajuelense 7 4-7",
            "Real Estelí 1 1-7",
        ],
        ["Monterrey 12 15-0", "Municipal 6 4-6", "Chorrillo 0 2-15"],
        ["Xelajú 7 7-6", "Guadalajara 7 7-3", "W Connection 2 5-10"],
    ];
    assert_eq!(tables(&open("ccl-2012-13")), expected);
}

#[test]
fn seeds_of_2013_14() {
    let expected = [
        "Toluca 12 15-4",
        "Cruz Azul 12 10-2",
        "Tijuana 10 10-2",
        "Árabe Unido 9 7-3",
        "Alajuelense 9 4-1",
        "LA Galaxy 9 6-4",
        "Sporting Kansas City 8 5-1",
        "San Jose Earthquakes 6 4-2",
    ];
    assert_eq!(seed_list(&open("ccl-2013-14")), expected);
}

#[test]
fn seeds_of_2012_13() {
    // The quarterfinals played were Monterrey - Xelajú, Santos - Houston, Seattle - Tigres, LA - Herediano.
    let expected = [
        "Monterrey 12 15-0",
        "Santos Laguna 12 13-1",
        "Seattle Sounders FC 12 12-5",
        "LA Galaxy 10 12-4",
        "Herediano 10 4-1",
        "Tigres UANL 8 12-3",
        "Houston Dynamo 8 9-3",
        "Xelajú 7 7-6",
    ];
    assert_eq!(seed_list(&open("ccl-2012-13")), expected);
}

#[test]
fn ties_of_2013_14() {
    let expected = [
        "QF1 Toluca beat San Jose Earthquakes by penalties 2-2",
        "QF2 Cruz Azul beat Sporting Kansas City by aggregate 5-2",
        "QF3 Tijuana beat LA Galaxy by aggregate 4-3",
        "QF4 Alajuelense beat Árabe Unido by aggregate 2-0",
        "SF1 Toluca beat Alajuelense by aggregate 3-0",
        "SF2 Cruz Azul beat Tijuana by aggregate 2-1",
        "F Cruz Azul beat Toluca by away goals 1-1",
    ];
    assert_eq!(ties(&open("ccl-2013-14")), expected);
}

#[test]
fn ties_of_2012_13() {
    let expected = [
        "QF1 Monterrey beat Xelajú by aggregate 4-2",
        "QF2 Santos Laguna beat Houston Dynamo by aggregate 3-1",
        "QF3 Seattle Sounders FC beat Tigres UANL by aggregate 3-2",
        "QF4 LA Galaxy beat Herediano by aggregate 4-1",
        "SF1 Monterrey beat LA Galaxy by aggregate 3-1",
        "SF2 Santos Laguna beat Seattle Sounders FC by aggregate 2-1",
        "F Monterrey beat Santos Laguna by aggregate 4-2",
    ];
    assert_eq!(ties(&open("ccl-2012-13")), expected);
}

/// What separated two clubs of a group: the deciding criterion and both figures.
fn separation(tournament: &Tournament, better: &str, worse: &str) -> (GroupCriterion, i64, i64) {
    let (better, worse) = (club(tournament, better), club(tournament, worse));
    let table = Standings::of_group(tournament, tournament.group_of(better));
    let pair = table
        .separations
        .iter()
        .find(|pair| (pair.better, pair.worse) == (better, worse))
        .expect("level on points and in this order");
    let step = pair.decisive().expect("figures decided");
    (step.criterion, step.better, step.worse)
}

#[test]
fn real_clubs_level_on_points_are_separated_for_the_right_reason() {
    use GroupCriterion::{HeadToHeadAwayGoals, HeadToHeadGoalDifference, HeadToHeadPoints};
    let cup = open("ccl-2013-14");
    // Group 8: Cartaginés won 4-2 away and drew 0-0 at home, though behind on goals over all matches.
    let decided = separation(&cup, "Cartaginés", "Isidro Metapán");
    assert_eq!(decided, (HeadToHeadPoints, 4, 1));
    // Group 5: all three on 6 points.
    let decided = separation(&cup, "San Jose Earthquakes", "Montreal Impact");
    assert_eq!(decided, (HeadToHeadGoalDifference, 2, -1));
    let decided = separation(&cup, "Montreal Impact", "Heredia");
    assert_eq!(decided, (HeadToHeadGoalDifference, 1, -1), "2-0 and 0-1");
    // 2012-13, group 8: 1-0 and 1-2, so Xelajú scored the only away goal and won the group on it.
    let cup = open("ccl-2012-13");
    let decided = separation(&cup, "Xelajú", "Guadalajara");
    assert_eq!(decided, (HeadToHeadAwayGoals, 1, 0));
}

#[test]
fn real_seeds_level_on_points_are_separated_by_goal_difference() {
    let cup = open("ccl-2013-14");
    let seeds = SeedList::of(&cup).seeding;
    let told = |pair: &cupcast::standings::Separation<SeedingCriterion>| {
        let step = pair.decisive().expect("figures decided");
        let better = cup.club(pair.better).name.clone();
        (better, step.criterion, step.better, step.worse)
    };
    let all: Vec<_> = seeds.separations.iter().map(told).collect();
    let by_difference = |name: &str, better, worse| {
        (
            name.to_owned(),
            SeedingCriterion::GoalDifference,
            better,
            worse,
        )
    };
    // Toluca - Cruz Azul on 12; Árabe Unido, Alajuelense and LA Galaxy on 9.
    let expected = [
        by_difference("Toluca", 11, 8),
        by_difference("Árabe Unido", 4, 3),
        by_difference("Árabe Unido", 4, 2),
        by_difference("Alajuelense", 3, 2),
    ];
    assert_eq!(all, expected);
}

#[test]
fn hosts_of_the_second_legs_are_the_real_ones() {
    for id in ["ccl-2012-13", "ccl-2013-14"] {
        let cup = open(id);
        let bracket = BracketState::of(&cup);
        for (tie, state) in cup.bracket.ties.iter().zip(&bracket.ties) {
            for (index, leg) in tie.legs.iter().enumerate() {
                let played = leg.played.expect("a finished tournament");
                let known = (state.host(index), state.guest(index));
                assert_eq!(
                    known,
                    (Some(played.home), Some(played.away)),
                    "{id} {}",
                    tie.name
                );
            }
        }
    }
}

#[test]
fn the_bracket_fills_up_as_results_come_in() {
    let cup = open("ccl-2013-14");
    let at = |key: &str| {
        let moment = Moment::parse(key, &cup).expect("a moment");
        BracketState::of(&cup.as_of(moment))
    };
    let known = |state: &BracketState| {
        let pairs = state.ties.iter().filter(|tie| tie.pair().is_some()).count();
        let decided = state
            .ties
            .iter()
            .filter(|tie| tie.winner().is_some())
            .count();
        (pairs, decided)
    };
    assert_eq!(known(&at("start")), (0, 0));
    assert_eq!(
        known(&at("md5")),
        (0, 0),
        "seeds are open until all groups are over"
    );
    assert_eq!(known(&at("groups")), (4, 0));
    assert_eq!(known(&at("qf-leg1")), (4, 0));
    assert_eq!(known(&at("qf")), (6, 4));
    assert_eq!(known(&at("sf-leg1")), (6, 4));
    assert_eq!(known(&at("sf")), (7, 6));
    assert_eq!(known(&at("now")), (7, 7));
}

#[test]
fn a_table_in_progress_counts_what_was_played() {
    // After matchday 2 of group 5 only Montreal - San Jose 1-0 and Heredia - Montreal 1-0 were played.
    let cup = open("ccl-2013-14");
    let cup = cup.as_of(Moment::Matchday(2));
    let table = Standings::of_group(&cup, GroupId(4));
    let lines: Vec<String> = table.rows.iter().map(|row| line(&cup, row)).collect();
    let expected = [
        "Heredia 3 1-0",
        "Montreal Impact 3 1-1",
        "San Jose Earthquakes 0 0-1",
    ];
    assert_eq!(lines, expected, "Heredia won the match between the two");
    let seeds = SeedList::of(&cup);
    assert!(seeds.settled.iter().all(|settled| !settled), "provisional");
}

#[test]
fn before_the_first_match_everyone_is_level() {
    let cup = open("ccl-2013-14").as_of(Moment::Start);
    for id in cup.group_ids() {
        let table = Standings::of_group(&cup, id);
        assert_eq!(table.order(), cup.group(id).clubs, "the order of the file");
        let level = |pair: &cupcast::standings::Separation<_>| pair.verdict == Verdict::Level;
        assert!(table.separations.iter().all(level));
    }
}

#[test]
fn a_shoot_out_is_told_from_extra_time() {
    let cup = open("ccl-2013-14");
    let bracket = BracketState::of(&cup);
    let by = |name: &str| {
        let index = cup.bracket.ties.iter().position(|tie| tie.name == name);
        let state = &bracket.ties[index.expect("a tie")];
        state.outcome.expect("decided").decided_by
    };
    assert_eq!(by("QF1"), DecidedBy::Penalties);
    assert_eq!(by("F"), DecidedBy::AwayGoals);
}
