//! What most commands start from: a tournament as of a moment, and a goal model fitted to what was known then.

use super::failure::{self, Failure};
use crate::consistency;
use crate::tournament::file::Reading;
use crate::tournament::{Edition, Moment, Tournament, bundled};
use clap::Args;
use std::path::Path;

/// The edition the program forecasts when it is not told another.
pub(crate) const MAIN_TOURNAMENT: &str = "ccl-2013-14";

/// Which tournament, as of when.
#[derive(Debug, Clone, Args)]
pub(crate) struct TournamentArgs {
    /// A bundled edition (ccl-2013-14, ccl-2012-13) or the path of a tournament file [default: ccl-2013-14]
    pub(crate) tournament: Option<String>,
    /// Know only the results up to this moment: start, md1..md6, groups, qf, sf, final, the first legs
    /// qf-leg1, sf-leg1, final-leg1, a date (its matches included), or now
    #[arg(long, value_name = "MOMENT")]
    pub(crate) as_of: Option<String>,
}

/// A tournament with the knowledge of a moment.
pub(crate) struct Setting {
    /// The tournament with every result in its file.
    pub(crate) full: Tournament,
    /// The tournament as of the moment.
    pub(crate) known: Tournament,
    /// The moment.
    pub(crate) moment: Moment,
    /// Whether the moment is the start because the file holds all results and none was named.
    pub(crate) finished: bool,
    /// The editions before it, oldest first.
    pub(crate) history: Vec<Edition>,
}

/// What to do when no moment is named and the file's results finish the tournament.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WhenFinished {
    /// There is nothing left to forecast: go back to the start.
    FromStart,
    /// Show it as it ended.
    AsItEnded,
}

impl TournamentArgs {
    /// The name or path of the tournament.
    pub(crate) fn name(&self) -> &str {
        self.tournament.as_deref().unwrap_or(MAIN_TOURNAMENT)
    }

    /// Opens the tournament and its history and goes to the moment.
    pub(crate) fn open(&self, when_finished: WhenFinished) -> Result<Setting, Failure> {
        self.with(open_tournament(self.name())?, when_finished)
    }

    /// The same at the start, also of a tournament whose groups are still to be drawn.
    pub(crate) fn open_before_draw(&self) -> Result<Setting, Failure> {
        let at_start = Self {
            as_of: Some("start".to_owned()),
            ..self.clone()
        };
        let full = open_even_before_draw(self.name())?;
        at_start.with(full, WhenFinished::FromStart)
    }

    /// The setting of a tournament that has been opened.
    fn with(&self, full: Tournament, when_finished: WhenFinished) -> Result<Setting, Failure> {
        let named = self.as_of.as_deref().map(|text| Moment::parse(text, &full));
        let finished = full.is_finished();
        let moment = match named.transpose().map_err(Failure::input)? {
            Some(moment) => moment,
            None if finished && when_finished == WhenFinished::FromStart => Moment::Start,
            None => Moment::Now,
        };
        let beside = Path::new(self.name()).parent();
        let history = bundled::open_history(&full, beside)?;
        Ok(Setting {
            known: full.as_of(moment),
            finished: finished && self.as_of.is_none(),
            full,
            moment,
            history,
        })
    }
}

/// Opens a bundled tournament or a file whose groups are drawn; warnings about it go to stderr.
pub(crate) fn open_tournament(name: &str) -> Result<Tournament, Failure> {
    let tournament = open_even_before_draw(name)?;
    if tournament.awaits_draw() {
        return Err(Failure::input(format!(
            "the groups of {} are still to be drawn; `cupcast forecast --before-draw` integrates over draws, \
             `cupcast draw` says who may meet whom, and anything else needs a `[[group]]` for each group",
            tournament.id
        )));
    }
    Ok(tournament)
}

/// Opens a bundled tournament or a file, also one whose groups are still to be drawn.
pub(crate) fn open_even_before_draw(name: &str) -> Result<Tournament, Failure> {
    let reading = consistency::open(name)?;
    tell_warnings(&reading);
    Ok(reading.tournament)
}

/// Says on stderr what is odd about a file that can be used.
pub(crate) fn tell_warnings(reading: &Reading) {
    if let Some(warnings) = &reading.warnings {
        failure::tell(warnings.render(failure::colours()));
    }
}

impl Setting {
    /// The moment in words for a heading.
    pub(crate) fn moment_words(&self) -> String {
        self.moment.words(&self.full)
    }

    /// Remarks that belong above any forecast from here.
    pub(crate) fn notes(&self) -> Vec<String> {
        if self.finished {
            vec!["every result is known, so this looks back to the start; see --as-of".to_owned()]
        } else {
            Vec::new()
        }
    }
}
