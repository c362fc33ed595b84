//! How often each verdict is given where the truth is known.
//!
//! ```sh
//! cargo run --release --example calibration -- 1000 docs
//! ```
//! simulates 1,000 reports a row and writes `docs/calibration.md` and `docs/calibration.svg`; without a
//! folder the page goes to standard output. The seed is fixed: the same number of reports gives the same
//! page.

#![allow(clippy::print_stdout, clippy::print_stderr)] // a program for the terminal

mod chart;
mod days;
mod draws;
mod looks;
mod moment;
mod observed;
mod page;
mod promised;
mod rules;
mod scenario;
mod situations;
mod sliced;

use std::path::Path;

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1).peekable();
    let told = |row: &str| eprintln!("{row}");
    if let Some(part) =
        arguments.next_if(|word| ["days", "looks", "moment", "power"].contains(&word.as_str()))
    {
        let count = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(100);
        let page = match part.as_str() {
            "days" => days::page(count, told),
            "looks" => looks::page(count, told),
            "power" => promised::page(count, told),
            _ => moment::page(count, told),
        };
        return match arguments.next() {
            None => {
                print!("{page}");
                Ok(())
            }
            Some(folder) => std::fs::write(Path::new(&folder).join(format!("calibration-{part}.md")), page),
        };
    }
    let reports = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(200);
    let results = situations::simulate_all(reports, told);
    let page = page::markdown(&results, reports);
    match arguments.next() {
        None => print!("{page}"),
        Some(folder) => {
            let folder = Path::new(&folder);
            std::fs::write(folder.join("calibration.svg"), chart::svg(&results.unchanged))?;
            std::fs::write(folder.join("calibration.md"), page)?;
        }
    }
    Ok(())
}
