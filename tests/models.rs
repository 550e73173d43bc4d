//! The files in `models` are what their comments and their pages say.

use cupcast::goals::{self, Specification};
use cupcast::seeding::SeedList;
use cupcast::tournament::{
    BestFinish, GroupCriterion, Moment, SeedingCriterion, Tournament, bundled, file,
};
use std::fs;
use std::path::Path;

fn text(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("a readable file")
}

fn tiny(name: &str) -> Tournament {
    file::read(name, &text(&format!("models/tiny/{name}.toml")))
        .unwrap_or_else(|wrong| panic!("{wrong}"))
}

/// The fenced examples of the page on format 1, in order.
fn examples() -> Vec<String> {
    let readme = text("models/FORMAT-1.md");
    let blocks = readme.split("```toml\n").skip(1);
    blocks
        .map(|rest| rest.split("```").next().unwrap_or_default().to_owned())
        .collect()
}

/// The code and the points of each seed, best first.
fn seeds(tournament: &Tournament) -> Vec<(String, i64)> {
    let list = SeedList::of(tournament);
    assert!(
        list.settled.iter().all(|settled| *settled),
        "every seed is settled"
    );
    let seeds = list.seeding.seeds.iter();
    seeds
        .map(|record| {
            (
                tournament.club(record.club).code.clone(),
                i64::from(record.points),
            )
        })
        .collect()
}

fn expected(seeds: &[(&str, i64)]) -> Vec<(String, i64)> {
    seeds
        .iter()
        .map(|(code, points)| ((*code).to_owned(), *points))
        .collect()
}

#[test]
fn the_complete_example_of_the_readme_is_a_tournament() {
    let example = &examples()[0];
    let reading =
        file::read_with_sources("FORMAT-1.md", example).unwrap_or_else(|wrong| panic!("{wrong}"));
    assert_eq!(reading.warnings, None);
    let tournament = reading.tournament;
    assert_eq!(tournament.id, "park-2020");
    assert_eq!(tournament.known_matches(), (12, 1));
    assert!(tournament.is_finished());
    assert_eq!(
        tournament
            .club(tournament.find_club("red ants").unwrap())
            .code,
        "ANT"
    );
    let model = goals::fit(
        &Specification::default_model(),
        &[],
        &tournament.to_edition(),
    );
    assert!(model.is_ok(), "the default model can be fitted to it");
    // ANT: 2-0, 1-0, 2-2, 3-1; DOG: 1-0, 1-1, 2-0, 1-0, with a goal difference of 4 against 5.
    assert_eq!(seeds(&tournament), expected(&[("ANT", 10), ("DOG", 10)]));
}

#[test]
fn the_past_edition_of_the_readme_can_be_learned_from() {
    let example = &examples()[1];
    let edition =
        file::read_edition("FORMAT-1.md", example).unwrap_or_else(|wrong| panic!("{wrong}"));
    assert!(edition.pots.is_empty());
    assert_eq!(edition.matches.len(), 3);
    assert_eq!(
        edition
            .matches
            .iter()
            .filter(|played| played.stage.is_first_leg())
            .count(),
        1
    );
}

#[test]
fn the_readme_names_every_criterion_and_finish() {
    let readme = text("models/FORMAT-1.md");
    let criteria = GroupCriterion::ALL.map(GroupCriterion::words);
    let seeding = SeedingCriterion::ALL.map(SeedingCriterion::words);
    for words in criteria.iter().chain(&seeding) {
        assert!(readme.contains(&format!("`\"{words}\"`")), "{words}");
    }
    for word in BestFinish::ALL.map(BestFinish::word) {
        assert!(readme.contains(&format!("`{word}`")), "{word}");
    }
}

/// Before the last match ANT has 7 points, CAT 5; a win of CAT turns the group.
#[test]
fn the_last_match_decides_the_tiny_cup_of_that_name() {
    for (score, winner) in [("0-1", "CAT"), ("1-1", "ANT"), ("1-0", "ANT")] {
        let open = "home = \"ANT\", away = \"CAT\" }";
        let played = format!("home = \"ANT\", away = \"CAT\", score = \"{score}\" }}");
        let text = text("models/tiny/last-match.toml");
        assert!(text.contains(open));
        let tournament = file::read("last-match", &text.replace(open, &played)).unwrap();
        let seeds = seeds(&tournament);
        assert_eq!(seeds[0], ("DOG".to_owned(), 12), "{score}");
        assert_eq!(seeds[1].0, winner, "{score}");
    }
    assert_eq!(tiny("last-match").known_matches(), (11, 0));
}

#[test]
fn the_seeds_of_the_tiny_cup_with_four_groups_are_those_of_its_comment() {
    let tournament = tiny("four-groups");
    let stated = [("ANT", 12), ("DOG", 10), ("GNU", 9), ("JAY", 8)];
    assert_eq!(seeds(&tournament), expected(&stated));
    assert_eq!(tournament.known_matches(), (24, 2));
}

#[test]
fn nothing_is_known_of_the_tiny_cup_with_two_groups() {
    let tournament = tiny("two-groups");
    assert_eq!(tournament.known_matches(), (0, 0));
    assert_eq!(tournament.as_of(Moment::Start), tournament);
}

/// The bracket of a bundled file was written from its seeds; this is the published seed list of 2013-14.
#[test]
fn the_seeds_of_2013_14_are_the_published_ones() {
    let tournament = bundled::open("ccl-2013-14").unwrap();
    let published = [
        ("TOL", 12),
        ("CA", 12),
        ("TIJ", 10),
        ("ARA", 9),
        ("ALA", 9),
        ("LA", 9),
        ("KC", 8),
        ("SJ", 6),
    ];
    assert_eq!(seeds(&tournament), expected(&published));
}

#[test]
fn a_tournament_in_a_folder_finds_its_history_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("old.toml"), &examples()[1]).unwrap();
    let history = "edition = \"2020\"\nhistory = [\"ccl-2012-13\", \"old.toml\"]";
    let new = examples()[0].replacen("edition = \"2020\"", history, 1);
    let path = folder.path().join("new.toml");
    fs::write(&path, new).unwrap();
    let tournament = bundled::open(path.to_str().unwrap()).unwrap();
    let editions = bundled::open_history(&tournament, path.parent()).unwrap();
    let ids: Vec<&str> = editions.iter().map(|edition| edition.id.as_str()).collect();
    assert_eq!(ids, ["ccl-2012-13", "park-2019"]);
    let lost = bundled::open_history(&tournament, None)
        .unwrap_err()
        .to_string();
    assert!(lost.starts_with("cannot read old.toml: "), "{lost}");
}
