//! What is asked of a draw, answered: the number of valid draws and the pair odds under one procedure or both.

use super::pairs::PairOdds;
use super::sequential::Sequential;
use super::uniform::Uniform;
use super::{DrawError, Drawing};
use crate::rng::{Purpose, stream};

/// How many draws are simulated where an exact answer is out of reach and nobody says how many.
pub const DEFAULT_DRAWS: u64 = 100_000;

/// Which distribution over the valid draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Procedure {
    /// Clubs drawn one by one, each to the first group that leads to no dead end.
    Sequential,
    /// Every valid draw equally likely.
    Uniform,
    /// Both, and the difference between them.
    Both,
}

/// The pair odds of a draw.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawOdds {
    /// The number of valid draws; `None` if they are too many to be counted and only the sequential
    /// procedure was asked for.
    pub count: Option<DrawCount>,
    /// The exact odds if every valid draw is equally likely, where they were asked for.
    pub uniform: Option<PairOdds>,
    /// The odds if clubs are drawn one by one, where they were asked for.
    pub sequential: Option<SequentialOdds>,
}

/// The number of valid draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DrawCount {
    /// Assignments of the clubs to labelled groups.
    pub labelled: u128,
    /// The same where two draws that put the same clubs together are one.
    pub without_labels: u128,
}

/// The pair odds of the sequential procedure, and how they were obtained.
#[derive(Debug, Clone, PartialEq)]
pub struct SequentialOdds {
    /// The probability of each pair.
    pub pairs: PairOdds,
    /// The draws they are the shares of, or `None` if they are exact.
    pub simulated: Option<SimulatedDraws>,
}

/// Random draws and their luck.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SimulatedDraws {
    /// How many.
    pub draws: u64,
    /// The seed of their random streams, one stream a draw.
    pub seed: u64,
}

impl SequentialOdds {
    /// The standard error of each probability; `None` if they are exact.
    pub fn standard_errors(&self) -> Option<PairOdds> {
        let simulated = self.simulated?;
        Some(self.pairs.standard_errors(simulated.draws))
    }
}

impl DrawOdds {
    /// The standard error of each probability of the sequential procedure, if it is simulated. A pair that the exact
    /// odds rule out, which are about the same draws, has none.
    pub fn standard_errors(&self) -> Option<PairOdds> {
        let errors = self.sequential.as_ref()?.standard_errors()?;
        let uniform = self.uniform.as_ref();
        Some(uniform.map_or_else(|| errors.clone(), |odds| errors.where_possible(odds)))
    }

    /// The bias of the sequential procedure for each pair (its probability minus the uniform one), where
    /// both were asked for.
    pub fn bias(&self) -> Option<PairOdds> {
        let sequential = &self.sequential.as_ref()?.pairs;
        Some(sequential.minus(self.uniform.as_ref()?))
    }
}

impl Drawing {
    /// Counts the valid draws and finds the pair odds. The sequential ones are exact unless a number of
    /// `draws` is given or there are too many half-drawn boards; then they are simulated.
    ///
    /// # Errors
    /// More draws than can be counted, unless only the sequential procedure is asked for.
    pub fn odds(
        &self,
        procedure: Procedure,
        draws: Option<u64>,
        seed: u64,
    ) -> Result<DrawOdds, DrawError> {
        let uniform = match (Uniform::new(self), procedure) {
            (Ok(uniform), _) => Some(uniform),
            (Err(_), Procedure::Sequential) => None,
            (Err(error), _) => return Err(error),
        };
        let count = uniform.as_ref().map(|uniform| DrawCount {
            labelled: uniform.count(),
            without_labels: uniform.count_without_labels(),
        });
        let sequential =
            (procedure != Procedure::Uniform).then(|| self.sequential_odds(draws, seed));
        let wanted = uniform.filter(|_| procedure != Procedure::Sequential);
        Ok(DrawOdds {
            count,
            uniform: wanted.map(|uniform| uniform.pair_odds()),
            sequential,
        })
    }

    fn sequential_odds(&self, draws: Option<u64>, seed: u64) -> SequentialOdds {
        if draws.is_none()
            && let Some(pairs) = self.sequential_pair_odds()
        {
            return SequentialOdds {
                pairs,
                simulated: None,
            };
        }
        let draws = draws.unwrap_or(DEFAULT_DRAWS);
        let mut procedure = Sequential::new(self);
        let pairs = PairOdds::simulated(self.clubs(), draws, |index| {
            procedure.sample(&mut stream(seed, Purpose::Draw, index))
        });
        SequentialOdds {
            pairs,
            simulated: Some(SimulatedDraws { draws, seed }),
        }
    }
}
