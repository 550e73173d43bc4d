//! A file to start from: the shape of a new cup with names to be replaced.

use std::fmt::Write;

/// What a new cup should be like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Groups of this many clubs each, then a knockout of so many.
    Groups {
        /// How many groups.
        groups: usize,
        /// How many clubs in each.
        size: usize,
        /// How many clubs go on.
        knockout: usize,
    },
    /// One league, home and away.
    League {
        /// How many clubs.
        clubs: usize,
    },
}

/// Why there is no file of a shape.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ShapeError {
    /// Too few or too many groups or clubs.
    #[error("{0}")]
    Size(String),
    /// A number of clubs that makes no bracket out of these groups.
    #[error(
        "{knockout} clubs of {groups} groups make no bracket: write one or two a group (--knockout {} or {}), or 16 of 6 or 32 of 12 groups with best thirds",
        groups, groups * 2
    )]
    Knockout {
        /// How many groups.
        groups: usize,
        /// How many clubs should go on.
        knockout: usize,
    },
}

/// The text of a file of this shape.
///
/// # Errors
/// A shape that cannot be.
pub fn template(shape: Shape) -> Result<String, ShapeError> {
    match shape {
        Shape::League { clubs } => league(clubs),
        Shape::Groups {
            groups,
            size,
            knockout,
        } => cup(groups, size, knockout),
    }
}

const HEAD: &str = "\
# Replace names and rules; `cupcast check` says what is wrong with the file, models/README.md lists every key.
format = 2

[tournament]
id = \"my-cup\"
competition = \"My Cup\"
edition = \"2027\"
# Named rules, spelt out by `cupcast check --show-rules`.
rules = \"usual\"
# Results may stand in a CSV beside this file, with the columns date,home,away,score:
# results = \"my-cup.csv\"
";

fn league(clubs: usize) -> Result<String, ShapeError> {
    if !(2..=64).contains(&clubs) {
        return Err(ShapeError::Size(format!(
            "a league of {clubs} clubs: write 2 to 64"
        )));
    }
    let names: Vec<String> = (1..=clubs).map(|club| format!("\"Club {club}\"")).collect();
    Ok(format!(
        "{HEAD}\n[[stage]]\nkey = \"league\"\nname = \"league\"\nrounds = 2\ntable = [\n{}]\n\n\
         [milestones]\ntitle = {{ words = \"wins the title\", places = [\"league 1\"] }}\n",
        lines(&names)
    ))
}

fn cup(groups: usize, size: usize, knockout: usize) -> Result<String, ShapeError> {
    if !(2..=26).contains(&groups) || !(2..=12).contains(&size) {
        return Err(ShapeError::Size(format!(
            "{groups} groups of {size}: write 2 to 26 groups of 2 to 12 clubs"
        )));
    }
    let letters: Vec<char> = ('A'..='Z').take(groups).collect();
    let mut out = format!(
        "{HEAD}\n[[stage]]\nname = \"group stage\"\nkey = \"group\"\nrounds = 1\n[stage.groups]\n"
    );
    for letter in &letters {
        let clubs: Vec<String> = (1..=size)
            .map(|club| format!("\"{letter}{club} team\""))
            .collect();
        let _ = writeln!(out, "{letter} = [{}]", clubs.join(", "));
    }
    let first = first_round(groups, size, knockout, &letters, &mut out)
        .ok_or(ShapeError::Knockout { groups, knockout })?;
    let mut ties = first;
    let mut left = knockout;
    while left > 1 {
        let _ = write!(
            out,
            "\n[[stage]]\nname = \"{}\"\nties = [\n{}]\n",
            round_name(left),
            lines(
                &ties
                    .iter()
                    .map(|tie| format!("\"{tie}\""))
                    .collect::<Vec<_>>()
            )
        );
        ties = (0..ties.len() / 2)
            .map(|pair| format!("W{} - W{}", 2 * pair + 1, 2 * pair + 2))
            .collect();
        left /= 2;
    }
    Ok(out)
}

/// The ties of the first round; best thirds get a stage of their own.
fn first_round(
    groups: usize,
    size: usize,
    knockout: usize,
    letters: &[char],
    out: &mut String,
) -> Option<Vec<String>> {
    if !knockout.is_power_of_two() || knockout < 2 {
        return None;
    }
    if knockout == groups {
        out.push_str("\n# The winners are seeded; 1 meets the last.\n[[stage]]\nkey = \"seeds\"\nname = \"seeds\"\norder = { of = [\"firsts group\"] }\n");
        return Some(seeded(knockout));
    }
    if knockout == 2 * groups && size > 1 {
        let pairs = letters.chunks(2);
        let upper = pairs
            .clone()
            .map(|pair| format!("1{} - 2{}", pair[0], pair[1]));
        let lower = pairs.map(|pair| format!("1{} - 2{}", pair[1], pair[0]));
        return Some(upper.chain(lower).collect());
    }
    let (table, best, ties): (&str, usize, &[&str]) = match (groups, knockout) {
        (6, 16) => ("uefa-2020", 4, &EURO),
        (12, 32) => ("fifa-2026", 8, &WORLD_CUP),
        _ => return None,
    };
    if size < 3 {
        return None;
    }
    let _ = write!(
        out,
        "\n[[stage]]\nname = \"best thirds\"\nkey = \"thirds\"\nthirds = {{ place = 3, best = {best}, table = \"{table}\" }}\n"
    );
    Some(ties.iter().map(|tie| (*tie).to_owned()).collect())
}

/// The round of 16 of Euro 2020 and 2024, in the order of the tree.
const EURO: [&str; 8] = [
    "1B - 3ADEF",
    "1A - 2C",
    "1F - 3ABC",
    "2D - 2E",
    "1E - 3ABCD",
    "1D - 2F",
    "1C - 3DEF",
    "2A - 2B",
];

/// The round of 32 of the World Cup 2026, in the order of the tree.
const WORLD_CUP: [&str; 16] = [
    "1E - 3ABCDF",
    "1I - 3CDFGH",
    "2A - 2B",
    "1F - 2C",
    "2K - 2L",
    "1H - 2J",
    "1D - 3BEFIJ",
    "1G - 3AEHIJ",
    "1C - 2F",
    "2E - 2I",
    "1A - 3CEFHI",
    "1L - 3EHIJK",
    "1J - 2H",
    "2D - 2G",
    "1B - 3EFGIJ",
    "1K - 3DEIJL",
];

/// Seeds so that 1 and 2 can meet in the final only.
fn seeded(count: usize) -> Vec<String> {
    let mut order = vec![1];
    while order.len() < count {
        let sum = 2 * order.len() + 1;
        order = order.iter().flat_map(|seed| [*seed, sum - seed]).collect();
    }
    order
        .chunks(2)
        .map(|pair| format!("seeds {} - seeds {}", pair[0], pair[1]))
        .collect()
}

fn round_name(clubs: usize) -> String {
    match clubs {
        2 => "final".to_owned(),
        4 => "semifinals".to_owned(),
        8 => "quarterfinals".to_owned(),
        many => format!("round of {many}"),
    }
}

/// Items of a list, four to a line.
fn lines(items: &[String]) -> String {
    let rows = items
        .chunks(4)
        .map(|row| format!("  {},\n", row.join(", ")));
    rows.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_is_sound_and_has_a_champion() {
        let shapes = [
            (8, 4, 16),
            (8, 3, 8),
            (4, 4, 8),
            (2, 4, 2),
            (2, 2, 4),
            (6, 4, 16),
            (12, 4, 32),
        ];
        let cups = shapes.map(|(groups, size, knockout)| Shape::Groups {
            groups,
            size,
            knockout,
        });
        let leagues = [2, 10, 20].map(|clubs| Shape::League { clubs });
        for shape in cups.into_iter().chain(leagues) {
            let text = template(shape).expect("a shape that can be");
            let read = crate::open::read("new.toml", &text, &|file| Err(file.to_owned()));
            let cup = read.unwrap_or_else(|found| panic!("{shape:?}\n{found}"));
            let title = cup.format().milestones().last().expect("a title");
            assert_eq!(
                (title.key.as_str(), title.places.len()),
                ("title", 1),
                "{shape:?}"
            );
        }
    }

    #[test]
    fn shapes_that_cannot_be_are_refused() {
        for (groups, size, knockout) in [(8, 4, 12), (5, 4, 8), (1, 4, 2), (6, 2, 16)] {
            let shape = Shape::Groups {
                groups,
                size,
                knockout,
            };
            assert!(template(shape).is_err(), "{shape:?}");
        }
        assert!(template(Shape::League { clubs: 1 }).is_err());
    }
}
