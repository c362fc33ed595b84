//! Parts of a page of the documentation that a test makes.

/// `page` with `text` between the marks of the part that `maker` makes: a test's file, and a name.
pub fn with_part(page: &str, maker: &str, text: &str) -> String {
    let mark = format!("<!-- made by {maker} -->\n");
    let (before, rest) = page.split_once(&mark).unwrap_or_else(|| panic!("no mark for {maker}"));
    let (_, after) = rest.split_once("<!-- end -->\n").expect("an end of the part");
    format!("{before}{mark}\n{}\n\n<!-- end -->\n{after}", text.trim_end())
}
