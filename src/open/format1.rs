//! A tournament of format 1 (groups, seeds, a bracket) as a cup: tables, an order of their firsts, ties.

use crate::cup::{Cup, Facts, Match, Ranked};
use crate::format::{
    Builder, By, Criterion, Figure, Order, Rules, Side, Step, Table, TablePoints, Tie,
};
use crate::ids::{PlaceId, StageId, UnitId};
use crate::tournament::{self, GroupCriterion, Round, SecondLegHost, SeedingCriterion, Tournament};
use std::collections::BTreeMap;

impl From<&Tournament> for Cup {
    fn from(tournament: &Tournament) -> Self {
        let mut making = Making {
            tournament,
            builder: Builder::new(tournament.clubs.len()),
            matches: Vec::new(),
            ties: Vec::new(),
        };
        let group_stage = making.groups();
        let seeds = making.seeds(group_stage);
        let mut reached = Vec::new();
        for round in tournament.bracket.round_ids() {
            reached.push(making.round(round, seeds));
        }
        making.milestones(reached);
        let lots = (!tournament.lots.is_empty()).then(|| Ranked {
            clubs: tournament.lots.clone(),
            by: Some("lots".to_owned()),
            date: None,
        });
        Self {
            id: tournament.id.clone(),
            competition: tournament.competition.clone(),
            edition: tournament.edition.clone(),
            clubs: tournament.clubs.clone(),
            numbers: BTreeMap::new(),
            words: BTreeMap::new(),
            format: making
                .builder
                .finish()
                .expect("a valid tournament makes a valid format"),
            matches: making.matches,
            facts: Facts {
                ranked: lots.into_iter().collect(),
                ..Facts::default()
            },
            hosts: Vec::new(),
            history: tournament.history.clone(),
            past: Vec::new(),
            pots: tournament.to_edition().pots,
        }
    }
}

struct Making<'a> {
    tournament: &'a Tournament,
    builder: Builder,
    matches: Vec<Match>,
    /// The unit of each tie, by `TieId`.
    ties: Vec<UnitId>,
}

impl Making<'_> {
    fn groups(&mut self) -> StageId {
        let tournament = self.tournament;
        let rules = &tournament.rules;
        let stage = self.builder.stage("group", "group stage", true);
        for id in tournament.group_ids() {
            let group = tournament.group(id);
            let entrants = group
                .clubs
                .iter()
                .map(|club| PlaceId::new(club.index()))
                .collect();
            let table = Table {
                points: TablePoints {
                    win: rules.points.win,
                    draw: rules.points.draw,
                    loss: rules.points.loss,
                    shoot_out: None,
                },
                rank: group_ranking(&rules.group_tiebreakers),
                carry: None,
            };
            let name = format!("group {}", group.name);
            let unit = self
                .builder
                .unit(stage, &group.name, &name, entrants, Rules::Table(table));
            for (_, fixture) in tournament.fixtures_of(id) {
                let clubs = [fixture.home, fixture.away];
                let side = |club| {
                    let position = group.clubs.iter().position(|member| *member == club);
                    position.expect("both clubs of a match are in its group") as u16
                };
                let matchday = u16::from(fixture.matchday);
                self.matches.push(Match {
                    date: Some(fixture.date),
                    clubs: Some(clubs),
                    score: fixture.result.map(Into::into),
                    ..Match::open(unit, matchday, clubs.map(side), Side::First)
                });
            }
        }
        stage
    }

    fn seeds(&mut self, groups: StageId) -> UnitId {
        let stage = self.builder.stage("seed", "seeds", true);
        let firsts = self
            .builder
            .units()
            .iter()
            .map(|unit| unit.output(0))
            .collect();
        let order = Order {
            by: self
                .tournament
                .rules
                .seeding
                .iter()
                .map(|by| seeding(*by))
                .collect(),
            counting: vec![groups],
            best: None,
        };
        self.builder
            .unit(stage, "seeds", "seeds", firsts, Rules::Order(order))
    }

    /// Adds a round; gives its stage and the places that enter it.
    fn round(&mut self, id: crate::ids::RoundId, seeds: UnitId) -> (StageId, Vec<PlaceId>) {
        let tournament = self.tournament;
        let round = tournament.bracket.round(id);
        let sides: Vec<[PlaceId; 2]> = tournament
            .bracket
            .ties_of(id)
            .map(|(_, tie)| {
                let [one, other] = tie.sides.map(|side| match side {
                    tournament::Side::Seed(seed) => {
                        self.builder.output(seeds, usize::from(seed) - 1)
                    }
                    tournament::Side::Winner(tie) => self.builder.output(self.ties[tie.index()], 0),
                });
                match tie.second_leg_host {
                    SecondLegHost::Side(0) | SecondLegHost::HigherSeed => [one, other],
                    SecondLegHost::Side(_) => [other, one],
                }
            })
            .collect();
        let hosts = self.hosts(id, seeds, &sides);
        let stage = self.builder.stage(&round.short, &round.name, true);
        for (number, (_, tie)) in tournament.bracket.ties_of(id).enumerate() {
            let entrants = match hosts.get(number).copied().flatten() {
                Some(host) => self.builder.unit_at(host).outputs().collect(),
                None => sides[number].to_vec(),
            };
            let rules = Rules::Tie(tie_rules(round));
            let unit = self
                .builder
                .unit(stage, &tie.name, &tie.name, entrants, rules);
            self.ties.push(unit);
            for (leg, game) in tie.legs.iter().enumerate() {
                self.matches.push(Match {
                    date: game.date,
                    clubs: game.played.map(|played| [played.home, played.away]),
                    score: game.played.map(|played| played.score),
                    ..Match::open(unit, leg as u16 + 1, [0, 1], Side::First)
                });
            }
        }
        (stage, sides.into_iter().flatten().collect())
    }

    /// In front of ties that the better seed hosts, an order of two.
    fn hosts(
        &mut self,
        id: crate::ids::RoundId,
        seeds: UnitId,
        sides: &[[PlaceId; 2]],
    ) -> Vec<Option<UnitId>> {
        let tournament = self.tournament;
        let ties: Vec<_> = tournament.bracket.ties_of(id).collect();
        let by_seed = |host: SecondLegHost| host == SecondLegHost::HigherSeed;
        if !ties.iter().any(|(_, tie)| by_seed(tie.second_leg_host)) {
            return Vec::new();
        }
        let round = tournament.bracket.round(id);
        let key = format!("{}-home", round.short);
        let stage = self.builder.stage(&key, "who is at home last", false);
        let hosts = ties.iter().zip(sides).map(|((_, tie), sides)| {
            by_seed(tie.second_leg_host).then(|| {
                let order = Order {
                    by: vec![Criterion::of(By::Place {
                        of: seeds,
                        first: None,
                    })],
                    counting: Vec::new(),
                    best: None,
                };
                let key = format!("{}-home", tie.name);
                let name = format!("host of {}", tie.name);
                self.builder
                    .unit(stage, &key, &name, sides.to_vec(), Rules::Order(order))
            })
        });
        hosts.collect()
    }

    fn milestones(&mut self, reached: Vec<(StageId, Vec<PlaceId>)>) {
        let units = self.builder.units();
        let tables = units
            .iter()
            .filter(|unit| matches!(unit.rules, Rules::Table(_)));
        let firsts = tables.map(|unit| unit.output(0)).collect();
        let last = units.last().map(|unit| unit.output(0));
        self.builder.milestone("first", "wins its group", firsts);
        for (stage, places) in reached {
            let stage = self.builder.stages()[stage.index()].clone();
            let words = format!("plays in the {}", stage.name);
            self.builder.milestone(&stage.key, &words, places);
        }
        self.builder
            .milestone("title", "wins the title", last.into_iter().collect());
    }
}

/// Points first, then the tiebreakers; head-to-head criteria that follow one another are one block.
fn group_ranking(tiebreakers: &[GroupCriterion]) -> Vec<Criterion> {
    let mut rank = vec![Criterion::figure(Figure::Points)];
    for criterion in tiebreakers {
        let figure = match criterion {
            GroupCriterion::HeadToHeadPoints => Some(Figure::Points),
            GroupCriterion::HeadToHeadGoalDifference => Some(Figure::Difference),
            GroupCriterion::HeadToHeadGoals => Some(Figure::Goals),
            GroupCriterion::HeadToHeadAwayGoals => Some(Figure::AwayGoals),
            _ => None,
        };
        let block = rank.last_mut().map(|last| &mut last.by);
        match (figure, criterion, block) {
            (
                Some(figure),
                _,
                Some(By::Among {
                    figures,
                    again: false,
                }),
            ) => figures.push(figure),
            (Some(figure), ..) => rank.push(Criterion::of(By::Among {
                figures: vec![figure],
                again: false,
            })),
            (None, GroupCriterion::ReapplyHeadToHead, Some(By::Among { again, .. })) => {
                *again = true;
            }
            (None, GroupCriterion::ReapplyHeadToHead, _) => {}
            (None, other, _) => rank.push(overall(*other)),
        }
    }
    rank
}

fn overall(criterion: GroupCriterion) -> Criterion {
    match criterion {
        GroupCriterion::GoalDifference => Criterion::figure(Figure::Difference),
        GroupCriterion::Goals => Criterion::figure(Figure::Goals),
        GroupCriterion::AwayGoals => Criterion::figure(Figure::AwayGoals),
        GroupCriterion::Wins => Criterion::figure(Figure::Wins),
        GroupCriterion::AwayWins => Criterion::figure(Figure::AwayWins),
        _ => Criterion::lots(),
    }
}

fn seeding(criterion: SeedingCriterion) -> Criterion {
    match criterion {
        SeedingCriterion::Points => Criterion::figure(Figure::Points),
        SeedingCriterion::GoalDifference => Criterion::figure(Figure::Difference),
        SeedingCriterion::Goals => Criterion::figure(Figure::Goals),
        SeedingCriterion::AwayGoals => Criterion::figure(Figure::AwayGoals),
        SeedingCriterion::Wins => Criterion::figure(Figure::Wins),
        SeedingCriterion::AwayWins => Criterion::figure(Figure::AwayWins),
        SeedingCriterion::Lots => Criterion::lots(),
    }
}

/// The first side is at home last.
fn tie_rules(round: &Round) -> Tie {
    let away_goals = round.away_goals && round.legs == 2;
    let steps = [
        (true, Step::Goals),
        (away_goals, Step::AwayGoals),
        (round.extra_time, Step::ExtraTime),
        (true, Step::ShootOut),
    ];
    Tie {
        legs: if round.legs == 2 {
            vec![Side::Second, Side::First]
        } else {
            vec![Side::First]
        },
        decide: steps
            .into_iter()
            .filter(|(has, _)| *has)
            .map(|(_, step)| step)
            .collect(),
        when: None,
    }
}
