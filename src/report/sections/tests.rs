//! Small numbers as the sections print them.

use super::*;

#[test]
fn cells_are_brief_and_honest_at_the_ends() {
    let of_million = |hits| Chance::of_hits(hits, 1_000_000);
    let cases = [
        (Chance::settled(false), ""),
        (of_million(0), "<0.1"),
        (of_million(400), "<0.1"),
        (of_million(47_000), "4.7"),
        (of_million(99_400), "9.9"),
        (of_million(99_600), "10"),
        (of_million(320_000), "32"),
        (of_million(999_000), ">99"),
        (of_million(1_000_000), ">99"),
        (Chance::settled(true), "100"),
        (Chance::of_hits(0, 100), "<3"),
        (Chance::of_hits(100, 100), ">97"),
    ];
    for (chance, expected) in cases {
        assert_eq!(brief(chance), expected, "{chance:?}");
    }
}

#[test]
fn what_rounds_to_zero_has_no_sign() {
    assert_eq!(signed(0.614, 2), "+0.61");
    assert_eq!(signed(-0.614, 2), "−0.61");
    assert_eq!(signed(-0.004, 2), "0.00");
    assert_eq!(signed(0.0004, 3), "0.000");
}
