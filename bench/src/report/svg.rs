//! The few shapes that charts are made of. Colours follow the reader's light or dark page.

use std::fmt::Write;

/// Colours of series, in order, for a light page and a dark one. Each pair differs in lightness too, for who
/// sees no hues.
const SERIES: [(&str, &str); 4] = [
    ("#1f5fbf", "#7fb0ff"),
    ("#c2570c", "#ffb070"),
    ("#6b7280", "#9ca3af"),
    ("#7c3aed", "#c4a5ff"),
];

/// A picture that is being drawn.
#[derive(Debug)]
pub(super) struct Svg {
    width: f64,
    height: f64,
    body: String,
}

/// Where a text stands at its point.
#[derive(Debug, Clone, Copy)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

impl Anchor {
    const fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

impl Svg {
    /// An empty picture.
    pub(super) fn new(width: f64, height: f64) -> Self {
        Self { width, height, body: String::new() }
    }

    /// A bar in the colour of a series.
    pub(super) fn bar(&mut self, (x, y): (f64, f64), (width, height): (f64, f64), series: usize) {
        let class = series % SERIES.len();
        self.put(&format!(
            r#"<rect class="s{class}" x="{x:.1}" y="{y:.1}" width="{width:.1}" height="{height:.1}"/>"#
        ));
    }

    /// A line between two points: an axis, or a mark.
    pub(super) fn line(&mut self, (x1, y1): (f64, f64), (x2, y2): (f64, f64), class: &str) {
        self.put(&format!(
            r#"<line class="{class}" x1="{x1:.1}" y1="{y1:.1}" x2="{x2:.1}" y2="{y2:.1}"/>"#
        ));
    }

    /// A line through many points, in the colour of a series.
    pub(super) fn path(&mut self, points: &[(f64, f64)], series: usize) {
        let class = series % SERIES.len();
        let points: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
        self.put(&format!(r#"<polyline class="l{class}" points="{}"/>"#, points.join(" ")));
    }

    /// A text.
    pub(super) fn text(&mut self, (x, y): (f64, f64), anchor: Anchor, text: &str) {
        let (anchor, text) = (anchor.name(), escape(text));
        self.put(&format!(r#"<text x="{x:.1}" y="{y:.1}" text-anchor="{anchor}">{text}</text>"#));
    }

    /// What each series is.
    pub(super) fn legend(&mut self, (mut x, y): (f64, f64), names: &[String]) {
        for (series, name) in names.iter().enumerate() {
            self.bar((x, y - 9.0), (10.0, 10.0), series);
            self.text((x + 15.0, y), Anchor::Start, name);
            let letters = u32::try_from(name.chars().count()).unwrap_or(0);
            x += 15.0 + 7.0 * f64::from(letters) + 20.0;
        }
    }

    /// The whole file. `title` is for who does not see it.
    pub(super) fn finish(self, title: &str) -> String {
        let Self { width, height, body } = self;
        let (mut light, mut dark) = (String::new(), String::new());
        for (series, (on_light, on_dark)) in SERIES.iter().enumerate() {
            // Writing to a string does not fail.
            let _ = write!(light, ".s{series}{{fill:{on_light}}}.l{series}{{stroke:{on_light}}}");
            let _ = write!(dark, ".s{series}{{fill:{on_dark}}}.l{series}{{stroke:{on_dark}}}");
        }
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
             height=\"{height}\" role=\"img\" aria-label=\"{title}\">\n<title>{title}</title>\n\
             <style>text{{font:12px system-ui,sans-serif;fill:#1f2328}}.axis{{stroke:#8c959f}}\
             .grid{{stroke:#8c959f;stroke-opacity:.3}}.mark{{stroke:#1f2328;stroke-width:2}}\
             polyline{{fill:none;stroke-width:2}}{light}\
             @media(prefers-color-scheme:dark){{text{{fill:#e6edf3}}.mark{{stroke:#e6edf3}}{dark}}}</style>\n\
             {body}</svg>\n",
            title = escape(title)
        )
    }

    fn put(&mut self, element: &str) {
        self.body.push_str(element);
        self.body.push('\n');
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A round number at or above this one, for the end of an axis.
pub(super) fn round_up(value: f64) -> f64 {
    if value <= 0.0 || !value.is_finite() {
        return 1.0;
    }
    let unit = 10_f64.powf(value.log10().floor());
    let step = [1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0];
    step.iter().map(|step| step * unit).find(|end| *end >= value * 0.999_999).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_end_at_round_numbers() {
        for (value, end) in [(0.61, 0.8), (1.0, 1.0), (43.2, 50.0), (0.0, 1.0), (1_000_000.0, 1e6)]
        {
            assert!((round_up(value) - end).abs() < end * 1e-9, "{value}: {}", round_up(value));
        }
    }

    #[test]
    fn texts_can_t_break_out() {
        let mut svg = Svg::new(10.0, 10.0);
        svg.text((0.0, 0.0), Anchor::Start, "a<b>&\"");
        let text = svg.finish("<t>");
        assert!(text.contains(">a&lt;b&gt;&amp;&quot;</text>"), "{text}");
        assert!(text.contains("<title>&lt;t&gt;</title>"));
        assert!(text.contains("prefers-color-scheme:dark"));
    }
}
