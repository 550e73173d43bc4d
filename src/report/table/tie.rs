//! One tie of the bracket in words: who plays, each leg, and who went on by what.

use crate::ids::ClubId;
use crate::knockout::{DecidedBy, SideGoals, TieOutcome, TieSide, TieState, Undecided};
use crate::seeding::SeedList;
use crate::tournament::{Leg, Round, Side, Tie, Tournament};

/// A tie about to be put into words.
pub(super) struct TieText<'a> {
    pub(super) tournament: &'a Tournament,
    pub(super) seeds: &'a SeedList,
    pub(super) round: &'a Round,
    pub(super) tie: &'a Tie,
    pub(super) state: &'a TieState,
}

impl TieText<'_> {
    /// Who plays, or who beat whom and how.
    pub(super) fn summary(&self) -> String {
        match (self.state.pair(), self.state.outcome) {
            (Some(clubs), Ok(outcome)) => self.decided(clubs, outcome),
            (Some(clubs), Err(missing)) => self.open(clubs, missing),
            (None, _) => self.unknown(),
        }
    }

    /// `Toluca (1) beat San Jose Earthquakes (8) 5-4 on penalties, 2-2 on aggregate`.
    fn decided(&self, clubs: [ClubId; 2], outcome: TieOutcome) -> String {
        let winner = self.with_seed(clubs[outcome.winner.index()]);
        let loser = self.with_seed(clubs[outcome.winner.other().index()]);
        let Some(scores) = self.state.scores() else {
            return format!("{winner} beat {loser}");
        };
        let figures = |goals: SideGoals| by_winner(goals, outcome.winner);
        let two_legs = self.round.legs > 1;
        let after = if two_legs {
            format!("{} on aggregate", figures(scores.aggregate()))
        } else {
            format!("{} after 90 minutes", figures(scores.aggregate()))
        };
        let how = match outcome.decided_by {
            DecidedBy::Aggregate if two_legs => after,
            DecidedBy::Aggregate => figures(scores.aggregate()),
            DecidedBy::AwayGoals => {
                format!("{} on away goals, {after}", figures(scores.away_goals()))
            }
            DecidedBy::ExtraTime => {
                let goals = scores.extra_time().unwrap_or_default();
                format!("{} in extra time, {after}", figures(goals))
            }
            DecidedBy::Penalties => {
                let goals = scores.penalties().unwrap_or_default();
                format!("{} on penalties, {after}", figures(goals))
            }
        };
        format!("{winner} beat {loser} {how}")
    }

    /// `Toluca (1) v San Jose Earthquakes (8), 1-1 after the first leg`.
    fn open(&self, clubs: [ClubId; 2], missing: Undecided) -> String {
        let pair = format!(
            "{} v {}",
            self.with_seed(clubs[0]),
            self.with_seed(clubs[1])
        );
        let aggregate = self.state.aggregate();
        let figures = aggregate.map(|goals| format!("{}-{}", goals.first, goals.second));
        match (figures, missing) {
            (None, _) => pair,
            (Some(figures), Undecided::LegsToPlay) => {
                format!("{pair}, {figures} after the first leg")
            }
            (Some(figures), Undecided::ExtraTimeToPlay) => {
                format!("{pair}, level at {figures}: extra time to play")
            }
            (Some(figures), Undecided::PenaltiesToPlay) => {
                format!("{pair}, level at {figures}: penalties to take")
            }
        }
    }

    /// `seed 1 v seed 8`, with the clubs that hold these seeds at the moment.
    fn unknown(&self) -> String {
        let side = |index: usize| match (self.state.clubs[index], self.tie.sides[index]) {
            (Some(club), _) => self.with_seed(club),
            (None, Side::Seed(seed)) => format!("seed {seed}"),
            (None, Side::Winner(feeder)) => {
                format!("winner of {}", self.tournament.bracket.tie(feeder).name)
            }
        };
        let pair = format!("{} v {}", side(0), side(1));
        let begun = self.tournament.known_matches().0 > 0;
        match self.as_it_stands().filter(|_| begun) {
            Some([first, second]) => format!("{pair} (as it stands, {first} v {second})"),
            None => pair,
        }
    }

    /// The names of the clubs that hold the two seeds of this tie provisionally.
    fn as_it_stands(&self) -> Option<[&str; 2]> {
        let club = |side: Side| match side {
            Side::Seed(seed) => {
                let index = usize::from(seed).checked_sub(1)?;
                let record = self.seeds.seeding.seeds.get(index)?;
                Some(self.name(record.club))
            }
            Side::Winner(_) => None,
        };
        Some([club(self.tie.sides[0])?, club(self.tie.sides[1])?])
    }

    /// One line a leg, as soon as it is known who plays.
    pub(super) fn legs(&self) -> impl Iterator<Item = String> {
        let legs = self.tie.legs.iter().enumerate();
        legs.filter_map(|(index, leg)| self.leg(index, leg))
    }

    fn leg(&self, index: usize, leg: &Leg) -> Option<String> {
        let date = leg.date.map_or(String::new(), |date| format!("{date}  "));
        if let Some(played) = leg.played {
            let (home, away) = (self.name(played.home), self.name(played.away));
            let score = played.score;
            let extra = score.after_extra_time;
            let extra = extra.map_or(String::new(), |goals| format!(", {goals} after extra time"));
            let penalties = score.penalties;
            let penalties =
                penalties.map_or(String::new(), |goals| format!(", {goals} on penalties"));
            return Some(format!(
                "{date}{home} {} {away}{extra}{penalties}",
                score.ninety
            ));
        }
        let (home, away) = (self.state.host(index)?, self.state.guest(index)?);
        Some(format!("{date}{} - {}", self.name(home), self.name(away)))
    }

    fn name(&self, club: ClubId) -> &str {
        &self.tournament.club(club).name
    }

    fn with_seed(&self, club: ClubId) -> String {
        match self.seeds.seeding.seed(club) {
            Some(seed) => format!("{} ({seed})", self.name(club)),
            None => self.name(club).to_owned(),
        }
    }
}

/// Goals with the winner's first.
fn by_winner(goals: SideGoals, winner: TieSide) -> String {
    match winner {
        TieSide::First => format!("{}-{}", goals.first, goals.second),
        TieSide::Second => format!("{}-{}", goals.second, goals.first),
    }
}
