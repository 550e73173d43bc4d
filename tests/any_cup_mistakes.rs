//! Mistakes in files of format 2: all at once, each at its place, one for each cause, with a way out.

use cupcast::open;

const HEAD: &str = "format = 2\n[tournament]\nid = \"t\"\ncompetition = \"T\"\nedition = \"1\"\n";

/// What is wrong with a file, as it is printed.
fn wrong(rest: &str, csv: &str) -> String {
    let text = format!("{HEAD}{rest}");
    let found = open::read("my.toml", &text, &|file| {
        Ok((file.to_owned(), csv.to_owned()))
    });
    found.expect_err("a file with mistakes").to_string()
}

/// Asserts how many mistakes there are, and that each of these words is said.
fn holds(rest: &str, csv: &str, count: usize, words: &[&str]) {
    let found = wrong(rest, csv);
    let errors = found.matches("error: ").count();
    assert_eq!(errors, count, "{found}");
    for word in words {
        assert!(found.contains(word), "`{word}` in:\n{found}");
    }
}

#[test]
fn all_mistakes_are_told_at_once_each_in_its_place() {
    holds(
        "rules = \"fifa-2021\"\n[rules]\ntiebreakers = [\"gaol difference\", \"head to head\", \"cards\"]\ndecide = [\"penalties\"]\n\
         [[stage]]\nname = \"group stage\"\n[stage.groups]\nA = [\"Ants\", \"Bees\", \"Cats\"]\nB = [\"Elks\", \"Foxes\", \"Ants\"]\n\
         [[stage]]\nname = \"semifinals\"\nlegs = 4\nties = [\"1A - 2C\", \"1B - 2A\"]\n\
         [[stage]]\nname = \"final\"\nties = [\"W1 - W2\"]\n",
        "",
        7,
        &[
            "did you mean \"fifa-2022\"?",
            "did you mean `goal difference`?",
            "head-to-head is a block",
            "`penalties` decides nothing",
            "Ants is in group A and in group B",
            "a tie cannot have 4 legs",
            "`2C` is no club and no place",
            "my.toml:",
        ],
    );
}

#[test]
fn what_hangs_on_a_mistake_is_none() {
    // The league is broken, and with it the tie; the second tie of the semifinals is broken, and with it the final.
    holds(
        "[clubs]\nAnts = {}\nBees = {}\nCats = {}\nDogs = {}\n[[stage]]\nname = \"league\"\ntable = [\"Ants\", \"Bees\", \"Cats\", \"Dogz\"]\n\
         [[stage]]\nname = \"semifinals\"\nties = [\"league 1 - league 4\", \"league 2 - leage 3\"]\n\
         [[stage]]\nname = \"final\"\nties = [\"W SF-1 - W SF-2\"]\n[[stage]]\nname = \"third place\"\nties = [\"L1 - L1\"]\n",
        "",
        2,
        &["did you mean Dogs?", "`leage 3`"],
    );
}

#[test]
fn a_place_leads_to_one_unit() {
    holds(
        "[[stage]]\nname = \"semifinals\"\nties = [\"Ants - Bees\", \"Cats - Dogs\"]\n[[stage]]\nname = \"final\"\nties = [\"W SF-1 - W SF-2\"]\n\
         [[stage]]\nname = \"third place\"\nties = [\"W SF-1 - L SF-2\"]\n",
        "",
        1,
        &[
            "the winner of SF-1 is in final and in third place",
            "my.toml:14:9",
        ],
    );
}

#[test]
fn typing_mistakes_do_not_become_clubs() {
    for (side, said) in [
        ("W QFF-1", "`W QFF-1` is no club and no place"),
        ("Winner 1", "`Winner 1` is no club and no place"),
        ("1K", "`1K` is no club and no place"),
        ("runner-up K", "`runner-up K` is no club and no place"),
        ("group A", "`group A` is no club and no place"),
    ] {
        let rest = format!(
            "[[stage]]\nname = \"group stage\"\n[stage.groups]\nA = [\"Ants\", \"Bees\", \"Cats\"]\n[[stage]]\nname = \"final\"\nties = [\"1A - {side}\"]\n"
        );
        holds(&rest, "", 1, &[said]);
    }
}

#[test]
fn thirds_meet_whom_the_table_says() {
    let groups = "[[stage]]\nname = \"group stage\"\n[stage.groups]\nA = [\"A1\", \"A2\", \"A3\"]\nB = [\"B1\", \"B2\", \"B3\"]\nC = [\"C1\", \"C2\", \"C3\"]\n\
                  [[stage]]\nkey = \"thirds\"\nname = \"thirds\"\n[stage.thirds]\nbest = 2\nmeet = [\"1A\", \"1B\"]\n";
    let ties =
        "[[stage]]\nkey = \"po\"\nname = \"play-offs\"\nties = [\"1A - 3BC\", \"1B - 3AC\"]\n";
    let rows = "rows = [\"AB: B A\", \"AC: C A\", \"BC: B C\"]\n";
    let sound = format!("{HEAD}{groups}{rows}{ties}");
    assert!(open::read("my.toml", &sound, &|_| Err(String::new())).is_ok());
    let other = ties.replace("3AC", "3AB");
    holds(
        &format!("{groups}{rows}{other}"),
        "",
        1,
        &["`1B` does not meet `3AB`", "it meets `3AC`"],
    );
    let missing = rows.replace(", \"BC: B C\"", "");
    holds(
        &format!("{groups}{missing}{ties}"),
        "",
        1,
        &["it meets `3A`"],
    );
    let short = rows.replace("AB: B A", "AB: B");
    holds(
        &format!("{groups}{short}{ties}"),
        "",
        1,
        &["`AB: B` does not send 2 thirds"],
    );
    let bundled = groups.replace("meet = [\"1A\", \"1B\"]\n", "table = \"uefa-2024\"\n");
    holds(
        &format!("{bundled}{ties}"),
        "",
        1,
        &["there is no allocation table `uefa-2024`", "uefa-20"],
    );
}

#[test]
fn conditions_name_what_they_look_at() {
    let league =
        "[[stage]]\nname = \"league\"\ntable = [\"A\", \"B\"]\n[[stage]]\nname = \"decider\"\n";
    let with = |condition: &str| {
        format!("{league}played_if = \"{condition}\"\nties = [\"league 1 - league 2\"]\n")
    };
    assert!(
        open::read(
            "my.toml",
            &format!("{HEAD}{}", with("level in league")),
            &|_| Err(String::new())
        )
        .is_ok()
    );
    holds(
        &with("level in lige"),
        "",
        1,
        &["there is no table `lige` before this stage"],
    );
    holds(
        &with("if level"),
        "",
        1,
        &["`if level` is no condition", "level in league"],
    );
}

#[test]
fn lines_of_results_say_what_is_wrong_with_them() {
    let cup = "results = \"r.csv\"\n[[stage]]\nname = \"semifinals\"\nlegs = 2\nties = [\"Ants - Bees\", \"Cats - Dogs\"]\n\
               [[stage]]\nname = \"final\"\nhome = \"nobody\"\nties = [\"W1 - W2\"]\n";
    holds(
        cup,
        "date,home,away,score\n2027-01-01,Ants,Bees,1-0\n2027-01-02,Ants,Cats,1-0\n2027-01-32,Dogs,Cats,1-0\n2027-01-05,Dogs,Kats,1-0\n",
        4,
        &[
            "by the rules Ants is not at home in leg 1 of SF-1",
            "no match of Ants and Cats is due",
            "`2027-01-32` is no date",
            "did you mean Cats?",
            "r.csv:",
        ],
    );
    holds(
        cup,
        "date;home;away;score\n2027-01-01;Ants;Bees;1-0\n",
        1,
        &["comma"],
    );
}
