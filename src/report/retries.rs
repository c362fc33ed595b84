//! What became of fires whose runs were tried again, in words.

use crate::analysis::figures::window::JobWindow;
use crate::figure;

/// At which attempt fires succeeded that needed more than one, as far as it is the same for all `windows`.
pub(in crate::report) fn at_which_attempt(windows: &[&JobWindow]) -> &'static str {
    let second = windows.iter().all(|window| window.completed_second == window.completed_retries);
    if second { "at the second attempt" } else { "after a retry" }
}

/// `every fire succeeded, 290 at the second attempt`
pub(in crate::report) fn fires_succeeded(window: &JobWindow) -> String {
    let (succeeded, fires) = window.fires();
    let which = if succeeded == fires {
        "every fire".to_owned()
    } else {
        format!("{} fires", figure::part_of(succeeded, fires))
    };
    let (retried, when) = (figure::count(window.completed_retries), at_which_attempt(&[window]));
    format!("{which} succeeded, {retried} {when}")
}
