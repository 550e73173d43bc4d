//! The colours and type of all pictures, as one style sheet for light and dark.

use std::fmt::Write;

/// Everything that has another colour in the light than in the dark.
struct Palette {
    paper: &'static str,
    ink: &'static str,
    soft: &'static str,
    line: &'static str,
    mark: &'static str,
    heat: [&'static str; HEAT_STEPS],
    series: [&'static str; SERIES],
}

/// Which colours a picture has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// Light or dark as the reader's system prefers, and light in print.
    OfReader,
    /// Dark on white.
    Light,
    /// Bright on black.
    Dark,
}

/// How many steps the colour scale of probabilities has.
pub const HEAT_STEPS: usize = 9;

/// How many lines of one picture can have a colour of their own.
pub const SERIES: usize = 8;

/// The probabilities at which a new step of the colour scale begins. They are closer together below, because most
/// of the numbers of a forecast are small.
pub const HEAT_FROM: [f64; HEAT_STEPS] = [0.0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.75];

/// One blue in nine steps of lightness, readable by people of every colour vision; the series follow Okabe and Ito
/// (2008), darkened where they would be too faint on white.
const LIGHT: Palette = Palette {
    paper: "#ffffff",
    ink: "#1a1f26",
    soft: "#57606a",
    line: "#d5dae0",
    mark: "#2b6cb0",
    heat: [
        "#f6f8fa", "#e8f0f8", "#d6e6f4", "#bfd9ee", "#9fc6e4", "#74acd5", "#2f74b0", "#1b5a97",
        "#0b3f73",
    ],
    series: [
        "#0072b2", "#b34700", "#00795a", "#a8458a", "#7a6500", "#2f8fc4", "#444b54", "#8a3b12",
    ],
};

/// The same scale from dark to bright.
const DARK: Palette = Palette {
    paper: "#11151b",
    ink: "#e8ebef",
    soft: "#a3adb8",
    line: "#353c46",
    mark: "#5aa2e0",
    heat: [
        "#191e26", "#1b2735", "#1c3248", "#1d3f5e", "#1f4d78", "#245f96", "#6fb1e6", "#9bcbf0",
        "#cfe6f9",
    ],
    series: [
        "#56b4e9", "#e69f00", "#1fbf92", "#e08cc0", "#f0e442", "#8fb8ff", "#c3cad2", "#ff8a5c",
    ],
};

/// From which step on the words in a cell change colour: the steps above are dark in the light and bright in the dark.
const HEAT_TURN: usize = 6;

/// The step of the colour scale for a probability.
pub fn heat_step(probability: f64) -> usize {
    HEAT_FROM
        .iter()
        .rposition(|from| probability >= *from)
        .unwrap_or(0)
}

/// The style sheet of a picture. Every rule is limited to elements of class `picture`, so that it can also stand in a page.
pub fn style_sheet(theme: Theme) -> String {
    let mut css = String::from(
        ".picture{font-family:system-ui,-apple-system,\"Segoe UI\",Roboto,\"Helvetica Neue\",Arial,sans-serif;\
         font-variant-numeric:tabular-nums;font-size:12px}\
         .picture .heading{font-size:16px;font-weight:600}\
         .picture .small{font-size:11px}\
         .picture .strong{font-weight:600}\
         .picture text.ink,.picture .strong,.picture .small{paint-order:stroke;stroke-width:3px;stroke-linejoin:round}\
         .picture .line{fill:none;stroke-width:1}\
         .picture .series{fill:none;stroke-width:2.25;stroke-linejoin:round}\
         .picture .whisker{fill:none;stroke-width:1.5}\
         .picture .dashed{stroke-dasharray:4 3}",
    );
    css.push_str(&match theme {
        // Paper is white: in print the light colours hold.
        Theme::OfReader => format!(
            "{}@media screen and (prefers-color-scheme:dark){{{}}}",
            colours(&LIGHT),
            colours(&DARK)
        ),
        Theme::Light => colours(&LIGHT),
        Theme::Dark => colours(&DARK),
    });
    css
}

fn colours(palette: &Palette) -> String {
    let mut css = format!(
        ".picture .paper{{fill:{paper}}}.picture text.ink,.picture .strong,.picture .small{{stroke:{paper}}}.picture text,.picture .ink{{fill:{ink}}}.picture .soft{{fill:{}}}\
         .picture .line{{stroke:{}}}.picture .mark{{fill:{mark}}}.picture .whisker{{stroke:{ink}}}",
        palette.soft,
        palette.line,
        paper = palette.paper,
        ink = palette.ink,
        mark = palette.mark,
    );
    for (index, colour) in palette.heat.iter().enumerate() {
        let words = if index >= HEAT_TURN {
            palette.paper
        } else {
            palette.ink
        };
        write!(
            css,
            ".picture .h{index}{{fill:{colour}}}.picture text.on{index}{{fill:{words}}}"
        )
        .expect("memory can be written");
    }
    for (index, colour) in palette.series.iter().enumerate() {
        write!(
            css,
            ".picture .s{index}{{stroke:{colour}}}.picture .f{index}{{fill:{colour}}}"
        )
        .expect("memory can be written");
    }
    css
}

/// The same colour scale for table cells of a page: classes `h0` to `h8` with background and colour of the words.
pub fn table_style_sheet() -> String {
    let cells = |palette: &Palette| {
        let mut css = String::new();
        for (index, colour) in palette.heat.iter().enumerate() {
            let words = if index >= HEAT_TURN {
                palette.paper
            } else {
                palette.ink
            };
            write!(css, "td.h{index}{{background:{colour};color:{words}}}")
                .expect("memory can be written");
        }
        css
    };
    format!(
        "{}@media screen and (prefers-color-scheme:dark){{{}}}",
        cells(&LIGHT),
        cells(&DARK)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance of a colour `#rrggbb` as the WCAG 2.1 defines it.
    fn luminance(colour: &str) -> f64 {
        let channel = |at: usize| {
            let value = u8::from_str_radix(&colour[at..at + 2], 16).expect("a hexadecimal colour");
            let share = f64::from(value) / 255.0;
            if share <= 0.03928 {
                share / 12.92
            } else {
                ((share + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    fn contrast(one: &str, other: &str) -> f64 {
        let (a, b) = (luminance(one), luminance(other));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn words_stand_out_from_what_is_behind_them() {
        for palette in [LIGHT, DARK] {
            for words in [palette.ink, palette.soft] {
                assert!(contrast(words, palette.paper) >= 4.5, "{words}");
            }
            for (index, colour) in palette.heat.iter().enumerate() {
                let words = if index >= HEAT_TURN {
                    palette.paper
                } else {
                    palette.ink
                };
                assert!(contrast(words, colour) >= 4.5, "{words} on {colour}");
            }
            for colour in palette.series.iter().chain([&palette.mark]) {
                assert!(contrast(colour, palette.paper) >= 3.0, "{colour}");
            }
        }
    }

    #[test]
    fn the_scale_goes_one_way_in_lightness() {
        let light = LIGHT.heat.map(luminance);
        assert!(light.windows(2).all(|pair| pair[0] > pair[1]), "{light:?}");
        let dark = DARK.heat.map(luminance);
        assert!(dark.windows(2).all(|pair| pair[0] < pair[1]), "{dark:?}");
    }

    #[test]
    fn a_step_begins_at_its_own_threshold() {
        assert_eq!(heat_step(0.0), 0);
        assert_eq!(heat_step(0.009_9), 0);
        assert_eq!(heat_step(0.01), 1);
        assert_eq!(heat_step(0.75), 8);
        assert_eq!(heat_step(1.0), 8);
    }
}
