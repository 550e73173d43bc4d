//! A club and what was known of it before the edition began.

use std::fmt;
use std::str::FromStr;

/// A club as it enters one edition of a competition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Club {
    /// Unique short code, such as `TOL`.
    pub code: String,
    /// The name people use, such as `Toluca`; also the key that links a club between editions.
    pub name: String,
    /// Other names it is known by.
    pub aliases: Vec<String>,
    /// The national association, such as `Mexico`.
    pub association: String,
    /// The zone of the confederation, such as `Central American`.
    pub zone: Option<String>,
    /// The pot it was drawn from, such as `A`.
    pub pot: Option<String>,
    /// How it qualified, in words.
    pub berth: Option<String>,
    /// The number of its appearances, this edition included.
    pub appearances: Option<u32>,
    /// The edition it last took part in, before this one.
    pub last_appearance: Option<String>,
    /// The furthest it got in any earlier edition.
    pub best_finish: BestFinish,
}

/// The furthest a club got in an edition, or in all editions before one; ordered from worst to best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum BestFinish {
    /// Never took part.
    #[default]
    None,
    /// Out in the preliminary round.
    Preliminary,
    /// Out in the group stage.
    Group,
    /// Out in the quarterfinals.
    Quarterfinal,
    /// Out in the semifinals.
    Semifinal,
    /// Lost the final.
    RunnerUp,
    /// Won the title.
    Champion,
}

impl BestFinish {
    /// Every value, from worst to best.
    pub const ALL: [Self; 7] = [
        Self::None,
        Self::Preliminary,
        Self::Group,
        Self::Quarterfinal,
        Self::Semifinal,
        Self::RunnerUp,
        Self::Champion,
    ];

    /// The word a tournament file uses.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Preliminary => "preliminary",
            Self::Group => "group",
            Self::Quarterfinal => "quarterfinal",
            Self::Semifinal => "semifinal",
            Self::RunnerUp => "runner-up",
            Self::Champion => "champion",
        }
    }

    /// The finish on a scale of rounds survived: none or preliminary 0, group 1, quarterfinal 2,
    /// semifinal 3, runner-up 4, champion 5.
    pub fn level(self) -> f64 {
        match self {
            Self::None | Self::Preliminary => 0.0,
            Self::Group => 1.0,
            Self::Quarterfinal => 2.0,
            Self::Semifinal => 3.0,
            Self::RunnerUp => 4.0,
            Self::Champion => 5.0,
        }
    }
}

impl fmt::Display for BestFinish {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.word())
    }
}

impl FromStr for BestFinish {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL
            .into_iter()
            .find(|finish| finish.word() == text)
            .ok_or(())
    }
}
