//! The cups of format 2 that come with the program, embedded in the binary.

/// A cup that comes with the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bundled {
    /// Its short name.
    pub name: &'static str,
    /// The text of its file.
    pub text: &'static str,
    /// The text of the results beside it.
    pub results: &'static str,
    /// The text of the results of earlier editions beside it; empty where there are none.
    pub history: &'static str,
}

/// A bundled cup by its name and the path of its files, seen from `models/`, without their endings.
macro_rules! cup {
    ($name:literal, $path:literal) => {
        cup!($name, $path, "")
    };
    ($name:literal, $path:literal, past $history:literal) => {
        cup!(
            $name,
            $path,
            include_str!(concat!("../../models/", $history))
        )
    };
    ($name:literal, $path:literal, $history:expr) => {
        Bundled {
            name: $name,
            text: include_str!(concat!("../../models/", $path, ".toml")),
            results: include_str!(concat!("../../models/", $path, ".csv")),
            history: $history,
        }
    };
}

/// Every bundled cup of format 2.
pub const BUNDLED: &[Bundled] = &[
    cup!("world-cup-2014", "world-cup/2014"),
    cup!("world-cup-2018", "world-cup/2018"),
    cup!("world-cup-2022", "world-cup/2022"),
    cup!("world-cup-2026", "world-cup/2026"),
    cup!("euro-2016", "euro/2016"),
    cup!("euro-2024", "euro/2024"),
    cup!("copa-america-2024", "copa-america/2024"),
    cup!("asian-cup-2023", "asian-cup/2023"),
    cup!("afcon-2023", "afcon/2023"),
    cup!("gold-cup-2023", "gold-cup/2023"),
    cup!("ucl-2018-19", "champions-league/2018-19", past "champions-league/history.csv"),
    cup!("ucl-2024-25", "champions-league/2024-25", past "champions-league/history.csv"),
    cup!("libertadores-2024", "libertadores/2024"),
    cup!("champions-cup-2024", "champions-cup/2024"),
    cup!("ccl-2008-09", "ccl/2008-09"),
    cup!("ccl-2009-10", "ccl/2009-10"),
    cup!("ccl-2010-11", "ccl/2010-11"),
    cup!("ccl-2011-12", "ccl/2011-12"),
    cup!("mls-2023", "mls/2023", past "mls/history.csv"),
    cup!("liga-mx-apertura-2024", "liga-mx/apertura-2024"),
    cup!("premier-league-2023-24", "premier-league/2023-24", past "premier-league/history.csv"),
];

/// The bundled cup with a name.
pub fn find(name: &str) -> Option<&'static Bundled> {
    BUNDLED.iter().find(|cup| cup.name == name)
}
