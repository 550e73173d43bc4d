//! How the odds of a cup of any format moved: one forecast at every moment, each blind to what came later.

use crate::cup::{Cup, Instant};
use crate::forecast::Progress;
use crate::odds::Chance;
use crate::outlook::Outlook;
use crate::play::units::Runs;
use jiff::civil::Date;

/// The odds of a cup at one moment.
#[derive(Debug, Clone, PartialEq)]
pub struct CupPoint {
    /// The short name of the moment, such as `md2`.
    pub key: String,
    /// The moment in words, such as `after matchday 2 of the group stage`.
    pub words: String,
    /// The last day with a result that is known; none before the first match, or where the file has no dates.
    pub date: Option<Date>,
    /// The goal model of that moment in words.
    pub model: String,
    /// How many results were known.
    pub matches: usize,
    /// For each milestone that is followed the chance of every club.
    pub chances: Vec<Vec<Chance>>,
}

/// The moments of a cup worth a forecast: the start, and each at which more results are known than at the one before.
pub fn cup_moments(cup: &Cup) -> Vec<Instant> {
    let mut known = 0;
    let instants = cup.instants().into_iter().map(|(instant, _)| instant);
    let grows = instants.filter(|instant| {
        let now = results(&cup.known_at(*instant));
        let grew = now > known || *instant == Instant::Start;
        known = now.max(known);
        grew
    });
    grows.collect()
}

/// How many results are known.
fn results(cup: &Cup) -> usize {
    let (tables, ties) = cup.known_matches();
    tables + ties
}

/// The odds of these milestones (by position) at each of the [`cup_moments`]. `outlook` looks ahead from a moment with
/// the goal model of that day. The same seed at every moment, so that changes are due to results rather than luck.
///
/// # Errors
/// The first failure of `outlook`.
pub fn cup_timeline<E>(
    cup: &Cup,
    milestones: &[usize],
    runs: Runs,
    outlook: impl Fn(Instant) -> Result<Outlook, E>,
    progress: &(dyn Progress + Sync),
) -> Result<Vec<CupPoint>, E> {
    let moments = cup_moments(cup);
    progress.expect(runs.runs * moments.len() as u64);
    let point = |moment: Instant| {
        let outlook = outlook(moment)?;
        let tally = outlook.tally(runs, &|done| progress.done(done));
        let (known, reach) = (outlook.known(), outlook.reach());
        let chances = milestones.iter().map(|number| {
            let milestone = &known.format().milestones()[*number];
            let chance = |club| {
                let hits = tally.reached(milestone, club);
                let settled = reach.settled(known, milestone, club);
                Chance::of_hits(hits, tally.runs()).unless(settled)
            };
            known.club_ids().map(chance).collect()
        });
        let played = known.matches().iter().filter(|game| game.score.is_some());
        Ok(CupPoint {
            key: cup.instant_key(moment),
            words: cup.instant_words(moment),
            date: played.filter_map(|game| game.date).max(),
            model: outlook.model_words().to_owned(),
            matches: results(known),
            chances: chances.collect(),
        })
    };
    moments.into_iter().map(point).collect()
}
