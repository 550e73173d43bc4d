//! `cupcast plot`: one picture of a forecast as SVG or PNG.

use super::material::{Gathered, MaterialArgs, Wanted};
use super::output::OutputArgs;
use super::picture::{Look, PictureFormat};
use super::setting::WhenFinished;
use super::{Failure, picture};
use crate::plot::{PHONE, Picture, WIDE};
use crate::report::sections::{self, Material};
use clap::{Args, ValueEnum};

/// Arguments of `cupcast plot`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    cupcast plot title-odds --output title-odds.svg\n  \
    cupcast plot bracket --as-of groups --theme dark --width 1600 --output bracket.png\n  \
    cupcast plot timeline --output timeline.svg\n  \
    cupcast plot leverage --as-of md4 --output leverage.svg\n  \
    cupcast plot seeds ccl-2012-13 --as-of md4 > seeds.svg")]
pub(crate) struct PlotArgs {
    /// What to draw
    #[arg(value_enum)]
    kind: Kind,
    #[command(flatten)]
    material: MaterialArgs,
    /// Draw for a phone: 358 pixels wide instead of 720
    #[arg(long)]
    phone: bool,
    #[command(flatten)]
    look: Look,
    #[command(flatten)]
    output: OutputArgs<PictureFormat>,
}

/// The pictures there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// Bars: who wins the cup
    TitleOdds,
    /// A heat map: which club goes on as which seed
    Seeds,
    /// The knockout bracket with the odds of each club in each place
    Bracket,
    /// Lines: how the title odds moved from moment to moment
    Timeline,
    /// Bars: what hangs on each remaining match
    Leverage,
    /// Whether the model's forecasts of past matches came true as often as they said
    Calibration,
    /// How strong the goal model thinks each club is, with intervals
    Ratings,
}

impl Kind {
    /// What has to be computed for it.
    fn wants(self) -> Wanted {
        Wanted {
            slots: self == Self::Bracket,
            timeline: (self == Self::Timeline).then_some(WhenFinished::AsItEnded),
            leverage: self == Self::Leverage,
            calibration: self == Self::Calibration,
        }
    }

    /// Why there is nothing to draw.
    fn missing(self) -> &'static str {
        match self {
            Self::Timeline => {
                "there is but one moment to forecast so far: a timeline needs results"
            }
            Self::Leverage => {
                "no match is left to be played: choose an earlier moment with --as-of"
            }
            Self::Calibration => {
                "a reliability diagram needs a fitted model and at least two earlier editions"
            }
            Self::Ratings => "a table of rates has no ratings: leave --rates out",
            Self::TitleOdds | Self::Seeds | Self::Bracket => "this cup has no bracket to draw",
        }
    }

    fn draw(self, material: &Material<'_>, width: f64) -> Option<Picture> {
        match self {
            Self::TitleOdds => Some(sections::title_odds::picture(material, width)),
            Self::Seeds => Some(sections::seeds::picture(material, width)),
            Self::Bracket => sections::bracket::picture(material, width),
            Self::Timeline => sections::timeline::picture(material, width),
            Self::Leverage => sections::leverage::picture(material, width),
            Self::Calibration => sections::calibration::picture(material, width),
            Self::Ratings => sections::ratings::picture(material, width),
        }
    }
}

/// Computes what the picture needs, draws and writes it.
pub(crate) fn run(args: &PlotArgs) -> Result<(), Failure> {
    let basis = args.material.basis.open()?;
    let output = args.output.open(&basis.files)?;
    picture::keep_off_terminals(&output)?;
    let gathered = Gathered::new(&args.material, basis, args.kind.wants())?;
    let width = if args.phone { PHONE } else { WIDE };
    let picture = args.kind.draw(&gathered.material(""), width);
    let Some(picture) = picture else {
        return Err(Failure::input(args.kind.missing()));
    };
    output.write_bytes(&args.look.render(&picture, output.format)?)
}
