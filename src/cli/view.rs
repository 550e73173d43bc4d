//! Which part of a forecast a person wants to see in the terminal.

use super::Failure;
use super::output::Output;
use crate::forecast::Forecast;
use crate::ids::ClubId;
use crate::report::forecast_table::{Layout, in_order};
use crate::tournament::Tournament;
use clap::Args;

/// What is shown of a forecast.
pub(crate) enum View {
    /// A row a club.
    Table(Layout),
    /// One club in detail.
    Club(ClubId),
    /// Who may stand where in the bracket.
    Bracket,
}

/// Options that narrow the table down; they change what is shown, never what is computed.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "What the text shows")]
pub(crate) struct ViewArgs {
    /// Show only the N likeliest champions (text only)
    #[arg(long, value_name = "N")]
    top: Option<usize>,
    /// Show only the clubs of this group (text only)
    #[arg(long, value_name = "GROUP")]
    group: Option<String>,
    /// Show one club in detail: group, seeds, rounds, likely opponents (text only)
    #[arg(long, value_name = "CLUB", conflicts_with_all = ["top", "group"])]
    club: Option<String>,
    /// Show the bracket as a tree: who may stand in each place (text only)
    #[arg(long, conflicts_with_all = ["top", "group", "club", "columns"])]
    bracket: bool,
    /// Show only these columns: 1st, seed, the rounds by their short names, title (text only)
    #[arg(
        long,
        value_name = "COLUMNS",
        value_delimiter = ',',
        conflicts_with = "club"
    )]
    columns: Vec<String>,
}

impl ViewArgs {
    /// Refuses a group, club or column that the tournament has not.
    pub(crate) fn check(&self, tournament: &Tournament) -> Result<(), Failure> {
        self.group_clubs(tournament)?;
        self.chosen_club(tournament)?;
        let known = Layout::column_names(tournament);
        match self.columns.iter().find(|name| !known.contains(name)) {
            Some(unknown) => Err(Failure::input(format!(
                "`{unknown}` is no column; the columns are {}",
                known.join(", ")
            ))),
            None => Ok(()),
        }
    }

    /// What is shown of a forecast.
    pub(crate) fn view(
        &self,
        tournament: &Tournament,
        forecast: &Forecast,
        output: &Output,
    ) -> Result<View, Failure> {
        if self.bracket {
            return Ok(View::Bracket);
        }
        if let Some(club) = self.chosen_club(tournament)? {
            return Ok(View::Club(club));
        }
        let mut clubs = in_order(tournament, forecast);
        if let Some(members) = self.group_clubs(tournament)? {
            clubs.retain(|club| members.contains(club));
        }
        clubs.truncate(self.most());
        Ok(View::Table(Layout {
            width: output.width(),
            clubs,
            columns: self.columns.clone(),
            colours: output.colours(),
        }))
    }

    /// How many clubs a table shows at most.
    pub(crate) fn most(&self) -> usize {
        self.top.unwrap_or(usize::MAX)
    }

    fn chosen_club(&self, tournament: &Tournament) -> Result<Option<ClubId>, Failure> {
        let club = self.club.as_deref().map(|name| tournament.find_club(name));
        club.transpose().map_err(Failure::input)
    }

    fn group_clubs(&self, tournament: &Tournament) -> Result<Option<Vec<ClubId>>, Failure> {
        let Some(name) = &self.group else {
            return Ok(None);
        };
        let found = tournament
            .groups
            .iter()
            .find(|group| group.name.eq_ignore_ascii_case(name));
        let group = found.ok_or_else(|| {
            let names: Vec<&str> = tournament
                .groups
                .iter()
                .map(|group| group.name.as_str())
                .collect();
            Failure::input(format!(
                "there is no group `{name}`; the groups are {}",
                names.join(", ")
            ))
        })?;
        Ok(Some(group.clubs.clone()))
    }
}
