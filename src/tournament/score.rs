//! Goals of one match: after 90 minutes, after extra time, and in the shoot-out, kept apart.

use std::fmt;
use std::str::FromStr;

/// Goals of the home and the away club over one stretch of play (or kicks of a shoot-out).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Goals {
    /// Goals of the home club.
    pub home: u8,
    /// Goals of the away club.
    pub away: u8,
}

/// What people write between two numbers or clubs as a dash: hyphens, dashes and the minus sign.
pub(crate) const DASHES: [char; 7] = ['-', '\u{2010}', '\u{2011}', '\u{2012}', '–', '—', '−'];

impl Goals {
    /// The most goals of one side that is taken for a real score: the record in a senior
    /// match is 149 and in this competition 10; above this a typing mistake is likelier.
    pub const MOST: u8 = 30;

    /// Home goals minus away goals.
    pub fn margin(self) -> i32 {
        i32::from(self.home) - i32::from(self.away)
    }
}

impl fmt::Display for Goals {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}-{}", self.home, self.away)
    }
}

/// Why a text is not a score.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScoreError {
    /// Not two whole numbers with a dash between them.
    #[error("`{0}` is not a score; write home and away goals with a dash between, such as `2-1`")]
    NotAScore(String),
    /// More goals than a real match has.
    #[error("`{0}` has more than {most} goals for one side", most = Goals::MOST)]
    TooMany(String),
}

impl FromStr for Goals {
    type Err = ScoreError;

    /// Reads `2-1` (a dash of any kind or a colon, spaces allowed around it).
    fn from_str(text: &str) -> Result<Self, ScoreError> {
        let not_a_score = || ScoreError::NotAScore(text.to_owned());
        let (home, away) = text
            .split_once(|c| c == ':' || DASHES.contains(&c))
            .ok_or_else(not_a_score)?;
        let side = |part: &str| {
            let part = part.trim();
            if part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(not_a_score());
            }
            match part.parse::<u8>() {
                Ok(goals) if goals <= Self::MOST => Ok(goals),
                _ => Err(ScoreError::TooMany(text.to_owned())),
            }
        };
        Ok(Self {
            home: side(home)?,
            away: side(away)?,
        })
    }
}

/// The score of a knockout leg: after 90 minutes, and what followed if the tie was still level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Score {
    /// Goals after 90 minutes.
    pub ninety: Goals,
    /// The full score after extra time (90 minutes included), where extra time was played.
    pub after_extra_time: Option<Goals>,
    /// Goals of the penalty shoot-out, where there was one.
    pub penalties: Option<Goals>,
}

impl From<Goals> for Score {
    fn from(ninety: Goals) -> Self {
        Self {
            ninety,
            after_extra_time: None,
            penalties: None,
        }
    }
}

impl fmt::Display for Score {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.ninety)?;
        if let Some(goals) = self.after_extra_time {
            write!(out, ", {goals} after extra time")?;
        }
        if let Some(goals) = self.penalties {
            write!(out, ", {goals} on penalties")?;
        }
        Ok(())
    }
}
