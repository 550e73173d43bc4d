//! Options of commands whose first argument is a question or a club, so that the tournament is an option.

use super::basis::BasisArgs;
use super::conditions::ConditionArgs;
use super::model::ModelArgs;
use super::setting::TournamentArgs;
use clap::Args;

/// What such a command rests on.
#[derive(Debug, Clone, Args)]
pub(crate) struct AskedArgs {
    /// A bundled edition (ccl-2013-14, ccl-2012-13) or the path of a tournament file [default: ccl-2013-14]
    #[arg(long, short, value_name = "TOURNAMENT")]
    tournament: Option<String>,
    /// Know only the results up to this moment: start, md1..md6, groups, qf, sf, final, the first legs
    /// qf-leg1, sf-leg1, final-leg1, a date (its matches included), or now
    #[arg(long, value_name = "MOMENT")]
    as_of: Option<String>,
    #[command(flatten)]
    conditions: ConditionArgs,
    #[command(flatten)]
    model: ModelArgs,
}

impl AskedArgs {
    /// The same as the options of a forecast.
    pub(crate) fn basis(&self) -> BasisArgs {
        BasisArgs {
            tournament: TournamentArgs {
                tournament: self.tournament.clone(),
                as_of: self.as_of.clone(),
            },
            conditions: self.conditions.clone(),
            model: self.model.clone(),
        }
    }
}
