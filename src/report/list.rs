//! What there is to name: the bundled editions, and the moments, rounds and clubs of one tournament.

use crate::cup::{Cup, Instant};
use crate::format::Rules;
use crate::ids::{ClubId, PlaceId};
use crate::report::about::to_json;
use crate::tournament::{Edition, Moment, Tournament};
use serde::Serialize;
use std::fmt::Write;

/// A bundled edition in a line.
#[derive(Debug, Serialize)]
pub struct Listed<'a> {
    /// The name to write.
    pub id: &'a str,
    /// The edition, such as `2013-14`.
    pub edition: &'a str,
    /// Whether it can be forecast, or only be learned from.
    pub can_be_forecast: bool,
    /// How many clubs took part.
    pub clubs: usize,
    /// How many of its matches are known.
    pub matches: usize,
}

impl<'a> Listed<'a> {
    /// The line of an edition.
    pub fn new(edition: &'a Edition, can_be_forecast: bool) -> Self {
        Self {
            id: &edition.id,
            edition: &edition.name,
            can_be_forecast,
            clubs: edition.clubs.len(),
            matches: edition.matches.len(),
        }
    }

    /// The line of a cup.
    pub fn of_cup(cup: &'a Cup) -> Self {
        let (tables, ties) = cup.known_matches();
        Self {
            id: cup.id(),
            edition: cup.edition(),
            can_be_forecast: true,
            clubs: cup.clubs().len(),
            matches: tables + ties,
        }
    }
}

/// A moment by the text that names it.
#[derive(Debug, Serialize)]
struct NamedMoment {
    key: String,
    words: String,
}

/// A knockout round.
#[derive(Debug, Serialize)]
struct NamedRound<'a> {
    key: &'a str,
    name: &'a str,
}

/// A club by everything it can be called.
#[derive(Debug, Serialize)]
struct NamedClub<'a> {
    code: &'a str,
    name: &'a str,
    aliases: &'a [String],
    association: &'a str,
    /// Its group; missing before the draw.
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<&'a str>,
}

/// Everything that can be named in a tournament.
#[derive(Debug, Serialize)]
pub struct Names<'a> {
    id: &'a str,
    competition: &'a str,
    edition: &'a str,
    moments: Vec<NamedMoment>,
    rounds: Vec<NamedRound<'a>>,
    clubs: Vec<NamedClub<'a>>,
}

impl<'a> Names<'a> {
    /// What can be named in a cup: its stages are its rounds.
    pub fn of_cup(cup: &'a Cup) -> Self {
        let format = cup.format();
        let now = (Instant::Now, "now".to_owned());
        let shown = format.stages().iter().filter(|stage| stage.shown);
        let tables = format
            .units()
            .iter()
            .filter(|unit| matches!(unit.rules, Rules::Table(_)));
        let tables: Vec<_> = tables.collect();
        let group_of = |club: ClubId| {
            let place = PlaceId::new(club.index());
            let mut tables = tables.iter().filter(|unit| unit.entrants.contains(&place));
            tables.next().map(|unit| unit.key.as_str())
        };
        Self {
            id: cup.id(),
            competition: cup.competition(),
            edition: cup.edition(),
            moments: cup
                .instants()
                .into_iter()
                .chain([now])
                .map(|(instant, key)| NamedMoment {
                    key,
                    words: cup.instant_words(instant),
                })
                .collect(),
            rounds: shown
                .map(|stage| NamedRound {
                    key: &stage.key,
                    name: &stage.name,
                })
                .collect(),
            clubs: cup
                .club_ids()
                .map(|id| {
                    let club = cup.club(id);
                    NamedClub {
                        code: &club.code,
                        name: &club.name,
                        aliases: &club.aliases,
                        association: &club.association,
                        group: group_of(id),
                    }
                })
                .collect(),
        }
    }

    /// What can be named in a tournament.
    pub fn of(tournament: &'a Tournament) -> Self {
        let moments = Moment::all(tournament).into_iter().chain([Moment::Now]);
        let rounds = tournament.bracket.rounds.iter();
        let drawn = !tournament.awaits_draw();
        let clubs = tournament.club_ids().map(|id| {
            let club = tournament.club(id);
            let group = drawn.then(|| tournament.group(tournament.group_of(id)));
            NamedClub {
                code: &club.code,
                name: &club.name,
                aliases: &club.aliases,
                association: &club.association,
                group: group.map(|group| group.name.as_str()),
            }
        });
        Self {
            id: &tournament.id,
            competition: &tournament.competition,
            edition: &tournament.edition,
            moments: moments
                .map(|moment| NamedMoment {
                    key: moment.key(tournament),
                    words: moment.words(tournament),
                })
                .collect(),
            rounds: rounds
                .map(|round| NamedRound {
                    key: &round.short,
                    name: &round.name,
                })
                .collect(),
            clubs: clubs.collect(),
        }
    }
}

/// The bundled editions as JSON.
///
/// # Panics
/// Never: the form holds nothing that JSON cannot.
pub fn editions_json(editions: &[Listed<'_>]) -> String {
    to_json(editions)
}

/// The bundled editions as text, a line each.
///
/// # Panics
/// Never: memory can be written to.
pub fn editions_text(editions: &[Listed<'_>]) -> String {
    let mut text = String::new();
    for one in editions {
        let what = if one.can_be_forecast {
            "a tournament"
        } else {
            "a past edition, to learn from"
        };
        writeln!(
            text,
            "{:<23} {} clubs, {} matches known: {what}",
            one.id, one.clubs, one.matches
        )
        .expect("memory can be written to");
    }
    text + "\n`cupcast list NAME` says what can be named in one of them: moments, rounds, clubs.\n"
}

impl Names<'_> {
    /// As JSON or as text.
    ///
    /// # Panics
    /// Never: the form holds nothing that JSON cannot, and memory can be written to.
    pub fn render(&self, json: bool) -> String {
        if json {
            return to_json(self);
        }
        self.text()
    }

    fn text(&self) -> String {
        let names = self;
        let mut text = format!(
            "{} {} ({})\n\nMoments, for --as-of\n",
            names.competition, names.edition, names.id
        );
        let mut line = |key: &str, words: &str| {
            writeln!(text, "  {key:<11} {words}").expect("memory can be written to");
        };
        for moment in &names.moments {
            line(&moment.key, &moment.words);
        }
        line(
            "2013-08-21",
            "or any other date: after the matches of that day",
        );
        text.push_str("\nRounds\n");
        for round in &names.rounds {
            writeln!(text, "  {:<11} {}", round.key, round.name).expect("memory can be written to");
        }
        text.push_str("\nClubs\n");
        for club in &names.clubs {
            let group = club
                .group
                .map(|group| format!(", group {group}"))
                .unwrap_or_default();
            let aliases = if club.aliases.is_empty() {
                String::new()
            } else {
                format!("; also {}", club.aliases.join(", "))
            };
            writeln!(
                text,
                "  {:<11} {} ({}{group}){aliases}",
                club.code, club.name, club.association
            )
            .expect("memory can be written to");
        }
        text
    }
}
