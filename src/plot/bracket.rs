//! A knockout bracket: boxes of two slots from left to right (one below the other on a phone), each slot with its likeliest clubs.

use super::frame::{MARGIN, begin};
use super::picture::{Anchor, Face, Picture};

/// A picture of a bracket.
#[derive(Debug, Clone, PartialEq)]
pub struct BracketData {
    /// What the picture shows.
    pub title: String,
    /// What one must know to read it.
    pub note: String,
    /// The picture in words, for people who cannot see it.
    pub description: String,
    /// The names of the rounds, earliest first.
    pub rounds: Vec<String>,
    /// The ties, each after those that feed it.
    pub ties: Vec<TieBox>,
    /// Who wins it all.
    pub champion: Slot,
}

/// A tie: two slots, one of which goes on.
#[derive(Debug, Clone, PartialEq)]
pub struct TieBox {
    /// The name people use, such as `QF1`.
    pub name: String,
    /// What is known of the tie, such as its scores.
    pub detail: String,
    /// The position of its round.
    pub round: usize,
    /// For each side the position of the tie whose winner plays here, or nothing.
    pub feeders: [Option<usize>; 2],
    /// The two slots.
    pub sides: [Slot; 2],
}

/// A place of the bracket and who may stand in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Slot {
    /// Where its club comes from, such as `seed 1`.
    pub label: String,
    /// The likeliest clubs, likeliest first; at most three are drawn.
    pub candidates: Vec<Candidate>,
}

/// A club that may stand in a slot.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Its name.
    pub name: String,
    /// The probability that it stands there, 0 to 1.
    pub value: f64,
    /// The same as it is printed; nothing for a club that is known, which then has no bar either.
    pub text: String,
}

/// How many clubs a slot shows.
const SHOWN: usize = 3;
const LINE: f64 = 19.0;
const HEADER: f64 = 18.0;
const LABEL: f64 = 18.0;
const GAP: f64 = 14.0;

impl Slot {
    /// Its height: the label and as many lines as it shows clubs.
    fn height(&self) -> f64 {
        LABEL + LINE * self.candidates.len().clamp(1, SHOWN) as f64
    }
}

impl TieBox {
    fn height(&self) -> f64 {
        HEADER + self.sides[0].height() + self.sides[1].height()
    }

    /// The middle of a side, counted from the upper edge of the box.
    fn middle_of(&self, side: usize) -> f64 {
        let above = if side == 0 {
            0.0
        } else {
            self.sides[0].height()
        };
        HEADER + above + self.sides[side].height() / 2.0
    }
}

/// The least width of a column of a tree.
const NARROWEST: f64 = 120.0;

/// The least width of a tie where ties of a round stand side by side.
const COMFORTABLE: f64 = 200.0;

/// Draws a bracket: as a tree where the width allows its columns, else round by round.
pub fn bracket(data: &BracketData, width: f64) -> Picture {
    let columns = data.rounds.len() as f64 + 1.0;
    let space = width - 2.0 * MARGIN;
    let column = (space - (columns - 1.0) * GAP) / columns;
    if column >= NARROWEST {
        tree(data, width, column)
    } else {
        list(data, width)
    }
}

fn tree(data: &BracketData, width: f64, column: f64) -> Picture {
    let (mut picture, top) = begin(width, &data.title, &data.note, &data.description);
    let left = |round: usize| MARGIN + round as f64 * (column + GAP);
    let titles = data.rounds.iter().map(String::as_str).chain(["champion"]);
    for (round, title) in titles.enumerate() {
        picture.text(left(round), top + 12.0, Anchor::Start, Face::Strong, title);
    }
    let (rows, pitch) = rows(data);
    let middle = |tie: usize| top + 22.0 + rows[tie] * pitch - GAP / 2.0;
    let y = |tie: usize| middle(tie) - data.ties[tie].height() / 2.0;
    for (index, tie) in data.ties.iter().enumerate() {
        let feeders = tie.feeders.iter().enumerate();
        for (side, feeder) in feeders.filter_map(|(side, feeder)| Some((side, (*feeder)?))) {
            let from = (left(data.ties[feeder].round) + column, middle(feeder));
            let to = (left(tie.round), y(index) + tie.middle_of(side));
            connect(&mut picture, from, to);
        }
    }
    for (index, tie) in data.ties.iter().enumerate() {
        draw_tie(&mut picture, tie, left(tie.round), y(index), column);
    }
    let mut lowest = (0..data.ties.len())
        .map(|tie| y(tie) + data.ties[tie].height())
        .fold(top, f64::max);
    if let Some(last) = data.ties.len().checked_sub(1) {
        let (x, middle) = (left(data.rounds.len()), middle(last));
        let from = left(data.ties[last].round) + column;
        picture.path(&[(from, middle), (x, middle)], "line");
        let half = data.champion.height() / 2.0;
        draw_champion(&mut picture, &data.champion, x, middle - half, column);
        lowest = lowest.max(middle + half);
    }
    picture.set_height(lowest + MARGIN);
    picture
}

/// A connection with a vertical middle part.
fn connect(picture: &mut Picture, from: (f64, f64), to: (f64, f64)) {
    let middle = to.0 - GAP / 2.0;
    picture.path(&[from, (middle, from.1), (middle, to.1), to], "line");
}

/// The row of each tie's middle, and the height of a row. Ties nobody feeds have a row each, in the order in which the
/// tree reaches them, so that no connections cross; the others stand in the middle of the rows of their subtree. A row is
/// so high that every box has room among the rows of its own subtree: then no two boxes of a round can meet.
fn rows(data: &BracketData) -> (Vec<f64>, f64) {
    /// Gives every tie of a subtree its first row and the row after its last.
    fn visit(data: &BracketData, tie: usize, next: &mut usize, spans: &mut [(usize, usize)]) {
        let first = *next;
        for feeder in data.ties[tie].feeders.into_iter().flatten() {
            visit(data, feeder, next, spans);
        }
        if *next == first {
            *next += 1;
        }
        spans[tie] = (first, *next);
    }
    let mut spans = vec![(0, 1); data.ties.len()];
    let mut next = 0;
    let fed: Vec<usize> = data
        .ties
        .iter()
        .flat_map(|tie| tie.feeders)
        .flatten()
        .collect();
    for tie in (0..data.ties.len()).filter(|tie| !fed.contains(tie)) {
        visit(data, tie, &mut next, &mut spans);
    }
    let needed = data
        .ties
        .iter()
        .zip(&spans)
        .map(|(tie, (first, end))| (tie.height() + GAP) / (end - first) as f64);
    let middles = spans.iter().map(|(first, end)| (first + end) as f64 / 2.0);
    (middles.collect(), needed.fold(0.0, f64::max))
}

/// Round by round, for narrow pictures and many rounds: ties of a round side by side as far as there is room.
fn list(data: &BracketData, width: f64) -> Picture {
    let (mut picture, mut y) = begin(width, &data.title, &data.note, &data.description);
    let space = width - 2.0 * MARGIN;
    let columns = ((space + GAP) / (COMFORTABLE + GAP)).floor().max(1.0);
    let column = (space - (columns - 1.0) * GAP) / columns;
    for (round, title) in data.rounds.iter().enumerate() {
        picture.text(MARGIN, y + 14.0, Anchor::Start, Face::Strong, title);
        y += 22.0;
        let ties = data.ties.iter().filter(|tie| tie.round == round);
        let ties: Vec<&TieBox> = ties.collect();
        for row in ties.chunks(columns as usize) {
            for (index, tie) in row.iter().enumerate() {
                let x = MARGIN + index as f64 * (column + GAP);
                draw_tie(&mut picture, tie, x, y, column);
            }
            y += row.iter().map(|tie| tie.height()).fold(0.0, f64::max) + GAP;
        }
    }
    picture.text(MARGIN, y + 14.0, Anchor::Start, Face::Strong, "champion");
    y += 22.0;
    draw_champion(&mut picture, &data.champion, MARGIN, y, column);
    picture.set_height(y + data.champion.height() + MARGIN);
    picture
}

fn draw_tie(picture: &mut Picture, tie: &TieBox, x: f64, y: f64, width: f64) {
    picture.rect(x, y, width, tie.height(), "paper line");
    let name = Face::Strong.fit(&tie.name, width - 12.0);
    picture.text(x + 6.0, y + 13.5, Anchor::Start, Face::Strong, &name);
    let room = width - 18.0 - Face::Strong.width(&name);
    if !tie.detail.is_empty() && room > 20.0 {
        let detail = Face::Plain.fit(&tie.detail, room);
        let right = x + width - 6.0;
        picture.text(right, y + 13.5, Anchor::End, Face::Plain, &detail);
    }
    let mut top = y + HEADER;
    for slot in &tie.sides {
        picture.path(&[(x, top), (x + width, top)], "line");
        draw_slot(picture, slot, x, top, width);
        top += slot.height();
    }
}

fn draw_champion(picture: &mut Picture, slot: &Slot, x: f64, y: f64, width: f64) {
    picture.rect(x, y, width, slot.height(), "paper line");
    draw_slot(picture, slot, x, y, width);
}

fn draw_slot(picture: &mut Picture, slot: &Slot, x: f64, top: f64, width: f64) {
    let label = Face::Small.fit(&slot.label, width - 12.0);
    picture.text(x + 6.0, top + 12.5, Anchor::Start, Face::Small, &label);
    for (index, candidate) in slot.candidates.iter().take(SHOWN).enumerate() {
        let y = top + 15.0 + LINE * index as f64;
        let parts = [&candidate.name, &candidate.text, &slot.label];
        let said: Vec<&str> = parts
            .iter()
            .map(|part| part.as_str())
            .filter(|part| !part.is_empty())
            .collect();
        picture.open(&said.join(", "));
        let length = (width - 12.0) * candidate.value.clamp(0.0, 1.0);
        let number = Face::Plain.width(&candidate.text);
        let name = Face::Plain.fit(&candidate.name, width - number - 18.0);
        picture.text(x + 6.0, y + 11.5, Anchor::Start, Face::Plain, &name);
        let right = x + width - 6.0;
        if !candidate.text.is_empty() {
            picture.text(right, y + 11.5, Anchor::End, Face::Plain, &candidate.text);
            // Below the tails of letters such as g, so that it strikes nothing through.
            picture.rect(x + 6.0, y + 15.0, length, 2.0, "mark");
        }
        picture.close();
    }
}
