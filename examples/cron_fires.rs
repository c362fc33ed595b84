//! When schedules fire, for `tests/oracle/cron.py`: reads lines of zone, from, until (seconds since the
//! epoch) and expression, separated by tabs, and prints the fires of each, or why it is refused.
#![allow(clippy::print_stdout)]

use std::error::Error;

use jobdelta::analysis::schedule::Schedule;
use jobdelta::clock::{SECOND_US, Span, Timestamp};
use jobdelta::window::Period;

fn main() -> Result<(), Box<dyn Error>> {
    for line in std::io::stdin().lines() {
        println!("{}", answer(&line?)?);
    }
    Ok(())
}

fn answer(line: &str) -> Result<String, Box<dyn Error>> {
    let [zone, from, until, expression] = line.split('\t').collect::<Vec<_>>()[..] else {
        return Err(format!("not four columns: {line}").into());
    };
    let at = |seconds: &str| seconds.parse::<i64>().map(|seconds| Timestamp(seconds * SECOND_US));
    let period = Period { start: at(from)?, end: at(until)? };
    Ok(match Schedule::parse(expression, Span(0), zone.parse()?) {
        Ok(schedule) => {
            let fires = schedule.fires_iter(period).map(|at| (at.us() / SECOND_US).to_string());
            fires.collect::<Vec<_>>().join(" ")
        }
        Err(error) => format!("refused: {error}"),
    })
}
