//! Newtype ids: small numbers that say what they count, so that a club can never index a group.

/// Defines an id: a newtype over an unsigned integer that indexes one dense list.
macro_rules! id {
    ($(#[$doc:meta])* $name:ident($inner:ty)) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub $inner);

        impl $name {
            /// The id of the item at `index` (counted from 0) of its list.
            pub fn new(index: usize) -> Self {
                Self(<$inner>::try_from(index).expect("a tournament has far fewer items than the id can count"))
            }

            /// The position of the item in its list, counted from 0.
            pub fn index(self) -> usize {
                usize::from(self.0)
            }
        }
    };
}

id! {
    /// A club of one tournament: its position in `Tournament::clubs`.
    ClubId(u16)
}
id! {
    /// A group: its position in `Tournament::groups`.
    GroupId(u16)
}
id! {
    /// A group match: its position in `Tournament::fixtures`.
    FixtureId(u16)
}
id! {
    /// A knockout round: its position in `Bracket::rounds`, the earliest round first.
    RoundId(u8)
}
id! {
    /// A knockout tie: its position in `Bracket::ties`, every tie after those that feed it.
    TieId(u16)
}
id! {
    /// A stage of a format: its position in `Format::stages`, in the order of play.
    StageId(u16)
}
id! {
    /// A unit of a format: its position in `Format::units`; what feeds it stands before it.
    UnitId(u16)
}
id! {
    /// A wire of a format: the clubs themselves first, then the outputs of each unit in order.
    PlaceId(u16)
}
