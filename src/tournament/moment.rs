//! Moments of a tournament: which results are known as of the start, a matchday, a leg or a date.

use super::Tournament;
use crate::ids::RoundId;
use jiff::civil::Date;
use std::fmt;

/// A moment from which the rest of a tournament is forecast. It always lies at the end of a day or
/// round: the results of that day or round are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// Before the draw of the groups: the pots and the rules of the draw are known, the groups are not. No
    /// tournament is taken back to it by [`Tournament::as_of`] (groups have to stay groups): it is the
    /// moment of forecasts that integrate over draws.
    Draw,
    /// Before the first match: nothing is known but the groups.
    Start,
    /// After this matchday of the group stage, counted from 1.
    Matchday(u8),
    /// After the last group match.
    Groups,
    /// After this leg (counted from 1) of a knockout round, everything before it included.
    Leg(RoundId, u8),
    /// After the last match of this day.
    Date(Date),
    /// Everything in the file is known.
    Now,
}

impl Moment {
    /// Every moment of a tournament by name, from the start to the last leg, in order of time. The last
    /// matchday and the end of the groups are one moment, listed as the latter.
    pub fn all(tournament: &Tournament) -> Vec<Self> {
        let matchdays = 1..tournament.last_matchday();
        let legs = tournament.bracket.round_ids().flat_map(|round| {
            let legs = tournament.bracket.round(round).legs;
            (1..=legs).map(move |leg| Self::Leg(round, leg))
        });
        [Self::Start]
            .into_iter()
            .chain(matchdays.map(Self::Matchday))
            .chain([Self::Groups])
            .chain(legs)
            .collect()
    }

    /// The short text that names it on the command line.
    pub fn key(self, tournament: &Tournament) -> String {
        match self {
            Self::Draw => "draw".to_owned(),
            Self::Start => "start".to_owned(),
            Self::Matchday(day) => format!("md{day}"),
            Self::Groups => "groups".to_owned(),
            Self::Leg(id, leg) => {
                let round = tournament.bracket.round(id);
                if leg == round.legs {
                    round.short.clone()
                } else {
                    format!("{}-leg{leg}", round.short)
                }
            }
            Self::Date(date) => date.to_string(),
            Self::Now => "now".to_owned(),
        }
    }

    /// The moment in words, such as `after matchday 3`.
    pub fn words(self, tournament: &Tournament) -> String {
        match self {
            Self::Draw => "before the draw of the groups".to_owned(),
            Self::Start => "before the first match".to_owned(),
            Self::Matchday(day) => format!("after matchday {day}"),
            Self::Groups => "after the group stage".to_owned(),
            Self::Leg(id, leg) => {
                let round = tournament.bracket.round(id);
                if leg == round.legs {
                    format!("after the {}", round.name)
                } else {
                    format!("after leg {leg} of the {}", round.name)
                }
            }
            Self::Date(date) => format!("after the matches of {date}"),
            Self::Now => "with every result in the file".to_owned(),
        }
    }

    /// The day at whose end it lies: that of the latest match it names, played or still to be played; of the start, the
    /// day of the first match. `None` for now, and where the file has no date.
    pub fn date(self, tournament: &Tournament) -> Option<Date> {
        let fixtures = tournament.fixtures.iter();
        let ties = tournament.bracket.ties.iter();
        match self {
            Self::Draw => tournament.draw.as_ref().and_then(|rules| rules.date),
            Self::Start => fixtures.map(|fixture| fixture.date).min(),
            Self::Matchday(day) => fixtures
                .filter(|fixture| fixture.matchday <= day)
                .map(|fixture| fixture.date)
                .max(),
            Self::Groups => fixtures.map(|fixture| fixture.date).max(),
            Self::Leg(round, leg) => ties
                .filter(|tie| tie.round == round)
                .flat_map(|tie| tie.legs.iter().take(usize::from(leg)))
                .filter_map(|leg| leg.date)
                .max(),
            Self::Date(date) => Some(date),
            Self::Now => None,
        }
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Leg(round, leg) => write!(out, "round {} leg {leg}", round.index() + 1),
            Self::Draw => out.write_str("draw"),
            Self::Start => out.write_str("start"),
            Self::Matchday(day) => write!(out, "md{day}"),
            Self::Groups => out.write_str("groups"),
            Self::Date(date) => write!(out, "{date}"),
            Self::Now => out.write_str("now"),
        }
    }
}

impl Tournament {
    /// The number of the last matchday of the group stage.
    pub fn last_matchday(&self) -> u8 {
        self.fixtures
            .iter()
            .map(|fixture| fixture.matchday)
            .max()
            .unwrap_or(0)
    }

    /// The date of the latest match in the file, played or not.
    ///
    /// # Panics
    /// Never for a tournament read from a file: it has at least one group match.
    pub fn last_date(&self) -> Date {
        let legs = self
            .bracket
            .ties
            .iter()
            .flat_map(|tie| tie.legs.iter().filter_map(|leg| leg.date));
        let groups = self.fixtures.iter().map(|fixture| fixture.date);
        groups
            .chain(legs)
            .max()
            .expect("a valid tournament has group matches")
    }

    /// The day on which it begins: that of its first match, or of the draw while the groups are still to be drawn
    /// (`None` if that day is not known).
    pub fn begins(&self) -> Option<Date> {
        match &self.draw {
            Some(draw) if draw.pending => draw.date,
            _ => self.fixtures.iter().map(|fixture| fixture.date).min(),
        }
    }

    /// The last day whose matches are known at a moment: the one cut-off for results, earlier editions and saved models.
    /// `None` where no day bounds what is known: everything in the files is known now, and a draw may have no date.
    ///
    /// It is the day of the last match that is known at the moment; before the first match the day before it; before the
    /// draw the day of the draw, where that is known and earlier.
    pub fn cut_off(&self, moment: Moment) -> Option<Date> {
        let eve = || self.begins().and_then(|day| day.yesterday().ok());
        match moment {
            Moment::Now => None,
            Moment::Date(date) => Some(date),
            Moment::Draw => {
                let draw = self.draw.as_ref().and_then(|rules| rules.date);
                [draw, eve()].into_iter().flatten().min()
            }
            Moment::Start => eve(),
            Moment::Matchday(_) | Moment::Groups | Moment::Leg(..) => {
                self.as_of(moment).last_known_day().or_else(eve)
            }
        }
    }

    /// The day of the last match with a known result, of those whose day is known.
    fn last_known_day(&self) -> Option<Date> {
        let groups = self.fixtures.iter();
        let groups = groups.filter(|fixture| fixture.result.is_some());
        let legs = self.bracket.ties.iter().flat_map(|tie| &tie.legs);
        let legs = legs.filter(|leg| leg.played.is_some());
        let days = groups.map(|fixture| fixture.date);
        days.chain(legs.filter_map(|leg| leg.date)).max()
    }

    /// The tournament as it stood at a moment: the same fixtures, with every later result taken out.
    ///
    /// All that forecasts goes through this, so that what is not known yet cannot leak into a forecast.
    /// A matchday or round counts as a whole: a postponed match of matchday 2 is known after matchday 2
    /// whenever it was played. A knockout leg without a date counts as not yet known on any date.
    #[must_use]
    pub fn as_of(&self, moment: Moment) -> Self {
        let mut known = self.clone();
        let mut to_come = Vec::new();
        for fixture in &mut known.fixtures {
            let keep = match moment {
                Moment::Draw | Moment::Start => false,
                Moment::Matchday(day) => fixture.matchday <= day,
                Moment::Date(date) => fixture.date <= date,
                Moment::Groups | Moment::Leg(..) | Moment::Now => true,
            };
            fixture.result = fixture.result.filter(|_| keep);
            to_come.extend((!keep).then_some(fixture.date));
        }
        for tie in &mut known.bracket.ties {
            let round = tie.round;
            for (index, leg) in tie.legs.iter_mut().enumerate() {
                let keep = match moment {
                    Moment::Draw | Moment::Start | Moment::Matchday(_) | Moment::Groups => false,
                    Moment::Leg(last, number) => {
                        round < last || (round == last && index < usize::from(number))
                    }
                    Moment::Date(date) => leg.date.is_some_and(|played| played <= date),
                    Moment::Now => true,
                };
                leg.played = leg.played.filter(|_| keep);
                to_come.extend(leg.date.filter(|_| !keep));
            }
        }
        known.keep_deductions(moment, to_come.into_iter());
        if !known.groups_are_over() {
            known.lots.clear();
        }
        known
    }
}
