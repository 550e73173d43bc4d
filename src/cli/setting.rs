//! What most commands start from: a tournament as of a moment, and a goal model fitted to what was known then.

use super::failure::{self, Failure};
use crate::consistency::{self, Opened};
use crate::diagnostic::nearest;
use crate::ids::ClubId;
use crate::open;
use crate::tournament::file::Reading;
use crate::tournament::{Edition, Moment, Tournament, bundled, known_by};
use clap::Args;
use std::path::{Path, PathBuf};

/// The edition the program forecasts when it is not told another.
pub(crate) const MAIN_TOURNAMENT: &str = "ccl-2013-14";

/// Which tournament: every command takes its name alone or as `--tournament`.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct TournamentName {
    /// A bundled edition (ccl-2013-14, ccl-2012-13) or the path of a tournament file [default: ccl-2013-14]
    #[arg(value_name = "TOURNAMENT")]
    word: Option<String>,
    /// The same as an option, as every command takes it
    #[arg(
        long = "tournament",
        short = 't',
        value_name = "TOURNAMENT",
        conflicts_with = "word"
    )]
    option: Option<String>,
}

impl TournamentName {
    /// What was written, if anything was.
    pub(crate) fn written(&self) -> Option<&str> {
        self.option.as_deref().or(self.word.as_deref())
    }

    /// The name or path of the tournament.
    pub(crate) fn name(&self) -> &str {
        self.written().unwrap_or(MAIN_TOURNAMENT)
    }

    /// The tournament of this name; of no name, the one that is forecast when nobody says.
    pub(crate) fn of(name: Option<String>) -> Self {
        Self {
            word: None,
            option: name,
        }
    }
}

/// Takes the tournament out of words of the command line that are clubs or questions but for it, unless an option names
/// it: what is left, and the tournament.
pub(crate) fn take_tournament(
    words: &[String],
    option: Option<&str>,
) -> Result<(Vec<String>, TournamentName), Failure> {
    let (mut named, left): (Vec<String>, Vec<String>) = words
        .iter()
        .cloned()
        .partition(|word| names_tournament(word));
    named.extend(option.map(str::to_owned));
    if let [one, other, ..] = named.as_slice() {
        return Err(Failure::input(format!(
            "`{one}` and `{other}` are two tournaments; name one"
        )));
    }
    Ok((left, TournamentName::of(named.pop())))
}

/// Whether a word can only be a tournament: the name of a bundled one, or of a file.
fn names_tournament(word: &str) -> bool {
    let path = Path::new(word);
    let is_toml = path
        .extension()
        .is_some_and(|end| end.eq_ignore_ascii_case("toml"));
    // A file without a dot or folder in its name might be called like a club.
    let is_file = word.contains(['.', '/', '\\']) && path.is_file();
    is_toml || is_file || bundled::text(word).is_some() || open::find_bundled(word).is_some()
}

/// The words of the command line that name a club, of which there has to be one.
pub(crate) fn some_club(words: &[String]) -> Result<String, Failure> {
    if words.is_empty() {
        return Err(Failure::input(
            "name a club by its code, its name or an alias",
        ));
    }
    Ok(words.join(" "))
}

/// One club out of words of the command line: a name of several words needs no quotes.
pub(crate) fn find_club(words: &[String], tournament: &Tournament) -> Result<ClubId, Failure> {
    let name = some_club(words)?;
    let slip = words.iter().find_map(|word| {
        let near = nearest(word, bundled::names())?;
        Some(format!(
            "there is no tournament `{word}`; did you mean `{near}`?"
        ))
    });
    let found = tournament.find_club(&name);
    found.map_err(|error| slip.map_or_else(|| Failure::input(error), Failure::input))
}

/// Which tournament, as of when.
#[derive(Debug, Clone, Args)]
pub(crate) struct TournamentArgs {
    #[command(flatten)]
    pub(crate) tournament: TournamentName,
    /// Know only the results up to this moment: start, md1..md6, groups, qf, sf, final, the first legs
    /// qf-leg1, sf-leg1, final-leg1, a date (its matches included), or now; also in words, such as 'matchday 4' or
    /// '18 Sep 2013'. Earlier editions are learned up to the same day
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
    /// The editions before it, oldest first, with the matches known at the moment.
    pub(crate) history: Vec<Edition>,
    /// The files that all this was read from.
    pub(crate) files: Vec<PathBuf>,
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
        self.tournament.name()
    }

    /// Opens the tournament and its history and goes to the moment.
    pub(crate) fn open(&self, when_finished: WhenFinished) -> Result<Setting, Failure> {
        self.with(open_tournament(self.name())?, when_finished)
    }

    /// The same at the start, also of a tournament whose groups are still to be drawn.
    pub(crate) fn open_before_draw(&self) -> Result<Setting, Failure> {
        let opened = open_even_before_draw(self.name())?;
        Ok(Setting::new(opened, self.name(), Moment::Draw, false))
    }

    /// The setting of a tournament that has been opened.
    fn with(&self, opened: Opened, when_finished: WhenFinished) -> Result<Setting, Failure> {
        let full = &opened.reading.tournament;
        let named = self.as_of.as_deref().map(|text| Moment::parse(text, full));
        let finished = full.is_finished();
        let moment = match named.transpose().map_err(Failure::input)? {
            Some(moment) => moment,
            None if finished && when_finished == WhenFinished::FromStart => Moment::Start,
            None => Moment::Now,
        };
        Ok(Setting::new(
            opened,
            self.name(),
            moment,
            finished && self.as_of.is_none(),
        ))
    }
}

/// The files that a tournament and its history are read from, where they are not bundled.
pub(crate) fn tournament_files(name: &str, tournament: &Tournament) -> Vec<PathBuf> {
    let beside = Path::new(name).parent().unwrap_or(Path::new(""));
    let past = tournament.history.iter();
    let past = past.map(|name| (name.as_str(), beside.join(name)));
    let all = [(name, PathBuf::from(name))].into_iter().chain(past);
    let own = all.filter(|(name, _)| bundled::text(name).is_none());
    own.map(|(_, path)| path).collect()
}

/// Opens a bundled tournament or a file whose groups are drawn; warnings about it go to stderr.
pub(crate) fn open_tournament(name: &str) -> Result<Opened, Failure> {
    let opened = open_even_before_draw(name)?;
    let tournament = &opened.reading.tournament;
    if tournament.awaits_draw() {
        return Err(Failure::input(format!(
            "the groups of {} are still to be drawn; `cupcast forecast --before-draw` integrates over draws, \
             `cupcast draw` says who may meet whom, and anything else needs a `[[group]]` for each group",
            tournament.id
        )));
    }
    Ok(opened)
}

/// Opens a bundled tournament or a file, also one whose groups are still to be drawn.
pub(crate) fn open_even_before_draw(name: &str) -> Result<Opened, Failure> {
    if super::cup::is_one(name) {
        return Err(Failure::input(format!(
            "`{name}` is a cup of format 2, which this command does not know yet; \
             forecast, table, rates, paths, timeline, leverage, scenarios, draw, replay, report, plot, serve, \
             bench, check and list do"
        )));
    }
    let opened = consistency::open(name)?;
    tell_warnings(&opened.reading);
    Ok(opened)
}

/// Says on stderr what is odd about a file that can be used.
pub(crate) fn tell_warnings(reading: &Reading) {
    if let Some(warnings) = &reading.warnings {
        failure::tell(warnings.render(failure::colours()));
    }
}

impl Setting {
    /// The files that this was read from, with those of a model.
    pub(crate) fn files_with(&self, of_model: Vec<PathBuf>) -> Vec<PathBuf> {
        let own = self.files.iter().cloned();
        own.chain(of_model).collect()
    }

    /// A tournament and its history as of a moment; `finished` as in the field.
    fn new(opened: Opened, name: &str, moment: Moment, finished: bool) -> Self {
        let editions = opened.editions();
        let full = opened.reading.tournament;
        Self {
            files: tournament_files(name, &full),
            known: full.as_of(moment),
            history: known_by(&editions, full.cut_off(moment)).into_owned(),
            full,
            moment,
            finished,
        }
    }

    /// The moment in words for a heading.
    pub(crate) fn moment_words(&self) -> String {
        self.moment.words(&self.full)
    }

    /// Remarks that belong above any forecast from here.
    pub(crate) fn notes(&self) -> Vec<String> {
        let looks_back = self.finished.then(|| {
            "every result is known, so this looks back to the start; see --as-of".to_owned()
        });
        let mut notes = self.known.deductions_in_words();
        notes.extend(looks_back);
        notes
    }
}
