//! Options that take something for granted, one by one or from what-if files.

use super::failure::{Failure, colours};
use super::setting::{TournamentArgs, TournamentName};
use crate::conditions::file::WhatIfFile;
use crate::conditions::{Conditions, Item, ItemError, ItemKind, WhatIf};
use crate::cup::Cup;
use crate::diagnostic::Located;
use crate::open;
use crate::text_file;
use crate::tournament::{Tournament, bundled};
use clap::Args;
use std::path::{Path, PathBuf};

/// The heading of these options in the help.
const HEADING: &str = "What if (each repeatable, all combinable)";

/// What is taken for granted.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct ConditionArgs {
    /// Take a result for granted, such as 'TOL-CAL 2-1', 'Toluca 2-1 Caledonia AIA' or
    /// 'qf TOL-SJ 1-1 aet 1-1 pens 5-4'
    #[arg(long, help_heading = HEADING, value_name = "RESULT")]
    fix: Vec<String>,
    /// Given that this club wins its group: a conditional forecast
    #[arg(long, help_heading = HEADING, value_name = "CLUB")]
    wins_group: Vec<String>,
    /// Given that this club does not win its group
    #[arg(long, help_heading = HEADING, value_name = "CLUB")]
    not_wins_group: Vec<String>,
    /// This club is out: last in its group, where its results stand, or its next opponent goes on
    #[arg(long, help_heading = HEADING, value_name = "CLUB")]
    eliminate: Vec<String>,
    /// This club withdraws: the matches left to it count 0-3, and it is last in its group
    #[arg(long, help_heading = HEADING, value_name = "CLUB")]
    withdraw: Vec<String>,
    /// This club withdraws, and all its group matches are struck
    #[arg(long, help_heading = HEADING, value_name = "CLUB")]
    annul: Vec<String>,
    /// A club's strength changed on the log scale (TOL=-0.2), or as strong as another (TOL=TIJ)
    #[arg(long, help_heading = HEADING, value_name = "CLUB=CHANGE")]
    strength: Vec<String>,
    /// A club from another pot, for the goal model (TOL=B); the groups stay
    #[arg(long, help_heading = HEADING, value_name = "CLUB=POT")]
    pot: Vec<String>,
    /// A club with another best finish before this edition, for the goal model (TOL=champion)
    #[arg(long, help_heading = HEADING, value_name = "CLUB=FINISH")]
    best_finish: Vec<String>,
    /// Neutral ground: a round (final), a tie (F), two clubs in a round ('qf TOL-SJ'), a group match (TOL-CAL)
    #[arg(long, help_heading = HEADING, value_name = "WHERE")]
    neutral: Vec<String>,
    /// Neutral ground everywhere
    #[arg(long, help_heading = HEADING)]
    no_home_advantage: bool,
    /// Another rule: away-goals, no-away-goals, extra-time, no-extra-time, single-leg-final, higher-seed-hosts,
    /// two-points, goal-difference-first, random-bracket
    #[arg(long, help_heading = HEADING, value_name = "RULE")]
    rule: Vec<String>,
    /// All that a what-if file says (see models/README.md)
    #[arg(long, help_heading = HEADING, value_name = "FILE")]
    what_if: Vec<PathBuf>,
}

/// Conditions as they were written, with the files they come from.
pub(crate) struct Written {
    files: Vec<(PathBuf, WhatIfFile)>,
    options: Vec<Item>,
}

impl ConditionArgs {
    /// Reads the what-if files and gathers the options.
    pub(crate) fn gather(&self) -> Result<Written, Failure> {
        let files = self.what_if.iter();
        let files = files.map(|path| Ok((path.clone(), read_file(path)?)));
        Ok(Written {
            files: files.collect::<Result<_, Failure>>()?,
            options: self.options(),
        })
    }

    /// The conditions given as options, in the order of the kinds.
    fn options(&self) -> Vec<Item> {
        let texts = |kind| -> &[String] {
            match kind {
                ItemKind::Fix => &self.fix,
                ItemKind::WinsGroup => &self.wins_group,
                ItemKind::NotWinsGroup => &self.not_wins_group,
                ItemKind::Eliminate => &self.eliminate,
                ItemKind::Withdraw => &self.withdraw,
                ItemKind::Annul => &self.annul,
                ItemKind::Strength => &self.strength,
                ItemKind::Pot => &self.pot,
                ItemKind::BestFinish => &self.best_finish,
                ItemKind::Neutral => &self.neutral,
                ItemKind::NoHomeAdvantage => &[],
                ItemKind::Rule => &self.rule,
            }
        };
        let listed = ItemKind::ALL.into_iter().flat_map(|kind| {
            let items = texts(kind).iter();
            items.map(move |text| Item {
                kind,
                text: text.clone(),
            })
        });
        let everywhere = self.no_home_advantage.then(|| Item {
            kind: ItemKind::NoHomeAdvantage,
            text: "--no-home-advantage".to_owned(),
        });
        listed.chain(everywhere).collect()
    }

    /// The options as words of a command line: each option and its value, if it has one.
    pub(crate) fn words(&self) -> Vec<(String, Option<String>)> {
        let options = self.options().into_iter().map(|item| {
            let takes_value = item.kind != ItemKind::NoHomeAdvantage;
            (
                format!("--{}", item.kind.option()),
                takes_value.then_some(item.text),
            )
        });
        let files = self.what_if.iter();
        let files = files.map(|path| ("--what-if".to_owned(), Some(path.display().to_string())));
        options.chain(files).collect()
    }
}

/// Reads one what-if file.
pub(crate) fn read_file(path: &Path) -> Result<WhatIfFile, Failure> {
    let name = path.display().to_string();
    let text = text_file::read(path).map_err(Failure::input)?;
    WhatIfFile::read(&name, &text).map_err(|mistakes| Failure::Mistakes(mistakes.render(colours())))
}

/// Fills in the tournament and the moment that what-if files name where the command line does not.
///
/// # Errors
/// Files that name two tournaments or two moments.
pub(crate) fn fill_in(
    args: &TournamentArgs,
    files: &[(PathBuf, WhatIfFile)],
) -> Result<TournamentArgs, Failure> {
    let mut filled = args.clone();
    for (path, file) in files {
        if let Some(written) = &file.tournament {
            let name = seen_from(path, &written.value);
            let named = filled.tournament.written().unwrap_or(&name).to_owned();
            if named != name && args.tournament.written().is_none() {
                return Err(clash(
                    file,
                    written,
                    &format!("another file is about `{named}`"),
                ));
            }
            filled.tournament = TournamentName::of(Some(named));
        }
        if let Some(written) = &file.as_of {
            let named = filled.as_of.get_or_insert_with(|| written.value.clone());
            if !named.trim().eq_ignore_ascii_case(written.value.trim()) && args.as_of.is_none() {
                return Err(clash(
                    file,
                    written,
                    &format!("another file is about `{named}`"),
                ));
            }
        }
    }
    Ok(filled)
}

/// Refuses files that were written for another tournament than the one that was opened.
pub(crate) fn check_tournament(
    tournament: &Tournament,
    opened: &TournamentArgs,
    files: &[(PathBuf, WhatIfFile)],
) -> Result<(), Failure> {
    for (path, file) in files {
        if let Some(written) = &file.tournament
            && written.value != tournament.id
            && seen_from(path, &written.value) != opened.name()
        {
            return Err(clash(
                file,
                written,
                &format!("this is about `{}`", tournament.id),
            ));
        }
    }
    Ok(())
}

/// Refuses files that were written for another cup than the one that was opened.
pub(crate) fn check_cup(
    cup: &Cup,
    opened: &str,
    files: &[(PathBuf, WhatIfFile)],
) -> Result<(), Failure> {
    for (path, file) in files {
        if let Some(written) = &file.tournament
            && written.value != cup.id()
            && written.value != opened
            && seen_from(path, &written.value) != opened
        {
            return Err(clash(
                file,
                written,
                &format!("this is about `{}`", cup.id()),
            ));
        }
    }
    Ok(())
}

fn clash(file: &WhatIfFile, written: &Located<String>, fact: &str) -> Failure {
    let message = format!("this what-if is about `{}`, but {fact}", written.value);
    let help = "name one on the command line, or leave the key out of the file";
    Failure::Mistakes(
        file.mistake(written.span.clone(), message, help)
            .render(colours()),
    )
}

/// A bundled name as it is, a path seen from the folder of the what-if file.
fn seen_from(what_if: &Path, name: &str) -> String {
    if bundled::open(name).is_ok() || open::find_bundled(name).is_some() {
        return name.to_owned();
    }
    let folder = what_if.parent().unwrap_or(Path::new(""));
    folder.join(name).display().to_string()
}

impl Written {
    /// The files.
    pub(crate) fn files(&self) -> &[(PathBuf, WhatIfFile)] {
        &self.files
    }

    /// The conditions they all set together.
    ///
    /// # Errors
    /// Every mistake in them: those of files in their places, those of options by name.
    pub(crate) fn conditions(&self, tournament: &Tournament) -> Result<Conditions, Failure> {
        let items = self.items();
        Conditions::read(&items, tournament).map_err(|errors| self.failure(&items, &errors))
    }

    /// The same for a cup of format 2.
    ///
    /// # Errors
    /// Every mistake in them: those of files in their places, those of options by name.
    pub(crate) fn what_if(&self, known: &Cup) -> Result<WhatIf, Failure> {
        let items = self.items();
        WhatIf::read(&items, known).map_err(|errors| self.failure(&items, &errors))
    }

    /// Everything, that of files first.
    fn items(&self) -> Vec<Item> {
        let of_files = self.files.iter().flat_map(|(_, file)| &file.items);
        let of_files = of_files.map(|item| item.value.clone());
        of_files.chain(self.options.iter().cloned()).collect()
    }

    fn failure(&self, items: &[Item], errors: &[ItemError]) -> Failure {
        let mut in_files = String::new();
        let mut first = 0;
        for (_, file) in &self.files {
            let end = first + file.items.len();
            let here: Vec<ItemError> = errors
                .iter()
                .filter(|error| (first..end).contains(&error.item))
                .cloned()
                .collect();
            if !here.is_empty() {
                in_files.push_str(&file.mistakes(&here, first).render(colours()));
            }
            first = end;
        }
        let options: Vec<String> = errors
            .iter()
            .filter(|error| error.item >= first)
            .map(|error| format!("--{}: {error}", items[error.item].kind.option()))
            .collect();
        if in_files.is_empty() {
            return Failure::input(options.join("\n"));
        }
        for option in options {
            in_files.push_str(&format!("\nerror: {option}\n"));
        }
        Failure::Mistakes(in_files)
    }
}
