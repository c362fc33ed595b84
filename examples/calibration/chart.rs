//! The share of reports with a false verdict, as one small chart for each correlation.

use std::fmt::Write as _;

use crate::scenario::Tally;
use crate::situations::Row;

const WIDTH: f64 = 280.0;
const HEIGHT: f64 = 200.0;
const LEFT: f64 = 48.0;
const TOP: f64 = 56.0;
const GAP: f64 = 56.0;

/// A line: its name, colour, dashes, and how a tally becomes a share.
type Line = (&'static str, &'static str, &'static str, fn(&Tally) -> f64);

const LINES: [Line; 4] = [
    ("jobdelta", "#1b6ca8", "", |t| t.share(t.false_verdict)),
    ("benchstat", "#b3541e", "6 3", |t| t.share(t.peer_false[0])),
    ("Kayenta", "#6b4fa0", "2 3", |t| t.share(t.peer_false[1])),
    ("10 % threshold", "#5f6b6d", "10 3 2 3", |t| t.share(t.peer_false[2])),
];

/// The chart of the rows of unchanged jobs.
pub(crate) fn svg(rows: &[Row]) -> String {
    let mut correlations: Vec<f64> = rows.iter().map(|row| row.correlation).collect();
    correlations.dedup();
    let width = LEFT + correlations.len() as f64 * (WIDTH + GAP);
    let height = TOP + HEIGHT + 64.0;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" role=\"img\" font-family=\"sans-serif\" font-size=\"12\">\n\
         <title>Share of reports with a false verdict, twenty unchanged jobs</title>\n\
         <desc>Three panels by lag-one correlation; runs per window from 3 to 5,000. jobdelta stays below the line at 5 %. benchstat's rule gives a false verdict in two of three reports without correlation and in nearly all with it; Kayenta's does well without and fails with it; the 10 % threshold fails where runs are few.</desc>\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n\
         <text x=\"{LEFT}\" y=\"20\" font-size=\"14\" font-weight=\"bold\">Reports with a false verdict: twenty jobs, none of which changed</text>\n"
    );
    for (panel, correlation) in correlations.iter().enumerate() {
        let left = LEFT + panel as f64 * (WIDTH + GAP);
        let rows: Vec<&Row> =
            rows.iter().filter(|row| (row.correlation - correlation).abs() < 1e-9).collect();
        draw_panel(&mut svg, left, *correlation, &rows);
    }
    let mut x = LEFT;
    for (name, colour, dashes, _) in LINES {
        let y = height - 10.0;
        let _ = writeln!(
            svg,
            "<line x1=\"{x}\" y1=\"{0}\" x2=\"{1}\" y2=\"{0}\" stroke=\"{colour}\" stroke-width=\"2\" stroke-dasharray=\"{dashes}\"/>\
             <text x=\"{2}\" y=\"{y}\">{name}</text>",
            y - 4.0,
            x + 28.0,
            x + 34.0
        );
        x += 160.0;
    }
    svg.push_str("</svg>\n");
    svg
}

fn draw_panel(svg: &mut String, left: f64, correlation: f64, rows: &[&Row]) {
    let bottom = TOP + HEIGHT;
    let y = |share: f64| bottom - HEIGHT * share;
    let _ = writeln!(svg, "<text x=\"{left}\" y=\"44\">correlation {correlation}</text>");
    for (share, label) in
        [(0.0, "0 %"), (0.05, "5 %"), (0.25, "25 %"), (0.5, "50 %"), (0.75, "75 %"), (1.0, "100 %")]
    {
        let (colour, width) = if label == "5 %" { ("#202020", 1.0) } else { ("#d8dcdd", 0.7) };
        let _ = writeln!(
            svg,
            "<line x1=\"{left}\" y1=\"{0}\" x2=\"{1}\" y2=\"{0}\" stroke=\"{colour}\" stroke-width=\"{width}\"/>",
            y(share),
            left + WIDTH
        );
        if label != "0 %" {
            let _ = writeln!(
                svg,
                "<text x=\"{}\" y=\"{}\" text-anchor=\"end\" fill=\"#404040\" font-size=\"10\">{label}</text>",
                left - 4.0,
                y(share) + 3.0
            );
        }
    }
    let step = WIDTH / (rows.len().max(2) - 1) as f64;
    for (i, row) in rows.iter().enumerate() {
        let _ = writeln!(
            svg,
            "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\" fill=\"#404040\" font-size=\"10\">{}</text>",
            left + i as f64 * step,
            bottom + 16.0,
            row.runs
        );
    }
    for (_, colour, dashes, share) in LINES {
        let points: Vec<String> = rows
            .iter()
            .enumerate()
            .map(|(i, row)| format!("{:.1},{:.1}", left + i as f64 * step, y(share(&row.tally))))
            .collect();
        let _ = writeln!(
            svg,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" stroke-dasharray=\"{dashes}\"/>",
            points.join(" ")
        );
    }
}
