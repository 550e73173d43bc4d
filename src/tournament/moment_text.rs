//! Reads a moment as people write it: `md4`, `matchday 4`, `first leg of the final`, `2013-9-18`, `18 Sep 2013`.

use super::{DASHES, Moment, Tournament, either, plain_name};
use crate::diagnostic::nearest;
use crate::ids::RoundId;
use jiff::civil::Date;

/// Why a text names no moment of a tournament.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MomentError {
    /// Nothing is called like this.
    #[error(
        "`{found}` is no moment of {tournament}; {suggestion}write one of {choices}, or a date such as 2013-08-21"
    )]
    Unknown {
        /// What was written.
        found: String,
        /// The tournament it was meant for.
        tournament: String,
        /// `did you mean ...? ` where something is near, else empty.
        suggestion: String,
        /// The moments there are.
        choices: String,
    },
    /// A date that no calendar has.
    #[error("`{found}` is no day of any calendar; write year, month and day, such as 2013-08-21")]
    NoSuchDay {
        /// What was written.
        found: String,
    },
    /// Several moments or days could be meant.
    #[error("`{found}` can mean {choices}; write one of these")]
    Ambiguous {
        /// What was written.
        found: String,
        /// What it may mean, as a list for people.
        choices: String,
    },
    /// A date whose year is cut short.
    #[error("`{found}` does not say which century; write year, month and day, such as 2013-08-21")]
    ShortYear {
        /// What was written.
        found: String,
    },
}

impl Moment {
    /// Reads `start`, `md3`, `groups`, `qf` (after its last leg), `qf-leg1`, `2013-08-21` or `now`, in any case and also
    /// in words: `matchday 3`, `after the group stage`, `first leg of the quarterfinal`, `21 August 2013`.
    ///
    /// # Errors
    /// A text that names no moment of this tournament, or several; the message lists those there are.
    pub fn parse(text: &str, tournament: &Tournament) -> Result<Self, MomentError> {
        if let Some(date) = read_date(text) {
            return date.map(Self::Date);
        }
        let wanted = Wording::of(text);
        let mut found: Vec<Self> = Vec::new();
        for (moment, name) in names(tournament) {
            if wanted.is_like(&Wording::of(&name)) && !found.contains(&moment) {
                found.push(moment);
            }
        }
        match found.as_slice() {
            [only] => Ok(*only),
            [] => Err(unknown(text, tournament)),
            several => Err(MomentError::Ambiguous {
                found: text.to_owned(),
                choices: either(&keys(several, tournament)),
            }),
        }
    }
}

fn unknown(text: &str, tournament: &Tournament) -> MomentError {
    let mut choices = keys(&Moment::all(tournament), tournament);
    choices.push("now".to_owned());
    let near = nearest(text.trim(), choices.iter().map(String::as_str));
    MomentError::Unknown {
        found: text.to_owned(),
        tournament: tournament.id.clone(),
        suggestion: near
            .map(|near| format!("did you mean `{near}`? "))
            .unwrap_or_default(),
        choices: choices.join(", "),
    }
}

fn keys(moments: &[Moment], tournament: &Tournament) -> Vec<String> {
    let keys = moments.iter().map(|moment| moment.key(tournament));
    keys.collect()
}

/// Every name of every moment.
fn names(tournament: &Tournament) -> Vec<(Moment, String)> {
    let last_matchday = Moment::Matchday(tournament.last_matchday());
    let mut names = vec![(Moment::Groups, "group stage".to_owned())];
    for moment in Moment::all(tournament)
        .into_iter()
        .chain([last_matchday, Moment::Now])
    {
        names.push((moment, moment.key(tournament)));
        names.push((moment, moment.words(tournament)));
        if let Moment::Leg(id, leg) = moment {
            names.extend(leg_names(tournament, id, leg).map(|name| (moment, name)));
        }
    }
    names
}

/// What a leg is called besides its key: the last leg also by the name of its round alone.
fn leg_names(tournament: &Tournament, id: RoundId, leg: u8) -> impl Iterator<Item = String> {
    let round = tournament.bracket.round(id);
    let with_leg = [&round.short, &round.name].map(|name| format!("{name} leg {leg}"));
    let alone = (leg == round.legs).then(|| round.name.clone());
    with_leg.into_iter().chain(alone)
}

/// A name by what matters of it: neither case, order nor small words do.
struct Wording {
    /// The words in their order, as one.
    joined: String,
    /// The words by the alphabet.
    sorted: Vec<String>,
}

impl Wording {
    fn of(text: &str) -> Self {
        let plain = plain_name(text);
        let mut words: Vec<String> = Vec::new();
        for part in plain.split(|c: char| !c.is_alphanumeric()) {
            match part {
                "" | "after" | "the" | "of" | "a" => {}
                "first" | "1st" => words.push("1".to_owned()),
                "second" | "2nd" => words.push("2".to_owned()),
                part => {
                    let digits = part
                        .find(|c: char| c.is_ascii_digit())
                        .unwrap_or(part.len());
                    let (letters, number) = part.split_at(digits);
                    let singular = if letters.len() > 3 {
                        letters.trim_end_matches('s')
                    } else {
                        letters
                    };
                    let both = [singular, number].into_iter();
                    words.extend(both.filter(|word| !word.is_empty()).map(str::to_owned));
                }
            }
        }
        let joined = words.concat();
        words.sort();
        Self {
            joined,
            sorted: words,
        }
    }

    fn is_like(&self, other: &Self) -> bool {
        !self.joined.is_empty() && (self.joined == other.joined || self.sorted == other.sorted)
    }
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A date with its year in the order year, month, day, or with the month in words, or in an order that its numbers leave
/// no doubt about; `None` for a text that is no date at all.
fn read_date(text: &str) -> Option<Result<Date, MomentError>> {
    let found = || text.to_owned();
    let plain = plain_name(text);
    if let Ok(date) = plain.parse::<Date>() {
        return Some(Ok(date));
    }
    let between = |c: char| c.is_whitespace() || "/.,".contains(c) || DASHES.contains(&c);
    let parts: Vec<&str> = plain
        .split(between)
        .filter(|part| !part.is_empty() && *part != "of")
        .collect();
    let [first, second, third] = parts.as_slice() else {
        return None;
    };
    let day = |year: &str, month: i8, day: &str| {
        let parsed = year.parse::<i16>().ok().zip(day.parse::<i8>().ok());
        let date = parsed.and_then(|(year, day)| Date::new(year, month, day).ok());
        date.ok_or_else(|| MomentError::NoSuchDay { found: found() })
    };
    // The month in words: day and year cannot be mistaken for each other.
    for (month, others) in [
        (second, [first, third]),
        (first, [second, third]),
        (second, [third, first]),
    ] {
        if let Some(month) = month_in_words(month) {
            let [date, year] = others.map(|part| without_ordinal(part));
            if is_year(year) && is_number(date) {
                return Some(day(year, month, date));
            }
        }
    }
    if ![first, second, third].iter().all(|part| is_number(part)) {
        return None;
    }
    let small = |part: &str| part.parse::<i8>().ok();
    if is_year(first) {
        let date = small(second).map(|month| day(first, month, third));
        return Some(date.unwrap_or_else(|| Err(MomentError::NoSuchDay { found: found() })));
    }
    if !is_year(third) {
        return Some(Err(MomentError::ShortYear { found: found() }));
    }
    let readings = [(second, first), (first, second)];
    let mut dates: Vec<Date> = readings
        .iter()
        .filter_map(|(month, date)| day(third, small(month)?, date).ok())
        .collect();
    dates.dedup();
    Some(match dates.as_slice() {
        [only] => Ok(*only),
        [] => Err(MomentError::NoSuchDay { found: found() }),
        several => Err(MomentError::Ambiguous {
            found: found(),
            choices: either(&several.iter().map(Date::to_string).collect::<Vec<_>>()),
        }),
    })
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && is_number(text)
}

/// `18` of `18th`.
fn without_ordinal(text: &str) -> &str {
    let ordinals = ["st", "nd", "rd", "th"];
    let number = ordinals.iter().find_map(|end| text.strip_suffix(end));
    number.filter(|number| is_number(number)).unwrap_or(text)
}

/// The number of a month by its English name or at least three letters of it.
fn month_in_words(text: &str) -> Option<i8> {
    let is_it = |month: &&str| {
        text.len() >= 3 && (month.starts_with(text) || text == "sept" && *month == "september")
    };
    let at = MONTHS.iter().position(is_it)?;
    i8::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tournament::bundled;

    #[test]
    fn moments_are_read_as_people_write_them() {
        let tournament = bundled::open("ccl-2013-14").expect("a bundled tournament");
        let cases = [
            (
                "md4",
                "md4 MD4 Md-4 matchday4 'Matchday 4' 'after matchday 4' 'md 4' 'MATCHDAY 4'",
            ),
            (
                "groups",
                "groups group 'group stage' 'after the group stage' Groups",
            ),
            ("md6", "md6 'matchday 6'"),
            ("start", "start Start 'before the first match'"),
            ("now", "now NOW 'with every result in the file'"),
            (
                "qf",
                "qf QF quarterfinal Quarter-Finals 'quarter final' 'qf leg 2' qf-leg2 'second leg of the quarterfinal'",
            ),
            (
                "sf-leg1",
                "sf-leg1 'SF leg 1' 'semifinal first leg' '1st leg of the semifinals' 'after leg 1 of the semifinal'",
            ),
            ("final", "final 'the final' 'after the final' final-leg2"),
            (
                "2013-09-18",
                "2013-09-18 2013-9-18 2013/9/18 2013.09.18 20130918 18/9/2013 9/18/2013 18.09.2013 \
                '18 Sep 2013' '18 September 2013' '18th of September 2013' 'Sep 18, 2013' 'SEPT 18 2013' '2013 Sep 18' \
                2013–9–18 18-Sep-2013",
            ),
            ("2013-10-10", "10/10/2013"),
        ];
        for (key, texts) in cases {
            let quoted = texts.split('\'').enumerate();
            let texts = quoted.flat_map(|(index, part)| {
                let words: Vec<&str> = if index % 2 == 1 {
                    vec![part]
                } else {
                    part.split_whitespace().collect()
                };
                words
            });
            for text in texts {
                let found = Moment::parse(text, &tournament);
                let found = found.map(|moment| moment.key(&tournament));
                assert_eq!(found.as_deref(), Ok(key), "{text}");
            }
        }
    }

    #[test]
    fn what_can_mean_two_things_or_none_is_refused() {
        let tournament = bundled::open("ccl-2013-14").expect("a bundled tournament");
        let refusal = |text: &str| {
            let error = Moment::parse(text, &tournament).expect_err(text);
            error.to_string()
        };
        assert_eq!(
            refusal("4/9/2013"),
            "`4/9/2013` can mean 2013-09-04 or 2013-04-09; write one of these"
        );
        assert!(refusal("2013-02-30").contains("no day of any calendar"));
        assert!(refusal("31 June 2013").contains("no day of any calendar"));
        assert!(refusal("18/9/13").contains("which century"));
        assert!(refusal("mdd4").contains("did you mean `md4`?"));
        for text in [
            "", "  ", "md", "md9", "4", "leg 1", "-", "Sep 2013", "99999", "md4 md5",
        ] {
            assert!(
                refusal(text).contains("is no moment of ccl-2013-14"),
                "{text}"
            );
        }
    }
}
