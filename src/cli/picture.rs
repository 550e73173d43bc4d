//! Pictures as files: as SVG or as PNG, how wide, light or dark.

use super::Failure;
use super::form::Form;
use super::output::Output;
use crate::plot::{Picture, Theme, png};
use clap::{Args, ValueEnum};
use std::io::{IsTerminal, stdout};

/// The forms of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PictureFormat {
    /// Sharp at any size, text included; for pages and for print
    Svg,
    /// Pixels, for slides and chats
    Png,
}

impl Form for PictureFormat {
    const USUAL: Self = Self::Svg;

    fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Svg => &["svg"],
            Self::Png => &["png"],
        }
    }
}

/// How a picture looks.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Look {
    /// How wide the picture is, in pixels [default: its natural width as SVG, twice that as PNG]
    #[arg(long, value_name = "PIXELS", value_parser = clap::value_parser!(u32).range(100..=10_000))]
    width: Option<u32>,
    /// The colours [default: what the reader's system prefers as SVG, light as PNG]
    #[arg(long, value_enum)]
    theme: Option<Colours>,
}

/// The themes one can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Colours {
    /// Dark on white
    Light,
    /// Bright on black
    Dark,
}

/// How many pixels a PNG has for one of the picture's own, so that it is sharp on today's screens.
const SHARPNESS: f64 = 2.0;

impl Look {
    /// The picture in one of its forms.
    pub(crate) fn render(
        &self,
        picture: &Picture,
        format: PictureFormat,
    ) -> Result<Vec<u8>, Failure> {
        let width = self.width.map(f64::from);
        let theme = self.theme.map(|colours| match colours {
            Colours::Light => Theme::Light,
            Colours::Dark => Theme::Dark,
        });
        match format {
            PictureFormat::Svg => {
                let theme = theme.unwrap_or(Theme::OfReader);
                Ok(picture.standalone(theme, width).into_bytes())
            }
            PictureFormat::Png => {
                let width = width.unwrap_or(picture.size().0 * SHARPNESS);
                png::render(picture, theme.unwrap_or(Theme::Light), width).map_err(Failure::input)
            }
        }
    }
}

/// Refuses to print pixels where a person reads.
pub(crate) fn keep_off_terminals(output: &Output<PictureFormat>) -> Result<(), Failure> {
    if output.format == PictureFormat::Png && output.file().is_none() && stdout().is_terminal() {
        return Err(Failure::input(
            "a PNG is no text for a terminal; name a file with --output, such as --output odds.png",
        ));
    }
    Ok(())
}
