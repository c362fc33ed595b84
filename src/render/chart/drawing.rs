//! Writing SVG: elements, places and escaped text. Knows no chart.
//!
//! A drawing is as wide as the place it is put in: horizontal places are shares of the width, vertical
//! ones are pixels. So type keeps its size on a phone and on paper, and nothing has to be drawn twice.
//! Looks are classes of the page's style sheet; there are no style attributes, which a strict content
//! policy would refuse.

use minijinja::HtmlEscape;
use unicode_width::UnicodeWidthStr;

use super::label::{Labels, fitted};
use crate::legible;

/// Units across a path's own system of places.
const ACROSS: f64 = 1_000.0;
/// Characters of a label that the narrowest page has room for beside a figure.
const NARROW: usize = 26;
/// Where the names of jobs end in a chart of rows, a share of the width.
pub(super) const NAMES: f64 = 0.33;
/// Columns that they have room for on a desk or on paper, and on a phone.
const NAME_COLUMNS: [usize; 2] = [28, 14];
/// The same in a drawing that shares the width with another.
const SHARED_COLUMNS: [usize; 2] = [18, 14];
/// Columns of a name that needs no smaller type on a phone.
const SHORT: usize = 11;
/// So near an end a label that stands around its place would leave the drawing and its margin.
const NEAR: f64 = 0.03;

/// Where something stands from left to right.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    /// A share of the width, 0 to 1.
    Share(f64),
    /// Pixels from the left.
    Pixels(f64),
}

impl Place {
    fn text(self) -> String {
        match self {
            Self::Share(share) => format!("{}%", short(share.clamp(0.0, 1.0) * 100.0)),
            Self::Pixels(pixels) => short(pixels),
        }
    }
}

impl From<f64> for Place {
    fn from(share: f64) -> Self {
        Self::Share(share)
    }
}

/// Which end of a text stands at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    /// The text goes to the right from there.
    Start,
    /// The text stands around it.
    Middle,
    /// The text ends there.
    End,
}

impl Anchor {
    /// The anchor that keeps a label inside the drawing.
    pub(super) fn inside(share: f64) -> Self {
        match share {
            _ if share < NEAR => Self::Start,
            _ if share > 1.0 - NEAR => Self::End,
            _ => Self::Middle,
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Start => "",
            Self::Middle => " middle",
            Self::End => " end",
        }
    }
}

/// An SVG drawing in the making.
#[derive(Debug, Default)]
pub(super) struct Drawing {
    body: String,
    labels: Labels,
}

impl Drawing {
    /// A drawing in which these jobs are named.
    pub(super) fn of_jobs<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        Self { labels: Labels::of(names), ..Self::default() }
    }

    /// A rectangle. One that has a width is never thinner than a hair.
    pub(super) fn rect(&mut self, class: &str, [from, to]: [f64; 2], y: f64, height: f64) {
        let (from, to) = (from.clamp(0.0, 1.0), to.clamp(0.0, 1.0));
        let width = (to - from).max(0.0015);
        self.body.push_str(&format!(
            "<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
            Place::Share(from).text(),
            short(y),
            Place::Share(width).text(),
            short(height)
        ));
    }

    /// The outline of a rectangle.
    pub(super) fn frame(&mut self, class: &str, [from, to]: [f64; 2], top: f64, height: f64) {
        let bottom = top + height;
        for (from, to) in [((from, top), (to, top)), ((from, bottom), (to, bottom))] {
            self.line(class, from, to);
        }
        for place in [from, to] {
            self.line(class, (place, top), (place, bottom));
        }
    }

    pub(super) fn line(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        self.body.push_str(&format!(
            "<line class=\"{class}\" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"/>",
            Place::Share(from.0).text(),
            short(from.1),
            Place::Share(to.0).text(),
            short(to.1)
        ));
    }

    pub(super) fn dot(&mut self, class: &str, x: impl Into<Place>, y: f64, radius: f64) {
        self.body.push_str(&format!(
            "<circle class=\"{class}\" cx=\"{}\" cy=\"{}\" r=\"{}\"/>",
            x.into().text(),
            short(y),
            short(radius)
        ));
    }

    /// A text on one line.
    pub(super) fn text(&mut self, class: &str, anchor: Anchor, x: impl Into<Place>, y: f64, text: &str) {
        self.body.push_str(&format!(
            "<text class=\"{class}{}\" x=\"{}\" y=\"{}\">{}</text>",
            anchor.class(),
            x.into().text(),
            short(y),
            escaped(text)
        ));
    }

    /// A job's name on the left of a row, cut to its room and never drawn beyond it.
    pub(super) fn job(&mut self, y: f64, name: &str) {
        self.cut_name(y, name, NAME_COLUMNS);
    }

    /// The same in a drawing that shares the width with another.
    pub(super) fn job_beside(&mut self, y: f64, name: &str) {
        self.cut_name(y, name, SHARED_COLUMNS);
    }

    fn cut_name(&mut self, y: f64, name: &str, columns: [usize; 2]) {
        let (height, down) = (20.0, 15.0);
        self.body.push_str(&format!(
            "<svg class=\"cut\" y=\"{}\" width=\"{}\" height=\"{height}\">",
            short(y - down),
            Place::Share(NAMES).text()
        ));
        let [wide, narrow] = columns.map(|columns| self.labels.label(name, columns));
        if wide.width() <= SHORT {
            self.text("name", Anchor::Start, 0.0, down, &wide);
        } else {
            self.text("name wide", Anchor::Start, 0.0, down, &wide);
            self.text("name narrow", Anchor::Start, 0.0, down, &narrow);
        }
        self.body.push_str("</svg>");
    }

    /// A job's name on the left of a drawing that shares the width with others.
    pub(super) fn short_name(&mut self, y: f64, name: &str) {
        self.text("name halo", Anchor::Start, 0.0, y, &fitted(&legible::name(name), NARROW));
    }

    /// Lines through points, as one path: shares of the width and of a height, from the bottom.
    pub(super) fn path(&mut self, class: &str, y: f64, height: f64, strokes: &[Vec<(f64, f64)>]) {
        let mut path = String::new();
        for stroke in strokes {
            for (nth, (x, share)) in stroke.iter().enumerate() {
                let command = if nth == 0 { 'M' } else { 'L' };
                path.push_str(&format!("{command}{} {}", short(x * ACROSS), short((1.0 - share) * height)));
            }
        }
        self.body.push_str(&format!(
            "<svg y=\"{}\" width=\"100%\" height=\"{}\" viewBox=\"0 0 {ACROSS} {}\" preserveAspectRatio=\"none\">\
             <path class=\"{class}\" d=\"{path}\"/></svg>",
            short(y),
            short(height),
            short(height)
        ));
    }

    /// Draws with a text that a pointer shows.
    pub(super) fn named(&mut self, text: &str, draw: impl FnOnce(&mut Self)) {
        self.body.push_str(&format!("<g><title>{}</title>", escaped(text)));
        draw(self);
        self.body.push_str("</g>");
    }

    /// The whole, with a title and a description for those who do not see it. `id` is one word, and the
    /// only one of its kind on a page.
    pub(super) fn finish(self, id: &str, title: &str, description: &str, height: f64) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"drawing\" role=\"img\" \
             aria-labelledby=\"{id}-title {id}-description\" width=\"100%\" height=\"{}\">\
             <title id=\"{id}-title\">{}</title><desc id=\"{id}-description\">{}</desc>{}</svg>",
            short(height),
            escaped(title),
            escaped(description),
            self.body
        )
    }
}

/// `text` made visible and inert.
fn escaped(text: &str) -> String {
    HtmlEscape(&legible::visible(text)).to_string()
}

/// A coordinate with at most two decimals.
fn short(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text.is_empty() || text == "-0" { "0".to_owned() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_from_elsewhere_is_only_text() {
        let mut drawing = Drawing::default();
        drawing.job(10.0, "</text><script>alert('1')</script>\u{202e}");
        drawing.named("<b>", |inner| inner.dot("after", 0.5, 1.0, 2.0));
        let svg = drawing.finish("x", "a & b", "\"c\"", 20.0);
        assert!(!svg.contains("<script") && !svg.contains("<b>") && !svg.contains('\u{202e}'), "{svg}");
        assert!(svg.contains("a &amp; b") && svg.contains("⟨U+202E⟩"));
    }

    #[test]
    fn no_name_leaves_its_room() {
        let mut drawing = Drawing::default();
        drawing.job(10.0, &"W".repeat(300));
        assert!(
            drawing.body.starts_with("<svg class=\"cut\"") && drawing.body.len() < 400,
            "{}",
            drawing.body
        );
    }

    #[test]
    fn coordinates_are_short() {
        for (value, text) in [(0.0, "0"), (-0.001, "0"), (12.345_6, "12.35"), (10.0, "10"), (1.5, "1.5")] {
            assert_eq!(short(value), text);
        }
        assert_eq!(Place::Share(1.7).text(), "100%");
    }
}
