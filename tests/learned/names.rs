//! Clubs are known by any of their names, and their facts are held to the earlier editions.

use super::*;

#[test]
fn a_club_is_known_by_any_of_its_names() {
    let named = |ants: &str| cup("history = [\"2019.toml\"]").replace("name = \"Ants\"", ants);
    let old = |ants: &str| past_of("tiny-2019", "2019", ants, &lines(2019).concat());
    let rates = |new: &str, old: &str| {
        let folder = folder(&[("cup.toml", new), ("2019.toml", old)]);
        let cup = path(&folder, "cup.toml");
        let clubs = path(&folder, "clubs-model.toml");
        let models = ["elo", clubs.as_str()];
        models.map(|model| rates_of(&cup, &["--model", model]))
    };
    let same = rates(&named("name = \"Ants\""), &old("name = \"Ants\""));
    assert!(same.iter().all(|rates| rates[0] > 2.0), "{same:?}");
    let are_same = |found: [[f64; 2]; 2]| {
        let pairs = found.as_flattened().iter().zip(same.as_flattened());
        pairs
            .into_iter()
            .all(|(found, same)| (found - same).abs() < 1e-6)
    };
    for (new, before) in [
        ("name = \"\u{c1}nts\"", "name = \"A\u{301}nts\""),
        ("name = \"Ants\"", "name = \"ANTS\""),
        ("name = \"Red Ants\"", "name = \"red  ánts\""),
        (
            "name = \"Formicas\"\naliases = [\"Ants\"]",
            "name = \"Ants\"",
        ),
        (
            "name = \"Formicas\"",
            "name = \"Ants\"\naliases = [\"formicas\"]",
        ),
        (
            "name = \"Formicas\"\naliases = [\"Emmets\"]",
            "name = \"Ants\"\naliases = [\"Émmets\"]",
        ),
    ] {
        assert!(
            are_same(rates(&named(new), &old(before))),
            "{new} for {before}"
        );
    }
    assert!(!are_same(rates(
        &named("name = \"Formicas\""),
        &old("name = \"Ants\"")
    )));
}

#[test]
fn a_club_that_may_be_either_of_two_is_a_mistake_at_its_place() {
    let two = past_of(
        "tiny-2019",
        "2019",
        "name = \"Ants\"",
        &lines(2019).concat(),
    )
    .replace("Others", "Emmets");
    let new = cup("history = [\"2019.toml\"]").replace(
        "name = \"Ants\"",
        "name = \"Formicas\"\naliases = [\"Ants\", \"Emmets\"]",
    );
    let folder = folder(&[("cup.toml", &new), ("2019.toml", &two)]);
    let told = refusal(&["rates", &path(&folder, "cup.toml"), "--model", "elo"]);
    assert!(
        told.contains("`Formicas` (2020) can be Ants or Emmets of 2019"),
        "{told}"
    );
    assert!(
        told.contains("code = \"ANT\"") && told.contains("drop the alias"),
        "{told}"
    );
}

#[test]
fn what_is_only_alike_is_said() {
    let named = cup("history = [\"2019.toml\"]");
    let past = |club: &str| past_of("tiny-2019", "2019", club, &lines(2019).concat());
    assert_eq!(warnings(&named, &past("name = \"Ants\"")), "");
    let new = named.replace("name = \"Ants\"", "name = \"Wanderers\"");
    let told = warnings(&new, &past("name = \"Wandreers\""));
    assert!(
        told.contains("no earlier edition has Wanderers, but 2019 has Wandreers"),
        "{told}"
    );
    assert!(told.contains("aliases = [\"Wandreers\"]"), "{told}");
    let told = warnings(&new, &past("name = \"Park Wanderers\""));
    assert!(
        told.contains("no earlier edition has Wanderers, but 2019 has Park Wanderers"),
        "{told}"
    );
    // Numbers tell clubs apart, and so do associations.
    let new = named.replace("name = \"Ants\"", "name = \"Wanderers 1\"");
    assert_eq!(warnings(&new, &past("name = \"Wanderers 2\"")), "");
    let new = named.replace("name = \"Bees\"", "name = \"Wanderers\"");
    assert_eq!(warnings(&new, &past("name = \"Wandreers\"")), "");
    // Associations and zones.
    let told = warnings(
        &named.replacen("\"South\"", "\"Suoth\"", 1),
        &past("name = \"Ants\""),
    );
    assert!(
        told.contains("no earlier edition has the association `Suoth`")
            && told.contains("did you mean \"South\"?"),
        "{told}"
    );
    assert_eq!(
        warnings(
            &named.replace("\"South\"", "\"SÓUTH\""),
            &past("name = \"Ants\"")
        ),
        ""
    );
    let told = warnings(
        &named.replacen("\"North\"", "\"South\"", 1),
        &past("name = \"Ants\""),
    );
    assert!(
        told.contains("Ants is of South here, and Ants was of North in 2019"),
        "{told}"
    );
    let zoned = |text: &str, zone: &str| {
        text.replace("best_finish", &format!("zone = \"{zone}\"\nbest_finish"))
    };
    let told = warnings(
        &zoned(&named, "Nothern"),
        &zoned(&past("name = \"Ants\""), "Northern"),
    );
    assert_eq!(
        told.matches("no earlier edition has the zone `Nothern`")
            .count(),
        1,
        "{told}"
    );
}

#[test]
fn a_club_without_a_match_is_said_once() {
    let folder = folder(&[
        ("cup.toml", &cup("history = [\"2019.toml\"]")),
        ("2019.toml", &past(2019)),
    ]);
    let cup = path(&folder, "cup.toml");
    let told = |model: &str| {
        let output = cupcast(&["rates", &cup, "--as-of", "start", "--model", model]);
        String::from_utf8(output.stderr).expect("text is UTF-8")
    };
    let elo =
        "warning: no match is known of Bees, Cats, Dogs, Elks, Foxes: taken as average by Elo\n";
    assert_eq!(told("elo").matches(elo).count(), 1, "{}", told("elo"));
    assert_eq!(
        told(&path(&folder, "clubs-model.toml")),
        "warning: no known match tells of `club Bees`, `club Cats`, `club Dogs`, `club Elks`, `club Foxes`: \
         their effects are 0, as uncertain as their priors say\n"
    );
}

#[test]
fn the_last_appearance_is_held_to_the_history() {
    let with = |last: &str| {
        let line = format!("name = \"Ants\"\nlast_appearance = \"{last}\"");
        cup("history = [\"2019.toml\"]").replace("name = \"Ants\"", &line)
    };
    let past = past(2019);
    assert_eq!(warnings(&with("2019"), &past), "");
    assert_eq!(
        warnings(&with("2007"), &past),
        "",
        "an edition nobody has here"
    );
    let told = warnings(&with("2019."), &past);
    assert!(told.contains("did you mean \"2019\"?"), "{told}");
    let of_bees = cup("history = [\"2019.toml\"]").replace(
        "name = \"Bees\"",
        "name = \"Bees\"\nlast_appearance = \"2019\"",
    );
    let told = warnings(&of_bees, &past);
    assert!(
        told.contains("no edition `2019` in the history has Bees"),
        "{told}"
    );
    let folder = folder(&[("cup.toml", &with("2020")), ("2019.toml", &past)]);
    let told = refusal(&["check", &path(&folder, "cup.toml")]);
    assert!(
        told.contains("the last appearance of Ants before 2020 cannot be 2020"),
        "{told}"
    );
    let earlier = with("2018").replace("[\"2019.toml\"]", "[\"2018.toml\", \"2019.toml\"]");
    let folder = self::folder(&[
        ("cup.toml", &earlier),
        ("2018.toml", &self::past(2018)),
        ("2019.toml", &past),
    ]);
    let told = refusal(&["check", &path(&folder, "cup.toml")]);
    assert!(
        told.contains("Ants took part in 2019, after 2018"),
        "{told}"
    );
}

#[test]
fn what_the_history_tells_is_filled_in() {
    let folder = folder(&[
        ("cup.toml", &cup("history = [\"2019.toml\"]")),
        ("2019.toml", &past(2019)),
    ]);
    let opened = cupcast::consistency::open(&path(&folder, "cup.toml")).expect("it is sound");
    let last: Vec<Option<&str>> = opened
        .reading
        .tournament
        .clubs
        .iter()
        .map(|club| club.last_appearance.as_deref())
        .collect();
    assert_eq!(last, [Some("2019"), None, None, None, None, None]);
    assert!(
        warnings(
            &cup("history = [\"2019.toml\"]")
                .replace("best_finish = \"champion\"", "best_finish = \"none\""),
            &past(2019)
        )
        .contains("`best_finish` is \"none\", but earlier editions have Ants")
    );
}
