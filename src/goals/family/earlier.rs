//! Earlier editions of a cup of clubs: who is who in them, and how far everybody had come before each.

use super::material::{Facts, Material, Played};
use super::own;
use crate::cup::{Cup, Past, PastRound};
use crate::format::Side;
use crate::ids::ClubId;
use crate::tournament::plain_name;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// How many editions back a finish is remembered.
const REMEMBERED: usize = 5;

/// What there is to learn from about the clubs of a cup, and what is known of them when it begins.
#[derive(Debug)]
pub(super) struct Earlier {
    /// Results of earlier editions.
    pub(super) material: Material,
    /// The number of each club of the cup among the teams.
    pub(super) numbers: Vec<usize>,
    /// What was known of each club before the cup.
    pub(super) facts: Vec<Facts>,
    /// Whether best finishes are those that the file tells, because there is no earlier edition.
    pub(super) finishes_by_file: bool,
    /// The names of associations, by number.
    pub(super) associations: Vec<String>,
    /// The edition of each result.
    editions: Vec<usize>,
}

/// Teams and associations by number.
#[derive(Default)]
struct Register {
    teams: BTreeMap<String, usize>,
    associations: Vec<String>,
    material: Material,
}

impl Register {
    fn association(&mut self, name: Option<&str>) -> Option<usize> {
        let name = name.filter(|name| !name.is_empty())?;
        let known = self.associations.iter().position(|known| known == name);
        Some(known.unwrap_or_else(|| {
            self.associations.push(name.to_owned());
            self.associations.len() - 1
        }))
    }

    /// The number of a club of an earlier edition.
    fn team(&mut self, name: &str, association: Option<&str>) -> usize {
        let plain = plain_name(name);
        if let Some(team) = self.teams.get(&plain).copied() {
            // A cup's file may say less than those of earlier editions.
            if self.material.group_of[team].is_none() {
                let group = self.association(association);
                self.material.set_group(team, group);
            }
            return team;
        }
        let group = self.association(association);
        let team = self.material.add_team(group);
        self.teams.insert(plain, team);
        team
    }
}

/// How far clubs came in each edition, the earliest first.
struct Finishes(Vec<BTreeMap<usize, f64>>);

impl Finishes {
    /// The best finish of a team in the editions before one, as a share of the title.
    fn before(&self, edition: usize, team: usize) -> f64 {
        let remembered = &self.0[edition.saturating_sub(REMEMBERED)..edition];
        let reached = remembered.iter().filter_map(|reached| reached.get(&team));
        reached.fold(0.0, |best, reached| reached.max(best)) / 5.0
    }
}

fn level(round: PastRound) -> f64 {
    match round {
        PastRound::Begun => 1.0,
        PastRound::PlayOff => 1.2,
        PastRound::Sixteen => 1.5,
        PastRound::Quarterfinal => 2.0,
        PastRound::Semifinal => 3.0,
        PastRound::Final => 4.0,
    }
}

/// What a title counts.
const TITLE: f64 = 5.0;

/// The editions that began before a day, the earliest first.
fn editions_before(past: &[Past], day: Date) -> Vec<&str> {
    let mut first: BTreeMap<&str, Date> = BTreeMap::new();
    for game in past {
        let date = first.entry(&game.edition).or_insert(game.date);
        *date = game.date.min(*date);
    }
    let mut order: Vec<(Date, &str)> = first.into_iter().map(|(name, date)| (date, name)).collect();
    order.sort_unstable();
    order.retain(|(date, _)| *date < day);
    order.into_iter().map(|(_, name)| name).collect()
}

impl Earlier {
    /// What is known before a cup that begins on a day. Of an edition that began later nothing is, nor of the cup's own.
    pub(super) fn new(known: &Cup, begins: Date) -> Self {
        let mut register = Register::default();
        let numbers: Vec<usize> = known
            .clubs()
            .iter()
            .map(|club| {
                let team = register.team(&club.name, Some(&club.association));
                for alias in &club.aliases {
                    register.teams.entry(plain_name(alias)).or_insert(team);
                }
                team
            })
            .collect();
        let past = known.past();
        let order = editions_before(past, begins);
        let order: Vec<&str> = order
            .into_iter()
            .filter(|name| *name != known.edition())
            .collect();
        let mut finishes = Finishes(vec![BTreeMap::new(); order.len()]);
        let mut games = Vec::new();
        for game in past {
            let Some(edition) = order.iter().position(|name| *name == game.edition) else {
                continue;
            };
            let teams = [0, 1]
                .map(|side| register.team(&game.clubs[side], game.associations[side].as_deref()));
            for (side, team) in teams.into_iter().enumerate() {
                let reached = if game.champion() == Some(side) {
                    TITLE
                } else {
                    level(game.round)
                };
                let best = finishes.0[edition].entry(team).or_default();
                *best = best.max(reached);
            }
            games.push((game, edition, teams));
        }
        let mut editions = Vec::new();
        for (game, edition, teams) in games {
            editions.push(edition);
            register.material.played.push(Played {
                date: game.date,
                teams,
                ground: match game.home {
                    Side::First => 1.0,
                    Side::Second => -1.0,
                    Side::Nobody => 0.0,
                },
                goals: [game.goals.home, game.goals.away],
                facts: teams.map(|team| Facts {
                    best_finish: finishes.before(edition, team),
                    ..Facts::default()
                }),
            });
        }
        let facts = facts_now(
            known,
            |club| finishes.before(order.len(), numbers[club.index()]),
            order.is_empty(),
        );
        Self {
            material: register.material,
            associations: register.associations,
            finishes_by_file: order.is_empty(),
            numbers,
            facts,
            editions,
        }
    }

    /// How many earlier editions and how many of their matches were played before a day, from another on.
    pub(super) fn count(&self, from: Date, before: Date) -> (usize, usize) {
        let dated = self.material.played.iter().zip(&self.editions);
        let counted = dated.filter(|(played, _)| (from..before).contains(&played.date));
        let editions: Vec<usize> = counted.map(|(_, edition)| *edition).collect();
        let mut distinct = editions.clone();
        distinct.sort_unstable();
        distinct.dedup();
        (distinct.len(), editions.len())
    }
}

/// What is known of each club when the cup begins: its best finish by earlier editions, or by the file if there are none.
fn facts_now(known: &Cup, finish: impl Fn(ClubId) -> f64, by_file: bool) -> Vec<Facts> {
    let ratings = own::rating_facts(&own::ratings(known));
    let seeding = own::seeding_facts(known);
    let both = known.club_ids().zip(ratings).zip(seeding);
    let facts = both.map(|((club, rated), seeded)| Facts {
        best_finish: if by_file {
            seeded.best_finish
        } else {
            finish(club)
        },
        rating: rated.rating,
        pot: seeded.pot,
    });
    facts.collect()
}
