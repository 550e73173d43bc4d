//! A cup in the form in which it is walked through: matches by unit, and who is at home where.

use crate::cup::{Cup, Standing};
use crate::format::{By, Format, Rules, Side};
use crate::ids::UnitId;

/// A cup ready to be walked through.
#[derive(Debug, Clone)]
pub struct Course {
    pub(crate) format: Format,
    /// By unit: the matches of a table.
    pub(crate) fixtures: Vec<Vec<Fixture>>,
    /// By unit: for each leg of a tie the country it is played in, if that is known.
    pub(crate) countries: Vec<Vec<Option<String>>>,
    /// By unit: points given or taken, by club.
    pub(crate) adjustments: Vec<Vec<crate::cup::Adjustment>>,
    /// By unit: whether a ranking asks for the shoot-out after the last match.
    pub(crate) last_match: Vec<bool>,
    /// By unit: whether a ranking looks at single matches.
    pub(crate) needs_games: Vec<bool>,
    /// By unit: how many rankings a club has come through before it at most; it tells lots apart.
    pub(crate) layers: Vec<usize>,
    /// By unit: its position among the units of its stage.
    pub(crate) in_stage: Vec<usize>,
}

/// A match of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fixture {
    /// Its position in the cup's list of matches.
    pub index: usize,
    /// Its sides by number of entrant.
    pub sides: [u16; 2],
    /// Who is at home, hosts aside.
    pub home: Side,
    /// The matchday.
    pub number: u16,
}

impl Course {
    /// Gets a cup ready.
    pub fn new(cup: &Cup) -> Self {
        let format = cup.format().clone();
        let mut course = Self {
            fixtures: vec![Vec::new(); format.units().len()],
            countries: vec![Vec::new(); format.units().len()],
            adjustments: vec![Vec::new(); format.units().len()],
            last_match: vec![false; format.units().len()],
            needs_games: vec![false; format.units().len()],
            layers: vec![0; format.units().len()],
            in_stage: vec![0; format.units().len()],
            format,
        };
        for (index, game) in cup.matches().iter().enumerate() {
            course.enter(index, game);
        }
        for id in cup.format().unit_ids() {
            course.look_at(cup, id);
        }
        course
    }

    /// Puts a match where it belongs.
    fn enter(&mut self, index: usize, game: &crate::cup::Match) {
        let unit = game.unit.index();
        match &self.format.units()[unit].rules {
            Rules::Table(_) if game.standing != Standing::Void => {
                self.fixtures[unit].push(Fixture {
                    index,
                    sides: game.sides,
                    home: game.home,
                    number: game.number,
                });
            }
            Rules::Tie(tie) => {
                let countries = &mut self.countries[unit];
                countries.resize(tie.legs.len(), None);
                if let Some(country) = countries.get_mut(usize::from(game.number).wrapping_sub(1)) {
                    country.clone_from(&game.country);
                }
            }
            _ => {}
        }
    }

    /// Notes what the walk asks for again and again.
    fn look_at(&mut self, cup: &Cup, id: UnitId) {
        let unit = self.format.unit(id);
        let index = id.index();
        let criteria = match &unit.rules {
            Rules::Table(table) => table.rank.as_slice(),
            Rules::Order(order) => order.by.as_slice(),
            _ => &[],
        };
        self.last_match[index] = criteria.iter().any(|one| one.by == By::LastMatch);
        self.needs_games[index] = criteria
            .iter()
            .any(|one| matches!(one.by, By::Among { .. } | By::Opponents(_) | By::LastMatch));
        let before = self.format.units()[..index]
            .iter()
            .filter(|unit| unit.stage == self.format.unit(id).stage);
        self.in_stage[index] = before.count();
        let layer = unit.entrants.iter().filter_map(|place| {
            let (from, _) = self.format.source(*place)?;
            let ranks = matches!(
                self.format.unit(from).rules,
                Rules::Table(_) | Rules::Order(_)
            );
            Some(self.layers[from.index()] + usize::from(ranks))
        });
        self.layers[index] = layer.max().unwrap_or(0);
        self.adjustments[index] = cup
            .facts()
            .adjustments
            .iter()
            .filter(|fact| fact.stage == unit.stage)
            .cloned()
            .collect();
        if let Rules::Tie(tie) = &unit.rules {
            let legs = tie.legs.len();
            self.countries[index].resize(legs, None);
        }
    }

    /// The shape of the cup.
    pub fn format(&self) -> &Format {
        &self.format
    }
}
