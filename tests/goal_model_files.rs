//! Goal models as files: what they mean, and what is said of those with a mistake.

use cupcast::goals::{
    self, ActsOn, Deviation, DistributionChoice, Specification, TermKind, read_specification,
};
use cupcast::tournament::{Moment, Tournament, bundled};
use std::path::Path;

/// The beginning of a specification that lacks nothing but what a test adds.
pub(crate) const HEAD: &str = "format = 1\nname = \"mine\"\n\n[[term]]\nkind = \"level\"\nsd = 3\n";

fn read(text: &str) -> Result<Specification, String> {
    read_specification("mine.toml", text, Path::new("")).map_err(|problems| problems.to_string())
}

/// The message for a specification with a mistake.
fn message(added: &str) -> String {
    read(&format!("{HEAD}{added}")).expect_err("there is a mistake")
}

#[test]
fn every_key_is_read() {
    let text = format!(
        "half_life_days = 700\ntraining = [\"2011-12\"]\ndistribution = {{ kind = \"dixon-coles\", rho = 0.02 }}\n{HEAD}\
         [[term]]\nkind = \"pot\"\nsd = \"flat\"\nacts_on = \"attack\"\n\
         [[term]]\nkind = \"association\"\nsd = \"estimated\"\nscale = 0.25\n\
         [[term]]\nkind = \"elo\"\nsd = 1\nstep = 20\nhome_advantage = 60.0\n"
    );
    let found = read(&text).expect("nothing is wrong with it");
    assert_eq!(found.half_life_days, Some(700.0));
    assert_eq!(found.training, Some(vec!["2011-12".to_owned()]));
    assert_eq!(
        found.distribution,
        DistributionChoice::DixonColes(Some(0.02))
    );
    let terms: Vec<_> = found
        .terms
        .iter()
        .map(|term| (term.name(), term.acts_on, term.deviation))
        .collect();
    let expected = [
        ("level".to_owned(), ActsOn::Strength, Deviation::Fixed(3.0)),
        ("pot (attack)".to_owned(), ActsOn::Attack, Deviation::Flat),
        (
            "association".to_owned(),
            ActsOn::Strength,
            Deviation::Estimated { scale: 0.25 },
        ),
        ("elo".to_owned(), ActsOn::Strength, Deviation::Fixed(1.0)),
    ];
    assert_eq!(terms, expected);
    let elo = TermKind::Elo {
        step: 20.0,
        home_advantage: 60.0,
    };
    assert_eq!(found.terms[3].kind, elo);
}

#[test]
fn mistakes_are_shown_in_place() {
    let found = message("[[term]]\nkind = \"best-finnish\"\nsd = 1\n");
    assert_eq!(
        found,
        "error: there is no kind of term `best-finnish`\n \
         --> mine.toml:8:8\n  |\n8 | kind = \"best-finnish\"\n  |        ^^^^^^^^^^^^^^\n  |\n  \
         = help: did you mean `best-finish`?\n"
    );
}

/// Checks the sentence, the line with its column, and the help of a message.
fn check(added: &str, sentence: &str, place: &str, help: &str) {
    let found = message(added);
    for part in [sentence, place, help] {
        assert!(found.contains(part), "`{part}` is missing in\n{found}");
    }
}

#[test]
fn every_mistake_has_its_sentence() {
    let cases = [
        (
            "[[term]]\nkind = \"pot\"\nsd = -1\n",
            "a prior's deviation is a number from 0.001 to 10 or a word",
            ":9:6",
            "sd = \"flat\"",
        ),
        (
            "[[term]]\nkind = \"pot\"\n",
            "missing field `sd`",
            ":7:1",
            "README.md describes every key",
        ),
        (
            "[[term]]\nkind = \"pot\"\nsd = 1\nsdd = 1\n",
            "unknown field `sdd`",
            ":10:1",
            "README.md",
        ),
        (
            "[[term]]\nkind = \"pot\"\nsd = 1\nreference = \"x\"\n",
            "the term `pot` has no key `reference`, only `zone` has",
            ":10:13",
            "leave it out",
        ),
        (
            "[[term]]\nkind = \"pot\"\nsd = 1\nscale = 1\n",
            "a scale belongs to an estimated deviation only",
            ":10:9",
            "sd = \"estimated\"",
        ),
        (
            "[[term]]\nkind = \"pot\"\nsd = 1\nacts_on = \"atack\"\n",
            "there is no side of play `atack`",
            ":10:11",
            "did you mean `attack`?",
        ),
        (
            "[[term]]\nkind = \"home\"\nsd = 1\nacts_on = \"attack\"\n",
            "the term `home` is no property of a club",
            ":10:11",
            "leave `acts_on` out",
        ),
        (
            "[[term]]\nkind = \"level\"\nsd = 1\n",
            "the term `level` is there twice",
            ":8:8",
            "leave one out",
        ),
        (
            "[[term]]\nkind = \"elo\"\nsd = 1\n",
            "the term `elo` needs the key `step`",
            ":8:8",
            "step = 30.0",
        ),
        (
            "[[term]]\nkind = \"column\"\nsd = 1\n",
            "the term `column` needs the keys `file` and `column`",
            ":8:8",
            "ratings.csv",
        ),
        (
            "[[term]]\nkind = \"column\"\nsd = 1\nfile = \"no-such.csv\"\ncolumn = \"elo\"\n",
            "cannot read no-such.csv",
            ":10:8",
            "relative to the specification's folder",
        ),
    ];
    for (added, sentence, place, help) in cases {
        check(added, sentence, place, help);
    }
    let heads = [
        (
            "format = 2\nname = \"x\"\n[[term]]\nkind = \"level\"\nsd = 1\n",
            "this version reads format 1 only",
        ),
        (
            "format = 1\nname = \"x\"\n",
            "a goal model needs a term `level`",
        ),
        (
            "format = 1\nname = \"x\"\ndistribution = \"poison\"\n[[term]]\nkind = \"level\"\nsd = 1\n",
            "there is no score distribution `poison`",
        ),
        (
            "format = 1\nname = \"x\"\ndistribution = { kind = \"dixon-coles\", rho = 2 }\n[[term]]\nkind = \"level\"\nsd = 1\n",
            "the number of `dixon-coles` lies between -0.5 and 0.5",
        ),
        (
            "format = 1\nname = \"x\"\nhalf_life_days = 0\n[[term]]\nkind = \"level\"\nsd = 1\n",
            "a half-life in days lies between 1 and 100000",
        ),
    ];
    for (text, sentence) in heads {
        let found = read(text).expect_err("there is a mistake");
        assert!(found.contains(sentence), "{found}");
    }
}

#[test]
fn every_number_has_its_range() {
    let cases = [
        (
            "[[term]]\nkind = \"elo\"\nsd = 1\nstep = -30.0\nhome_advantage = 80\n",
            "`step`, in rating points, lies between 0.1 and 400",
            ":10:8",
            "step = 30.0",
        ),
        (
            "[[term]]\nkind = \"elo\"\nsd = 1\nstep = 30\nhome_advantage = inf\n",
            "`home_advantage`, in rating points, lies between -1000 and 1000",
            ":11:18",
            "home_advantage = 80.0",
        ),
        (
            "[[term]]\nkind = \"pot\"\nsd = \"estimated\"\nscale = 1e9\n",
            "a prior's scale lies between 0.001 and 10",
            ":10:9",
            "scale = 0.5",
        ),
        (
            "[[term]]\nkind = \"pot\"\nsd = nan\n",
            "a prior's deviation is a number from",
            ":9:6",
            "sd = \"flat\"",
        ),
        (
            "[[term]]\nkind = \"column\"\nsd = 1\nfile = \"x.csv\"\ncolumn = \"elo\"\nunit = 0\n",
            "a unit, by which ratings differ for one step, lies between 0.001 and 1000000",
            ":12:8",
            "unit = 400",
        ),
        (
            "[[term]]\nkind = \"column\"\nsd = 1\nfile = \"x.csv\"\ncolumn = \"elo\"\ncenter = -inf\n",
            "a center lies between -1000000 and 1000000",
            ":12:10",
            "center = 1500",
        ),
    ];
    for (added, sentence, place, help) in cases {
        check(added, sentence, place, help);
    }
}

#[test]
fn all_mistakes_are_reported_at_once() {
    let found = message("[[term]]\nkind = \"pott\"\nsd = 1\n[[term]]\nkind = \"zone\"\nsd = 0\n");
    assert!(
        found.contains("`pott`") && found.contains("a prior's deviation"),
        "{found}"
    );
}

pub(crate) fn tournament() -> Tournament {
    bundled::open("ccl-2013-14")
        .expect("it is bundled")
        .as_of(Moment::Start)
}

/// A temporary folder with one file in it.
pub(crate) fn folder_with(name: &str, text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join(name), text).expect("it can be written to");
    folder
}

#[test]
fn a_column_of_ratings_moves_the_rates() {
    // A rating of 100 for Toluca and 0 for all others, in every edition.
    let tournament = tournament();
    let history = bundled::open_history(&tournament, None).expect("it is bundled");
    let current = tournament.to_edition();
    let mut lines = vec!["club,power".to_owned()];
    let all = history
        .iter()
        .chain([&current])
        .flat_map(|edition| &edition.clubs);
    let names: std::collections::BTreeSet<_> = all.map(|club| club.name.clone()).collect();
    for name in names {
        let power = if name == "Toluca" { 100 } else { 0 };
        lines.push(format!("{name},{power}"));
    }
    let folder = folder_with("power.csv", &lines.join("\n"));
    let term = "[[term]]\nkind = \"column\"\nfile = \"power.csv\"\ncolumn = \"power\"\nunit = 50\nsd = 0.5\n";
    let text = format!("{HEAD}{term}");
    let specification = read_specification("mine.toml", &text, folder.path()).expect("it is right");
    let model = goals::fit(&specification, &history, &current).expect("it can be fitted");
    let coefficient = model
        .coefficients()
        .into_iter()
        .find(|found| found.term == "power");
    let estimate = coefficient.expect("it is in the model").estimate;
    let toluca = tournament
        .clubs
        .iter()
        .position(|club| club.name == "Toluca")
        .expect("it takes part");
    assert!((model.strengths().attack[toluca] - 2.0 * estimate).abs() < 1e-12);
    assert!(estimate.abs() > 1e-3);

    let text = text.replace("power\"\nunit", "elo\"\nunit");
    let problems =
        read_specification("mine.toml", &text, folder.path()).expect_err("no such column");
    assert!(
        problems
            .to_string()
            .contains("power.csv:1:6: there is no column `power` in such a file"),
        "{problems}"
    );

    let folder = folder_with("power.csv", "club,power\nToluca,1\n");
    let text = text.replace("elo\"\nunit", "power\"\nunit");
    let specification = read_specification("mine.toml", &text, folder.path()).expect("it is right");
    let error = goals::fit(&specification, &[], &current).expect_err("most clubs have no rating");
    assert_eq!(
        error.to_string(),
        "the term `power` needs the power of every club, but Tijuana (2013-14) has none it can use; \
         add it or choose a model without this term"
    );
}
