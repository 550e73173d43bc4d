//! Random draws by either procedure behind one type.

use super::{DrawError, Drawing, Sequential, Uniform};
use crate::ids::ClubId;
use crate::rng::{Purpose, stream};

/// How random draws are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DrawnBy {
    /// Club by club from the pots, each to the first group that leads to no dead end.
    Sequential,
    /// Every valid draw equally likely.
    Uniform,
}

impl DrawnBy {
    /// The word for it: `sequential` or `uniform`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Sequential => "sequential",
            Self::Uniform => "uniform",
        }
    }
}

/// Makes random draws by one procedure.
#[derive(Debug, Clone)]
pub enum Sampler<'a> {
    /// As on stage.
    Sequential(Sequential<'a>),
    /// All valid draws alike.
    Uniform(Uniform<'a>),
}

impl<'a> Sampler<'a> {
    /// A sampler of this procedure.
    ///
    /// # Errors
    /// More draws than can be counted, which the uniform procedure needs.
    pub fn new(drawing: &'a Drawing, by: DrawnBy) -> Result<Self, DrawError> {
        Ok(match by {
            DrawnBy::Sequential => Self::Sequential(Sequential::new(drawing)),
            DrawnBy::Uniform => Self::Uniform(Uniform::new(drawing)?),
        })
    }

    /// The procedure.
    pub fn by(&self) -> DrawnBy {
        match self {
            Self::Sequential(_) => DrawnBy::Sequential,
            Self::Uniform(_) => DrawnBy::Uniform,
        }
    }

    /// The draw that is sampled.
    pub fn drawing(&self) -> &'a Drawing {
        match self {
            Self::Sequential(procedure) => procedure.drawing,
            Self::Uniform(procedure) => procedure.drawing,
        }
    }

    /// Draw number `index` at this seed: the clubs of each group, in order of pots. It depends on nothing else.
    pub fn draw(&mut self, seed: u64, index: u64) -> Vec<Vec<ClubId>> {
        let mut rng = stream(seed, Purpose::Draw, index);
        match self {
            Self::Sequential(procedure) => procedure.sample(&mut rng),
            Self::Uniform(procedure) => procedure.sample(&mut rng),
        }
    }
}
