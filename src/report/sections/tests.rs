//! Small numbers as the sections print them.

use super::*;

#[test]
fn cells_are_brief_and_honest_at_the_ends() {
    let cases = [
        (0.0, ""),
        (0.000_4, "<0.1"),
        (0.047, "4.7"),
        (0.099_4, "9.9"),
        (0.099_6, "10"),
        (0.32, "32"),
        (0.999, ">99"),
        (1.0, "100"),
    ];
    for (probability, expected) in cases {
        assert_eq!(brief(probability), expected, "{probability}");
    }
}

#[test]
fn what_rounds_to_zero_has_no_sign() {
    assert_eq!(signed(0.614, 2), "+0.61");
    assert_eq!(signed(-0.614, 2), "−0.61");
    assert_eq!(signed(-0.004, 2), "0.00");
    assert_eq!(signed(0.0004, 3), "0.000");
}
