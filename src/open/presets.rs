//! Named rules of real competitions: what `rules = "fifa-2022"` stands for.

/// The rules that a name stands for, in the words of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preset {
    /// The name, such as `fifa-2022`.
    pub name: &'static str,
    /// Whose rules they are.
    pub about: &'static str,
    /// Points of a win, a draw and a defeat.
    pub points: [u8; 3],
    /// Points of the winner and the loser of the shoot-out after a drawn match of a table.
    pub shoot_out: Option<[u8; 2]>,
    /// How clubs of a table are ranked that are level on points.
    pub tiebreakers: &'static [&'static str],
    /// How clubs of different tables are ranked.
    pub across: &'static [&'static str],
    /// Where matches of tables are played: `home` or `neutral`.
    pub ground: &'static str,
    /// Who is at home in ties of one match.
    pub home: &'static str,
    /// Legs of a tie.
    pub legs: u8,
    /// What decides a tie that is level on goals.
    pub decide: &'static [&'static str],
}

const ACROSS: &[&str] = &["points", "goal difference", "goals", "lots"];
const ACROSS_AWAY: &[&str] = &["points", "goal difference", "goals", "away goals", "lots"];
const HEAD_TO_HEAD: &str = "head-to-head: points, goal difference, goals";
const EXTRA_TIME: &[&str] = &["extra time", "shoot-out"];

/// A cup of national teams on neutral ground.
const NATIONS: Preset = Preset {
    name: "",
    about: "",
    points: [3, 1, 0],
    shoot_out: None,
    tiebreakers: &[],
    across: ACROSS,
    ground: "neutral",
    home: "nobody",
    legs: 1,
    decide: EXTRA_TIME,
};

/// A cup of clubs with matches at home and away.
const CLUBS: Preset = Preset {
    ground: "home",
    home: "first",
    legs: 2,
    ..NATIONS
};

/// Every preset.
pub const PRESETS: &[Preset] = &[
    Preset {
        name: "usual",
        about: "what most cups do: goal difference before head-to-head",
        tiebreakers: &["goal difference", "goals", HEAD_TO_HEAD, "lots"],
        legs: 1,
        ..CLUBS
    },
    Preset {
        name: "fifa-2014",
        about: "FIFA World Cup 2010 and 2014",
        tiebreakers: &["goal difference", "goals", HEAD_TO_HEAD, "lots"],
        ..NATIONS
    },
    Preset {
        name: "fifa-2018",
        about: "FIFA World Cup 2018",
        tiebreakers: &["goal difference", "goals", HEAD_TO_HEAD, "conduct", "lots"],
        ..NATIONS
    },
    Preset {
        name: "fifa-2022",
        about: "FIFA World Cup 2022",
        tiebreakers: &["goal difference", "goals", HEAD_TO_HEAD, "conduct", "lots"],
        ..NATIONS
    },
    Preset {
        name: "fifa-2026",
        about: "FIFA World Cup 2026: head-to-head first",
        tiebreakers: &[
            HEAD_TO_HEAD,
            "goal difference",
            "goals",
            "conduct",
            "lower ranking",
            "lots",
        ],
        across: &[
            "points",
            "goal difference",
            "goals",
            "conduct",
            "lower ranking",
            "lots",
        ],
        ..NATIONS
    },
    Preset {
        name: "uefa-euro-2016",
        about: "UEFA Euro 2016 and 2020",
        tiebreakers: &[
            HEAD_TO_HEAD,
            "goal difference",
            "goals",
            "shoot-out in the last match",
            "conduct",
            "lower ranking",
            "lots",
        ],
        across: &[
            "points",
            "goal difference",
            "goals",
            "conduct",
            "lower ranking",
            "lots",
        ],
        ..NATIONS
    },
    Preset {
        name: "uefa-euro-2024",
        about: "UEFA Euro 2024",
        tiebreakers: &[
            HEAD_TO_HEAD,
            "goal difference",
            "goals",
            "wins",
            "shoot-out in the last match",
            "conduct",
            "lower ranking",
            "lots",
        ],
        across: &[
            "points",
            "goal difference",
            "goals",
            "wins",
            "conduct",
            "lower ranking",
            "lots",
        ],
        ..NATIONS
    },
    Preset {
        name: "conmebol-copa-2024",
        about: "Copa América 2024: a shoot-out at once, extra time in the final only",
        tiebreakers: &["goal difference", "goals", HEAD_TO_HEAD, "cards", "lots"],
        decide: &["shoot-out"],
        ..NATIONS
    },
    Preset {
        name: "afc-2023",
        about: "AFC Asian Cup 2023",
        tiebreakers: &[
            HEAD_TO_HEAD,
            "goal difference",
            "goals",
            "shoot-out in the last match",
            "cards",
            "lots",
        ],
        across: &["points", "goal difference", "goals", "cards", "lots"],
        ..NATIONS
    },
    Preset {
        name: "caf-2023",
        about: "Africa Cup of Nations 2023",
        tiebreakers: &[
            "two level: head-to-head: points",
            "three level: head-to-head: points, goal difference, goals",
            "goal difference",
            "goals",
            "lots",
        ],
        ..NATIONS
    },
    Preset {
        name: "concacaf-gold-cup-2023",
        about: "CONCACAF Gold Cup 2023",
        tiebreakers: &["goal difference", "goals", HEAD_TO_HEAD, "cards", "lots"],
        ..NATIONS
    },
    Preset {
        name: "uefa-cl-2018",
        about: "UEFA Champions League to 2020-21: away goals, in extra time too",
        tiebreakers: &[
            "head-to-head: points, goal difference, goals, away goals",
            "goal difference",
            "goals",
            "away goals",
            "wins",
            "away wins",
            "conduct",
            "higher coefficient",
            "lots",
        ],
        across: ACROSS_AWAY,
        decide: &["away goals", "extra time", "away goals", "shoot-out"],
        ..CLUBS
    },
    Preset {
        name: "uefa-cl-2021",
        about: "UEFA Champions League 2021-22 to 2023-24: no away goals in ties",
        tiebreakers: &[
            HEAD_TO_HEAD,
            "goal difference",
            "goals",
            "away goals",
            "wins",
            "away wins",
            "conduct",
            "higher coefficient",
            "lots",
        ],
        across: ACROSS_AWAY,
        ..CLUBS
    },
    Preset {
        name: "uefa-cl-2024",
        about: "UEFA Champions League from 2024-25: a league phase",
        tiebreakers: &[
            "goal difference",
            "goals",
            "away goals",
            "wins",
            "away wins",
            "opponents' points",
            "opponents' goal difference",
            "opponents' goals",
            "conduct",
            "higher coefficient",
            "lots",
        ],
        across: ACROSS_AWAY,
        ..CLUBS
    },
    Preset {
        name: "conmebol-libertadores-2024",
        about: "Copa Libertadores 2024: no away goals in ties, no extra time before the final",
        tiebreakers: &[
            "goal difference",
            "goals",
            "away goals",
            "lower ranking",
            "lots",
        ],
        across: &[
            "points",
            "goal difference",
            "goals",
            "away goals",
            "lower ranking",
            "lots",
        ],
        decide: &["shoot-out"],
        ..CLUBS
    },
    Preset {
        name: "concacaf-cl-2008",
        about: "CONCACAF Champions League 2008-09 to 2011-12: groups of four",
        tiebreakers: &[
            "head-to-head: points, goal difference, away goals",
            "goal difference",
            "goals",
            "away goals",
            "lots",
        ],
        across: ACROSS_AWAY,
        decide: &["away goals", "extra time", "shoot-out"],
        ..CLUBS
    },
    Preset {
        name: "concacaf-cl-2012",
        about: "CONCACAF Champions League 2012-13 to 2016-17: groups of three",
        tiebreakers: &[
            "head-to-head: points, goal difference, away goals",
            "goal difference",
            "goals",
            "away goals",
            "lots",
        ],
        across: &[
            "points",
            "goal difference",
            "goals",
            "away goals",
            "wins",
            "away wins",
            "lots",
        ],
        decide: &["away goals", "extra time", "shoot-out"],
        ..CLUBS
    },
    Preset {
        name: "concacaf-cup-2024",
        about: "CONCACAF Champions Cup 2024",
        tiebreakers: &["goal difference", "goals", "lots"],
        across: ACROSS,
        decide: &["away goals", "extra time", "shoot-out"],
        ..CLUBS
    },
    Preset {
        name: "leagues-cup-2023",
        about: "Leagues Cup from 2023: shoot-outs after drawn matches, two points and one",
        shoot_out: Some([2, 1]),
        tiebreakers: &[
            "two level: head-to-head: points",
            "goal difference",
            "goals",
            "goals against",
            "conduct",
            "lots",
        ],
        legs: 1,
        decide: &["shoot-out"],
        ..CLUBS
    },
    Preset {
        name: "mls-2023",
        about: "Major League Soccer 2023: wins first",
        tiebreakers: &["wins", "goal difference", "goals", "conduct", "lots"],
        across: &["points", "wins", "goal difference", "goals", "lots"],
        legs: 1,
        ..CLUBS
    },
    Preset {
        name: "liga-mx-2024",
        about: "Liga MX 2024: level ties go to the better seed",
        tiebreakers: &["goal difference", "goals", HEAD_TO_HEAD, "lots"],
        decide: &["first"],
        ..CLUBS
    },
    Preset {
        name: "premier-league",
        about: "Premier League: goal difference, then head-to-head",
        tiebreakers: &[
            "goal difference",
            "goals",
            "head-to-head: points, away goals",
            "lots",
        ],
        ..CLUBS
    },
];

/// The preset with a name.
pub(super) fn find(name: &str) -> Option<&'static Preset> {
    PRESETS.iter().find(|preset| preset.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::open::criteria;

    #[test]
    fn every_preset_can_be_read_and_its_name_is_its_own() {
        for (number, preset) in PRESETS.iter().enumerate() {
            let twin = PRESETS[..number]
                .iter()
                .find(|other| other.name == preset.name);
            assert_eq!(twin, None);
            for list in [preset.tiebreakers, preset.across] {
                criteria::parse_all(list.iter().copied(), &[]).expect("criteria");
                assert_eq!(list.last(), Some(&"lots"), "{}", preset.name);
            }
            for step in preset.decide {
                assert!(crate::open::rules::step(step).is_some(), "{step}");
            }
        }
    }
}
