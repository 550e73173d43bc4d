//! A picture as pixels: its SVG, drawn with the letters that the program brings along, so that it looks the same everywhere.

use super::picture::Picture;
use super::theme::Theme;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb::Database};
use std::sync::Arc;

/// The regular and the bold letters. Their licence stands beside them.
const FONTS: [&[u8]; 2] = [
    include_bytes!("fonts/DejaVuSans.ttf"),
    include_bytes!("fonts/DejaVuSans-Bold.ttf"),
];

/// The most pixels that a picture may have: 256 MB of memory.
const MOST_PIXELS: f64 = 64e6;

/// The picture as a PNG file of this width in pixels.
///
/// # Errors
/// In words, a picture that would have too many pixels.
///
/// # Panics
/// Never: a picture is sound SVG.
pub fn render(picture: &Picture, theme: Theme, width: f64) -> Result<Vec<u8>, String> {
    let (own_width, own_height) = picture.size();
    let scale = width / own_width;
    let (width, height) = (width.round(), (own_height.ceil() * scale).round());
    if width * height > MOST_PIXELS {
        return Err(format!(
            "a picture of {width} x {height} pixels is more than memory should be asked for; give a smaller --width, \
             or take SVG, which is sharp at any size"
        ));
    }
    let svg = picture.standalone(theme, None);
    let tree = Tree::from_str(&svg, &with_fonts()).expect("a picture is sound SVG");
    let mut pixels = Pixmap::new(width.max(1.0) as u32, height.max(1.0) as u32)
        .expect("a size above zero and below the most");
    let scale = Transform::from_scale(
        pixels.width() as f32 / tree.size().width(),
        pixels.height() as f32 / tree.size().height(),
    );
    resvg::render(&tree, scale, &mut pixels.as_mut());
    Ok(pixels.encode_png().expect("memory can be written"))
}

/// What the style sheet calls `sans-serif` are our own letters; no font of the machine is looked for.
fn with_fonts() -> Options<'static> {
    let mut fonts = Database::new();
    for font in FONTS {
        fonts.load_font_source(resvg::usvg::fontdb::Source::Binary(Arc::new(font)));
    }
    fonts.set_sans_serif_family("DejaVu Sans");
    Options {
        fontdb: Arc::new(fonts),
        ..Options::default()
    }
}

#[cfg(test)]
mod tests {
    use super::super::picture::{Anchor, Face};
    use super::*;

    fn pixels(words: &str, theme: Theme, width: f64) -> Pixmap {
        let mut picture = Picture::new(200.0, "Odds", "Odds.");
        picture.text(8.0, 30.0, Anchor::Start, Face::Heading, words);
        picture.set_height(50.0);
        let png = render(&picture, theme, width).expect("a small picture");
        Pixmap::decode_png(&png).expect("a PNG")
    }

    fn corner(pixels: &Pixmap) -> [u8; 3] {
        let corner = pixels.pixel(0, 0).expect("a corner");
        [corner.red(), corner.green(), corner.blue()]
    }

    #[test]
    fn a_picture_has_the_size_and_the_colours_that_were_asked_for() {
        let light = pixels("América", Theme::Light, 500.0);
        assert_eq!((light.width(), light.height()), (500, 125));
        assert_eq!(corner(&light), [0xff, 0xff, 0xff]);
        let dark = pixels("América", Theme::Dark, 200.0);
        assert_eq!((dark.width(), dark.height()), (200, 50));
        assert_eq!(corner(&dark), [0x11, 0x15, 0x1b]);
    }

    #[test]
    fn letters_of_many_languages_are_drawn_and_no_boxes_in_their_place() {
        let drawn = |words: &str| pixels(words, Theme::Light, 400.0).data().to_vec();
        // No font has a letter for what is left to private use.
        let boxes = drawn("\u{e000}\u{e000}\u{e000}\u{e000}");
        assert_ne!(boxes, drawn(""));
        for letters in ["ÁÉñü", "ŞşĞı", "ŁżšŘ", "ΑΕΚΩ", "СДЮЖ", "±−→½", "ẾộƯđ"]
        {
            let found = drawn(letters);
            assert_ne!(found, boxes, "{letters}");
            for letter in letters.chars() {
                let alone = drawn(&letter.to_string());
                assert_ne!(alone, drawn("\u{e000}"), "{letter}");
                assert_ne!(alone, drawn(""), "{letter}");
            }
        }
    }

    #[test]
    fn a_picture_beyond_all_memory_is_refused() {
        let mut picture = Picture::new(200.0, "Odds", "Odds.");
        picture.set_height(5000.0);
        let refused = render(&picture, Theme::Light, 10_000.0).expect_err("too many pixels");
        assert!(refused.contains("10000 x 250000 pixels"), "{refused}");
    }
}
