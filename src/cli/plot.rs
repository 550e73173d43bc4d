//! `cupcast plot`: one picture of a forecast as SVG or PNG.

use super::material::{Gathered, MaterialArgs, Wanted};
use super::output::OutputArgs;
use super::picture::{Look, PictureFormat};
use super::setting::WhenFinished;
use super::{Failure, cup, picture};
use crate::plot::{PHONE, Picture, WIDE};
use crate::report::cup as cups;
use crate::report::cup::CupMaterial;
use crate::report::sections::{self, Material};
use clap::{Args, ValueEnum};

/// Arguments of `cupcast plot`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    cupcast plot title-odds --output title-odds.svg\n  \
    cupcast plot bracket --as-of groups --theme dark --width 1600 --output bracket.png\n  \
    cupcast plot timeline --output timeline.svg\n  \
    cupcast plot places premier-league-2023-24 --as-of md20 --output places.svg\n  \
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
    /// A heat map: which club goes on as which seed, or comes where in a ranking across groups
    Seeds,
    /// A heat map: at which place of its table each club may finish (cups of format 2)
    Places,
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
            Self::Places => {
                "there is no picture of places for a cup of format 1; `seeds` is the nearest"
            }
            Self::TitleOdds | Self::Seeds | Self::Bracket => "this cup has no bracket to draw",
        }
    }

    fn draw(self, material: &Material<'_>, width: f64) -> Option<Picture> {
        match self {
            Self::TitleOdds => Some(sections::title_odds::picture(material, width)),
            Self::Seeds => Some(sections::seeds::picture(material, width)),
            Self::Places => None,
            Self::Bracket => sections::bracket::picture(material, width),
            Self::Timeline => sections::timeline::picture(material, width),
            Self::Leverage => sections::leverage::picture(material, width),
            Self::Calibration => sections::calibration::picture(material, width),
            Self::Ratings => sections::ratings::picture(material, width),
        }
    }

    /// The same for a cup of format 2.
    fn draw_cup(self, material: &CupMaterial<'_>, width: f64) -> Option<Picture> {
        match self {
            Self::TitleOdds => Some(cups::title_odds_picture(material, width)),
            Self::Seeds => cups::order_picture(material, width),
            Self::Places => cups::places_picture(material, width),
            Self::Bracket => cups::bracket_picture(material, width),
            Self::Timeline => cups::title_lines_picture(material, width),
            Self::Leverage | Self::Calibration | Self::Ratings => None,
        }
    }

    /// Why there is nothing to draw of a cup of format 2.
    fn missing_in_cup(self) -> &'static str {
        match self {
            Self::Seeds => "this cup ranks no clubs across its tables; `places` draws its tables",
            Self::Places => "this cup has no tables; `bracket` draws its ties",
            Self::Bracket => "this cup has no ties that lead to a final; `places` draws its tables",
            Self::Leverage | Self::Calibration | Self::Ratings => {
                "this picture is not there yet for cups of format 2; title-odds, places, seeds, bracket and timeline are"
            }
            Self::TitleOdds | Self::Timeline => self.missing(),
        }
    }

    /// Whether there is such a picture of cups of format 2 at all.
    fn knows_cups(self) -> bool {
        !matches!(self, Self::Leverage | Self::Calibration | Self::Ratings)
    }
}

/// The picture of a cup of format 2.
fn run_cup(args: &PlotArgs, found: &cup::Named) -> Result<(), Failure> {
    let kind = args.kind;
    if !kind.knows_cups() {
        return Err(Failure::input(kind.missing_in_cup()));
    }
    let output = args.output.open(&found.files)?;
    picture::keep_off_terminals(&output)?;
    let (basis, simulation) = (&args.material.basis, &args.material.simulation);
    let width = if args.phone { PHONE } else { WIDE };
    let wants_timeline = kind == Kind::Timeline;
    let picture = cup::picture(found, basis, simulation, wants_timeline, |material| {
        kind.draw_cup(material, width)
    })?;
    let Some(picture) = picture else {
        return Err(Failure::input(kind.missing_in_cup()));
    };
    output.write_bytes(&args.look.render(&picture, output.format)?)
}

/// Computes what the picture needs, draws and writes it.
pub(crate) fn run(args: &PlotArgs) -> Result<(), Failure> {
    if let Some(found) = cup::find(args.material.basis.tournament.name())? {
        return run_cup(args, &found);
    }
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
