//! A picture being drawn: SVG elements one after another, and the document or page fragment they become.

use super::text;
use super::theme::{self, Theme};
use crate::visible;
use std::fmt::Write;

/// A finished (or growing) picture with its natural size and its words for people who cannot see it.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    width: f64,
    height: f64,
    title: String,
    description: String,
    body: String,
    boxes: Vec<TextBox>,
}

/// Where a text stands, by the estimated width of its characters.
#[derive(Debug, Clone, PartialEq)]
pub struct TextBox {
    /// The text.
    pub text: String,
    /// Left edge in pixels.
    pub left: f64,
    /// Right edge in pixels.
    pub right: f64,
    /// Upper edge in pixels.
    pub top: f64,
    /// Lower edge in pixels.
    pub bottom: f64,
}

impl TextBox {
    /// Whether two texts share any area.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }
}

/// On which side of its position a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// The kinds of text, by size and weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Face {
    Heading,
    Plain,
    Strong,
    /// Plain but of a softer colour.
    Soft,
    /// Small and of a softer colour.
    Small,
    /// On a cell of the colour scale, in the colour that stands out from it.
    On(usize),
    /// In the colour of a series.
    Series(usize),
}

impl Face {
    pub(super) fn size(self) -> f64 {
        match self {
            Self::Heading => 16.0,
            Self::Small => 11.0,
            _ => 12.0,
        }
    }

    fn class(self) -> String {
        match self {
            Self::Heading => "heading".to_owned(),
            Self::Plain => "ink".to_owned(),
            Self::Strong => "ink strong".to_owned(),
            Self::Soft => "soft".to_owned(),
            Self::Small => "soft small".to_owned(),
            Self::On(step) => format!("on{step}"),
            Self::Series(index) => format!("strong f{}", index % theme::SERIES),
        }
    }

    /// Bold letters are wider.
    fn stretch(self) -> f64 {
        match self {
            Self::Heading | Self::Strong | Self::Series(_) => 1.08,
            _ => 1.0,
        }
    }

    /// The estimated width of a text in this face.
    pub(super) fn width(self, words: &str) -> f64 {
        text::width(words, self.size()) * self.stretch()
    }

    /// The text, cut to fit.
    pub(super) fn fit(self, words: &str, room: f64) -> String {
        text::fit(words, self.size(), room / self.stretch())
    }
}

impl Picture {
    pub(super) fn new(width: f64, title: &str, description: &str) -> Self {
        Self {
            width,
            height: 0.0,
            title: title.to_owned(),
            description: description.to_owned(),
            body: String::new(),
            boxes: Vec::new(),
        }
    }

    /// Natural width and height in CSS pixels.
    pub fn size(&self) -> (f64, f64) {
        (self.width, self.height)
    }

    /// Where every text stands, in the order they were drawn.
    pub fn text_boxes(&self) -> &[TextBox] {
        &self.boxes
    }

    /// The picture as a file of its own, style included, at its natural size or at another width.
    pub fn standalone(&self, theme: Theme, width: Option<f64>) -> String {
        self.document(
            "picture",
            &format!("<style>{}</style>", theme::style_sheet(theme)),
            "xmlns=\"http://www.w3.org/2000/svg\" ",
            width.map_or(1.0, |width| width / self.width),
        )
    }

    /// The picture as a part of a page that holds [`theme::style_sheet`]; `id` must be unique in the page.
    pub fn inline(&self, id: &str) -> String {
        self.document(id, "", "", 1.0)
    }

    fn document(&self, id: &str, style: &str, namespace: &str, scale: f64) -> String {
        let size = (self.width, self.height.ceil());
        let (width, height) = (number(size.0), number(size.1));
        let (shown_width, shown_height) = (number(size.0 * scale), number(size.1 * scale));
        format!(
            "<svg {namespace}class=\"picture\" viewBox=\"0 0 {width} {height}\" width=\"{shown_width}\" height=\"{shown_height}\" \
             role=\"img\" aria-labelledby=\"{id}-title {id}-desc\">\n\
             <title id=\"{id}-title\">{}</title>\n<desc id=\"{id}-desc\">{}</desc>\n{style}\
             <rect class=\"paper\" width=\"{width}\" height=\"{height}\"/>\n{}</svg>\n",
            escape(&self.title),
            escape(&self.description),
            self.body
        )
    }

    pub(super) fn set_height(&mut self, height: f64) {
        self.height = height;
    }

    pub(super) fn widen(&mut self, width: f64) {
        self.width = self.width.max(width);
    }

    /// Opens a group whose parts show `hint` when pointed at.
    pub(super) fn open(&mut self, hint: &str) {
        self.push(&format!("<g><title>{}</title>", escape(hint)));
    }

    pub(super) fn close(&mut self) {
        self.push("</g>");
    }

    pub(super) fn text(&mut self, x: f64, baseline: f64, anchor: Anchor, face: Face, words: &str) {
        let width = face.width(words);
        let left = match anchor {
            Anchor::Start => x,
            Anchor::Middle => x - width / 2.0,
            Anchor::End => x - width,
        };
        self.boxes.push(TextBox {
            text: words.to_owned(),
            left,
            right: left + width,
            top: baseline - 0.78 * face.size(),
            bottom: baseline + 0.22 * face.size(),
        });
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        self.push(&format!(
            "<text class=\"{}\" x=\"{}\" y=\"{}\"{anchor}>{}</text>",
            face.class(),
            number(x),
            number(baseline),
            escape(words)
        ));
    }

    pub(super) fn rect(&mut self, x: f64, y: f64, width: f64, height: f64, class: &str) {
        self.push(&format!(
            "<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
            number(x),
            number(y),
            number(width.max(0.0)),
            number(height)
        ));
    }

    pub(super) fn circle(&mut self, x: f64, y: f64, radius: f64, class: &str) {
        self.push(&format!(
            "<circle class=\"{class}\" cx=\"{}\" cy=\"{}\" r=\"{}\"/>",
            number(x),
            number(y),
            number(radius)
        ));
    }

    /// A line through some points.
    pub(super) fn path(&mut self, points: &[(f64, f64)], class: &str) {
        let mut commands = String::new();
        for (index, (x, y)) in points.iter().enumerate() {
            let command = if index == 0 { 'M' } else { 'L' };
            write!(commands, "{command}{} {}", number(*x), number(*y))
                .expect("memory can be written");
        }
        self.push(&format!("<path class=\"{class}\" d=\"{commands}\"/>"));
    }

    fn push(&mut self, element: &str) {
        self.body.push_str(element);
        self.body.push('\n');
    }
}

/// A coordinate with at most one decimal: a tenth of a pixel is finer than eyes, and short files are kind.
fn number(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    // Adding zero turns a negative zero into a plain one.
    format!("{}", rounded + 0.0)
}

/// A text for SVG or HTML: the five characters that mean something there are written as entities, and hidden ones, some of
/// which XML does not allow at all, as escapes.
pub fn escape(words: &str) -> String {
    let mut safe = String::with_capacity(words.len());
    for character in visible::in_lines(words).chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}
