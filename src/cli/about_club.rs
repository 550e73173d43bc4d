//! Options of commands whose arguments are a question or a club: a tournament among them is told apart by its name.

use super::basis::BasisArgs;
use super::conditions::ConditionArgs;
use super::failure::Failure;
use super::model::ModelArgs;
use super::setting::{TournamentArgs, take_tournament};
use clap::Args;

/// What such a command rests on.
#[derive(Debug, Clone, Args)]
pub(crate) struct AskedArgs {
    /// A bundled edition (ccl-2013-14, ccl-2012-13) or the path of a tournament file, which may also stand alone among
    /// the arguments [default: ccl-2013-14]
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
    /// The same as the options of a forecast, and the arguments without the tournament that may be among them.
    pub(crate) fn basis(&self, words: &[String]) -> Result<(Vec<String>, BasisArgs), Failure> {
        let (left, tournament) = take_tournament(words, self.tournament.as_deref())?;
        let basis = BasisArgs {
            tournament: TournamentArgs {
                tournament,
                as_of: self.as_of.clone(),
            },
            conditions: self.conditions.clone(),
            model: self.model.clone(),
        };
        Ok((left, basis))
    }
}
