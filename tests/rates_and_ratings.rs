//! CSV files of rates and ratings: what they mean, and every mistake at its line and column.

use super::goal_model_files::{HEAD, folder_with, tournament};
use cupcast::goals::{GoalModel, Occasion, RateTable, read_specification};
use cupcast::ids::ClubId;
use cupcast::tournament::Tournament;

/// A table of rates for all pairs, home sides twice as strong.
fn rates_csv(tournament: &Tournament) -> String {
    let clubs = &tournament.clubs;
    let pairs = clubs
        .iter()
        .flat_map(|home| clubs.iter().map(move |away| (home, away)));
    let lines = pairs
        .filter(|(home, away)| home.code != away.code)
        .map(|(home, away)| format!("{},{},1.5,0.75\n", home.code, away.name));
    let header = "home,away,home_goals,away_goals\n".to_owned();
    std::iter::once(header).chain(lines).collect()
}

/// The table in a file with this text.
fn open(tournament: &Tournament, text: &str) -> Result<RateTable, String> {
    let folder = folder_with("rates.csv", text);
    let found = RateTable::open(&folder.path().join("rates.csv"), &tournament.clubs);
    found.map_err(|error| error.to_string())
}

#[test]
fn a_table_of_rates_takes_the_place_of_a_model() {
    let tournament = tournament();
    let text = rates_csv(&tournament);
    let table = open(&tournament, &text).expect("all pairs are there");
    let rates = table.rates(ClubId::new(3), ClubId::new(0), Occasion::FirstLeg);
    assert_eq!((rates.home.get(), rates.away.get()), (1.5, 0.75));
    // What Excel calls CSV UTF-8 begins with a mark.
    assert_eq!(open(&tournament, &format!("\u{feff}{text}")), Ok(table));
}

#[test]
fn a_table_of_rates_with_a_mistake_is_refused_in_place() {
    let tournament = tournament();
    let text = rates_csv(&tournament);
    let line = |number: usize| {
        text.lines()
            .nth(number - 1)
            .expect("there are many lines")
            .to_owned()
    };
    let with_first_leg = |columns: &str, cells: &str| {
        let text = text.replacen('\n', &format!(",{columns}\n"), 1);
        text.replace("0.75\n", &format!("0.75,{cells}\n"))
    };
    // The mistake, its message, its place, and its way out.
    let cases = [
        (
            text.replacen(&format!("{}\n", line(3)), "", 1),
            "there is no line for Tijuana at home to América",
            ":1:1",
            "a line for every ordered pair",
        ),
        (
            text.lines().take(3).collect::<Vec<_>>().join("\n"),
            "there is no line for Tijuana at home to Cruz Azul (and 549 more)",
            ":1:1",
            "a line for every ordered pair",
        ),
        (
            text.replacen("1.5,0.75", "-1,0.75", 1),
            "`-1` is no number from 0.0001 to 30",
            ":2:12",
            "such as 1.5",
        ),
        (
            text.replacen("1.5,0.75", "1.5,NaN", 1),
            "`NaN` is no number from 0.0001 to 30",
            ":2:16",
            "such as 1.5",
        ),
        (
            text.replacen("Toluca", "Tolucca", 1),
            "no club `Tolucca` takes part",
            ":2:5",
            "did you mean `Toluca`?",
        ),
        (
            format!("{text}{}\n", line(2)),
            "Tijuana at home to Toluca is there twice",
            ":554:1",
            "leave one of the lines out",
        ),
        (
            format!("{text}Tijuana,TOL,1.5,0.75\n"),
            "Tijuana at home to Toluca is there twice",
            ":554:1",
            "leave one of the lines out",
        ),
        (
            format!("{text}TOL,Toluca,1.5,0.75\n"),
            "Toluca does not play itself",
            ":554:5",
            "leave the line out",
        ),
        (
            text.replacen("away_goals", "away_goal", 1),
            "there is no column `away_goal` in such a file",
            ":1:22",
            "did you mean `away_goals`?",
        ),
        (
            with_first_leg("first_leg_home_goals,first_leg_away_goal", "1,1"),
            "there is no column `first_leg_away_goal` in such a file",
            ":1:54",
            "did you mean `first_leg_away_goals`?",
        ),
        (
            with_first_leg("first_leg_home_goals", "1"),
            "the column `first_leg_home_goals` is there without `first_leg_away_goals`",
            ":1:33",
            "leave both out",
        ),
        (
            text.replace(',', ";").replace('.', ","),
            "semicolons stand between the columns",
            ":1:1",
            "save the file with commas",
        ),
    ];
    for (text, message, place, help) in cases {
        let error = open(&tournament, &text).expect_err("there is a mistake");
        for part in [message, help, &format!("rates.csv{place}\n")] {
            assert!(error.contains(part), "`{part}` is missing in\n{error}");
        }
        assert_eq!(error.matches("error:").count(), 1, "{error}");
    }
}

/// Ratings are read by column; nothing in their file is passed over.
#[test]
fn a_ratings_file_with_a_mistake_is_refused_in_place() {
    let term = |column: &str| {
        format!(
            "[[term]]\nkind = \"column\"\nfile = \"power.csv\"\ncolumn = \"{column}\"\nsd = 0.5\n"
        )
    };
    let read = |text: &str, terms: &str| {
        let folder = folder_with("power.csv", text);
        let text = format!("{HEAD}{terms}");
        read_specification("mine.toml", &text, folder.path())
            .map_err(|problems| problems.to_string())
    };
    let cases = [
        (
            "club,power\nTOL,1\nTOL,2\n",
            "power.csv:3:1: the rating of TOL is there twice",
        ),
        (
            "club,power,editon\nTOL,1,2013-14\n",
            "power.csv:1:12: there is no column `editon`",
        ),
        (
            "club,power,power\nTOL,1,2\n",
            "power.csv:1:12: the column `power` is there twice",
        ),
        (
            "club;power\nTOL;1,5\n",
            "power.csv:1:1: semicolons stand between the columns",
        ),
        (
            "club,power\nTOL,x\n",
            "power.csv:2:5: `x` is no number from -1000000 to 1000000",
        ),
        (
            "club,power\nTOL,inf\nCA,nan\n",
            "`inf` is no number from -1000000 to 1000000 (and 1 more)",
        ),
        (
            "club,power\nTOL,2500\n",
            "power.csv:2:5: (rating - center) / unit is 2500",
        ),
        ("", "power.csv:1:1: the file is empty"),
    ];
    for (text, message) in cases {
        let found = read(text, &term("power")).expect_err("there is a mistake");
        assert!(
            found.contains(message),
            "`{message}` is missing in\n{found}"
        );
        assert!(found.contains("mine.toml:9:8"), "{found}");
    }
    // Two columns of one file, each for a term.
    let both = format!("{}{}", term("power"), term("form"));
    assert!(read("club,power,form\nTOL,1,2\n", &both).is_ok());
}
