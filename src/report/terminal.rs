//! A forecast drawn with characters: bars, a colour scale, one club in detail, and the bracket as a tree.

use super::fold::hanging;
use super::number::{change, percent, plus_minus};
use crate::forecast::Forecast;
use crate::ids::{ClubId, TieId};
use crate::odds::{Chance, Odds};
use crate::paths::Paths;
use crate::slots::SlotOdds;
use crate::tournament::{Side, Tournament};

/// Blocks of one to eight eighths of a character.
const EIGHTHS: [char; 8] = ['▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'];

/// A bar that fills a share (0 to 1) of `width` characters, exact to an eighth of one, without trailing spaces. What is
/// above zero shows at least the thinnest block.
pub fn bar(share: f64, width: usize) -> String {
    let most = width * 8;
    let eighths = (share.clamp(0.0, 1.0) * most as f64).round() as usize;
    let eighths = if share > 0.0 {
        eighths.max(1).min(most)
    } else {
        0
    };
    let mut text = "█".repeat(eighths / 8);
    if !eighths.is_multiple_of(8) {
        text.push(EIGHTHS[eighths % 8 - 1]);
    }
    text
}

/// Foreground colours of the 256-colour palette from faint to strong: grey, steel blue, blue, orange. Blue and orange
/// stay apart for people of every colour vision, and each colour has a contrast of at least 3 on black and on white.
const SCALE: [u8; 4] = [244, 67, 33, 166];

/// The probability from which on each colour but the first is used.
const FROM: [f64; 3] = [0.01, 0.1, 0.5];

/// The text in the colour of its probability, in bold from one half on; unchanged without colours.
pub fn paint(text: &str, probability: f64, colours: bool) -> String {
    if !colours || text.trim().is_empty() {
        return text.to_owned();
    }
    let step = FROM.iter().filter(|from| probability >= **from).count();
    let bold = if probability >= 0.5 { "1;" } else { "" };
    format!("\u{1b}[{bold}38;5;{}m{text}\u{1b}[0m", SCALE[step])
}

/// One club in detail: its group, its seeds and its way through the rounds, in lines of at most `width` characters (or as
/// long as the numbers need).
pub fn club(
    tournament: &Tournament,
    forecast: &Forecast,
    club: ClubId,
    width: usize,
    colours: bool,
) -> String {
    let odds = &forecast.odds;
    let index = club.index();
    let group = tournament.group_of(club);
    let about = tournament.club(club);
    let mut lines = vec![
        format!("{} ({}), {}", about.name, about.code, about.association),
        format!("best finish before: {}", about.best_finish),
        String::new(),
        format!("group {}", tournament.group(group).name),
    ];
    let changed = |of: &dyn Fn(&Odds) -> f64| {
        let changes = forecast.what_if.as_ref().map(|what_if| {
            let error = of(&what_if.change_standard_errors);
            change(of(&what_if.change), error, forecast.method)
        });
        changes.map_or_else(String::new, |change| format!("{change:>14}  "))
    };
    let draw = |name: &str, of: &dyn Fn(&Odds) -> f64| {
        line(name, forecast.chance(of), &changed(of), width, colours)
    };
    if forecast.what_if.is_some() {
        let room = 48usize.saturating_sub(lines[3].chars().count());
        lines[3].push_str(&format!("{:>room$}", "change, pp"));
    }
    let places = 0..odds.place[index].len();
    lines.extend(places.map(|place| {
        draw(&format!("place {}", place + 1), &|odds| {
            odds.place[index][place]
        })
    }));
    lines.extend([String::new(), "seed".to_owned()]);
    let seeds = 0..odds.seed[index].len();
    lines.extend(seeds.map(|seed| {
        draw(&format!("seed {}", seed + 1), &|odds| {
            odds.seed[index][seed]
        })
    }));
    lines.extend([String::new(), "plays in".to_owned()]);
    let rounds = tournament.bracket.rounds.iter().enumerate();
    lines
        .extend(rounds.map(|(number, round)| draw(&round.name, &|odds| odds.round[index][number])));
    lines.push(draw("wins the cup", &|odds| odds.title[index]));
    lines.join("\n") + "\n"
}

/// Opponents of a round that are named.
const NAMED: usize = 8;

/// Whom a club may meet, a paragraph a round, in lines of at most `width` characters: its likeliest opponents with the
/// chance to meet them there; empty for a club without a knockout round to come.
pub fn opponents(tournament: &Tournament, paths: &Paths, width: usize) -> String {
    let rounds = paths.rounds.iter().filter(|one| !one.opponents.is_empty());
    let mut text = String::new();
    for round in rounds {
        let named = round.opponents.iter().take(NAMED).map(|opponent| {
            let name = &tournament.club(opponent.club).name;
            format!("{name} {}", percent(opponent.meets))
        });
        let mut words: Vec<String> = named.collect();
        let others = round.opponents.len().saturating_sub(NAMED);
        if others > 0 {
            let rest = &round.opponents[NAMED..];
            let chance = rest.iter().map(|opponent| opponent.meets.probability);
            let chance = percent(Chance::of_share(chance.sum(), paths.runs));
            words.push(format!("{others} others {chance}"));
        }
        let label = format!("  {:<14}  ", tournament.bracket.round(round.round).name);
        text.push_str(&hanging(&label, &words.join(", "), width));
        text.push('\n');
    }
    if text.is_empty() {
        return text;
    }
    format!("\nlikely opponents\n{text}")
}

/// `  place 1        85.3% ± 0.04  ██████████`, with the change of a what-if before the bar.
fn line(name: &str, chance: Chance, change: &str, width: usize, colours: bool) -> String {
    let value = chance.probability;
    let text = percent(chance);
    let error = plus_minus(chance.standard_error);
    let head = format!(
        "  {name:<14}{}{error:<9}",
        paint(&format!("{text:>7}"), value, colours)
    );
    let used = 2 + 14.max(name.chars().count()) + 7 + 1 + 8 + 2 + change.chars().count();
    let room = width.saturating_sub(used).min(40);
    let drawn = paint(&bar(value, room), value, colours);
    format!("{head}  {change}{drawn}").trim_end().to_owned()
}

/// The bracket as a tree, the final first: for every place the clubs that are likeliest to stand there, as many as fit
/// into `width` characters.
pub fn bracket(
    tournament: &Tournament,
    forecast: &Forecast,
    slots: &SlotOdds,
    width: usize,
    colours: bool,
) -> String {
    let tree = Tree {
        tournament,
        slots,
        width,
        colours,
    };
    let mut text = String::new();
    let Some(last) = tournament.bracket.ties.len().checked_sub(1) else {
        return text;
    };
    let clubs = 0..forecast.odds.title.len();
    let titles: Vec<Chance> = clubs
        .map(|club| forecast.chance(|odds| odds.title[club]))
        .collect();
    let champion = tree.place("champion", &titles, 0);
    text.push_str(&champion);
    text.push('\n');
    tree.tie(TieId::new(last), "", &mut text);
    text
}

/// What the lines of a tree have in common.
struct Tree<'a> {
    tournament: &'a Tournament,
    slots: &'a SlotOdds,
    width: usize,
    colours: bool,
}

impl Tree<'_> {
    /// Adds the two places of a tie, and below each the tie that feeds it.
    fn tie(&self, id: TieId, indent: &str, text: &mut String) {
        let tie = self.tournament.bracket.tie(id);
        for (number, side) in tie.sides.iter().enumerate() {
            let (branch, below) = if number == 0 {
                ("├─ ", "│  ")
            } else {
                ("└─ ", "   ")
            };
            let label = match side {
                Side::Seed(seed) => format!("{}, seed {seed}", tie.name),
                Side::Winner(feeder) => {
                    let feeder = self.tournament.bracket.tie(*feeder);
                    format!("{}, winner of {}", tie.name, feeder.name)
                }
            };
            let before = indent.chars().count() + 3;
            let place = self.place(&label, &self.slots.sides[id.index()][number], before);
            text.push_str(&[indent, branch, &place, "\n"].concat());
            if let Side::Winner(feeder) = side {
                self.tie(*feeder, &format!("{indent}{below}"), text);
            }
        }
    }

    /// A place and its likeliest clubs, after `before` characters that are taken already. The first club is always named.
    fn place(&self, label: &str, odds: &[Chance], before: usize) -> String {
        let mut standing: Vec<(usize, Chance)> = odds.iter().copied().enumerate().collect();
        standing.retain(|(_, chance)| chance.probability > 0.0);
        standing.sort_by(|a, b| b.1.probability.total_cmp(&a.1.probability));
        let mut text = format!("{label}: ");
        let mut length = before + text.chars().count();
        for (rank, (club, chance)) in standing.iter().take(4).enumerate() {
            let name = &self.tournament.clubs[*club].name;
            // Only who stands there for certain needs no figure.
            let words = if chance.is_settled() {
                name.clone()
            } else {
                format!("{name} {}", percent(*chance))
            };
            let comma = if rank == 0 { "" } else { ", " };
            length += comma.len() + words.chars().count();
            if rank > 0 && length > self.width {
                break;
            }
            text.push_str(comma);
            text.push_str(&paint(&words, chance.probability, self.colours));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_exact_to_an_eighth() {
        let cases = [
            (0.0, 10, ""),
            (1.0, 3, "███"),
            (0.5, 4, "██"),
            (0.5, 1, "▌"),
            (0.001, 10, "▏"),
            (0.26, 2, "▌"),
            (2.0, 2, "██"),
            (0.5, 0, ""),
        ];
        for (share, width, expected) in cases {
            assert_eq!(bar(share, width), expected, "{share} of {width}");
        }
    }

    #[test]
    fn colour_is_only_added_where_it_is_wanted() {
        assert_eq!(paint("28.3%", 0.283, false), "28.3%");
        assert_eq!(paint("28.3%", 0.283, true), "\u{1b}[38;5;33m28.3%\u{1b}[0m");
        assert_eq!(
            paint("60.0%", 0.6, true),
            "\u{1b}[1;38;5;166m60.0%\u{1b}[0m"
        );
        assert_eq!(paint("  ", 0.6, true), "  ");
    }

    /// The relative luminance of a colour of the palette (WCAG 2.2): the cube of 16 to 231, then greys.
    fn luminance(colour: u8) -> f64 {
        let levels = [0.0, 95.0, 135.0, 175.0, 215.0, 255.0];
        let [red, green, blue] = if colour < 232 {
            let cube = usize::from(colour - 16);
            [cube / 36, cube / 6 % 6, cube % 6].map(|level| levels[level])
        } else {
            [f64::from(8 + 10 * u32::from(colour - 232)); 3]
        };
        let linear = |value: f64| ((value / 255.0 + 0.055) / 1.055).powf(2.4);
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    #[test]
    fn colours_stand_out_on_dark_and_on_light() {
        for colour in SCALE {
            let own = luminance(colour) + 0.05;
            assert!(own / 0.05 >= 3.0, "{colour} on black: {}", own / 0.05);
            assert!(1.05 / own >= 3.0, "{colour} on white: {}", 1.05 / own);
        }
    }
}
