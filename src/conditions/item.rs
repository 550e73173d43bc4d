//! Reads a what-if as people write it: a list of items, each a kind and a text, with every mistake reported at once.

use super::{
    Conditions, Departure, FactChange, Fix, FixError, GroupWin, Manner, NeutralGround, RuleChange,
    StrengthChange,
};
use crate::cup::SupposedError;
use crate::tournament::{ClubError, Tournament};

/// One condition as it is written, before any name in it is looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What kind it is.
    pub kind: ItemKind,
    /// Its text, such as `TOL-CAL 2-1` or `TOL=-0.2`; not looked at where the kind says all.
    pub text: String,
}

impl Item {
    /// A condition of a kind.
    pub fn new(kind: ItemKind, text: &str) -> Self {
        Self {
            kind,
            text: text.to_owned(),
        }
    }
}

/// The kinds of conditions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemKind {
    /// A result: `TOL-CAL 2-1`.
    Fix,
    /// A club that is given to win its group.
    WinsGroup,
    /// A club that is given not to win its group.
    NotWinsGroup,
    /// A club that is out, and its results stand.
    Eliminate,
    /// A club that withdraws, and its remaining matches are forfeited.
    Withdraw,
    /// A club that withdraws, and all its matches are struck.
    Annul,
    /// `TOL=-0.2` or `TOL=TIJ`.
    Strength,
    /// `TOL=B`.
    Pot,
    /// `TOL=champion`.
    BestFinish,
    /// A round, a tie, or a match.
    Neutral,
    /// Every match is on neutral ground.
    NoHomeAdvantage,
    /// A rule by its word.
    Rule,
}

impl ItemKind {
    /// Every kind.
    pub const ALL: [Self; 12] = [
        Self::Fix,
        Self::WinsGroup,
        Self::NotWinsGroup,
        Self::Eliminate,
        Self::Withdraw,
        Self::Annul,
        Self::Strength,
        Self::Pot,
        Self::BestFinish,
        Self::Neutral,
        Self::NoHomeAdvantage,
        Self::Rule,
    ];

    /// The option of the command line, without its dashes.
    pub fn option(self) -> &'static str {
        match self {
            Self::Fix => "fix",
            Self::WinsGroup => "wins-group",
            Self::NotWinsGroup => "not-wins-group",
            Self::Eliminate => "eliminate",
            Self::Withdraw => "withdraw",
            Self::Annul => "annul",
            Self::Strength => "strength",
            Self::Pot => "pot",
            Self::BestFinish => "best-finish",
            Self::Neutral => "neutral",
            Self::NoHomeAdvantage => "no-home-advantage",
            Self::Rule => "rule",
        }
    }
}

/// Why a text is no condition.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConditionError {
    /// It is no result that can be fixed.
    #[error(transparent)]
    Fix(#[from] FixError),
    /// It is no result of a cup.
    #[error(transparent)]
    Result(#[from] SupposedError),
    /// A club cannot be found.
    #[error(transparent)]
    Club(#[from] ClubError),
    /// Anything else.
    #[error("`{text}` {fact}; {way_out}")]
    Wrong {
        /// What was written.
        text: String,
        /// What is wrong with it.
        fact: String,
        /// What to do about it.
        way_out: String,
    },
}

/// A mistake: a fact and a way out.
pub(super) fn wrong(text: &str, fact: String, way_out: &str) -> ConditionError {
    ConditionError::Wrong {
        text: text.to_owned(),
        fact,
        way_out: way_out.to_owned(),
    }
}

/// A mistake in one of several items.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{error}")]
pub struct ItemError {
    /// Which item: its position in the list.
    pub item: usize,
    /// What is wrong with it.
    pub error: ConditionError,
}

impl Conditions {
    /// Reads conditions in any order. Rules are read first, since they say which matches there can be; then the
    /// others, each against those before it: no two may contradict each other or say the same.
    ///
    /// # Errors
    /// Every item that cannot be understood, cannot be, or does not go with an earlier one; in their order.
    pub fn read(items: &[Item], tournament: &Tournament) -> Result<Self, Vec<ItemError>> {
        let mut conditions = Self::default();
        let mut errors = Vec::new();
        let (rules, others): (Vec<_>, Vec<_>) = items
            .iter()
            .enumerate()
            .partition(|(_, item)| item.kind == ItemKind::Rule);
        for (index, item) in rules {
            if let Err(error) = conditions.add_rule(&item.text, tournament) {
                errors.push(ItemError { item: index, error });
            }
        }
        let ruled = conditions.under_rules(tournament).into_owned();
        // What a departure means hangs on the fixes: they say whether a group is over.
        let (fixes, others): (Vec<_>, Vec<_>) = others
            .into_iter()
            .partition(|(_, item)| item.kind == ItemKind::Fix);
        for (index, item) in fixes.into_iter().chain(others) {
            if let Err(error) = conditions.add(item, &ruled) {
                errors.push(ItemError { item: index, error });
            }
        }
        errors.sort_by_key(|error| error.item);
        if errors.is_empty() {
            Ok(conditions)
        } else {
            Err(errors)
        }
    }

    fn add_rule(&mut self, text: &str, tournament: &Tournament) -> Result<(), ConditionError> {
        let rule = RuleChange::parse(text, tournament)?;
        if self.rules.contains(&rule) {
            return Err(wrong(
                text,
                "is there twice".to_owned(),
                "leave one of the two out",
            ));
        }
        self.rules.push(rule);
        Ok(())
    }

    /// Adds anything but a rule.
    fn add(&mut self, item: &Item, tournament: &Tournament) -> Result<(), ConditionError> {
        let text = item.text.as_str();
        match item.kind {
            ItemKind::Fix => {
                let fix = Fix::parse_after(text, tournament, self)?;
                if self.fixes.iter().any(|earlier| earlier.is_same_match(&fix)) {
                    let fix = text.to_owned();
                    return Err(FixError::Repeated { fix }.into());
                }
                self.fixes.push(fix);
            }
            ItemKind::WinsGroup | ItemKind::NotWinsGroup => {
                let wins = item.kind == ItemKind::WinsGroup;
                let win = GroupWin::parse(text, wins, tournament)?;
                win.check_against(text, &self.group_wins, tournament)?;
                if wins && self.departure(win.club).is_some() {
                    let fact = "is about a club that is out".to_owned();
                    return Err(wrong(text, fact, "leave one of the two out"));
                }
                self.group_wins.push(win);
            }
            ItemKind::Eliminate => self.add_departure(text, Manner::Eliminated, tournament)?,
            ItemKind::Withdraw => self.add_departure(text, Manner::Forfeited, tournament)?,
            ItemKind::Annul => self.add_departure(text, Manner::Annulled, tournament)?,
            ItemKind::Strength => {
                let change = StrengthChange::parse(text, &tournament.clubs)?;
                change.check_against(text, &self.strengths)?;
                self.strengths.push(change);
            }
            ItemKind::Pot => {
                let drawn = tournament.draw.is_some();
                let change = FactChange::parse_pot(text, &tournament.clubs, drawn)?;
                self.add_fact(text, change)?;
            }
            ItemKind::BestFinish => {
                self.add_fact(text, FactChange::parse_finish(text, &tournament.clubs)?)?;
            }
            ItemKind::Neutral => {
                let ground = NeutralGround::parse(text, tournament, self)?;
                self.add_ground(text, ground)?;
            }
            ItemKind::NoHomeAdvantage => self.add_ground(text, NeutralGround::Everywhere)?,
            ItemKind::Rule => {}
        }
        Ok(())
    }

    fn add_departure(
        &mut self,
        text: &str,
        manner: Manner,
        tournament: &Tournament,
    ) -> Result<(), ConditionError> {
        let departure = Departure::parse(text, manner, tournament)?;
        departure.check_against(text, self, tournament)?;
        self.departures.push(departure);
        Ok(())
    }

    fn add_fact(&mut self, text: &str, change: FactChange) -> Result<(), ConditionError> {
        change.check_against(text, &self.facts)?;
        self.facts.push(change);
        Ok(())
    }

    fn add_ground(&mut self, text: &str, ground: NeutralGround) -> Result<(), ConditionError> {
        if self.grounds.contains(&ground) {
            return Err(wrong(
                text,
                "is there twice".to_owned(),
                "leave one of the two out",
            ));
        }
        self.grounds.push(ground);
        Ok(())
    }
}
