//! Outputs that are kept in the repository.

use std::path::Path;

/// Compares `actual` with the file at `path` (from the repository's top). `UPDATE_GOLDEN=1` writes the
/// file instead; look at the difference before committing it.
#[track_caller]
pub fn golden(path: &str, actual: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("UPDATE_GOLDEN").is_some_and(|value| value == "1") {
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder).expect("the folder of golden files");
        }
        std::fs::write(&file, actual).expect("a golden file can be written");
        return;
    }
    let expected = std::fs::read_to_string(&file)
        .unwrap_or_else(|error| panic!("{path}: {error}; UPDATE_GOLDEN=1 writes it"));
    if let Some(difference) = first_difference(&expected, actual) {
        panic!("{path} differs {difference}\nUPDATE_GOLDEN=1 rewrites it, if the new output is right");
    }
}

/// Where two texts part, with a line before and a few after; `None` when they are the same.
pub fn first_difference(expected: &str, actual: &str) -> Option<String> {
    if expected == actual {
        return None;
    }
    let lines = |text: &str| text.split('\n').map(str::to_owned).collect::<Vec<_>>();
    let (expected, actual) = (lines(expected), lines(actual));
    let at = (0..expected.len().max(actual.len())).find(|&i| expected.get(i) != actual.get(i))?;
    let shown = |lines: &[String]| {
        let from = at.saturating_sub(1).min(lines.len());
        lines[from..lines.len().min(at + 4)].join("\n")
    };
    Some(format!("in line {}\n--- expected\n{}\n--- actual\n{}", at + 1, shown(&expected), shown(&actual)))
}
