//! What a reader's Markdown program makes of a report.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// Walks the Markdown, which must have tables with as many cells in every row as in their head and hold no
/// HTML, links or mark-up that no template writes; gives the number of headings.
#[track_caller]
pub fn walk(text: &str, what: &str) -> usize {
    let (mut columns, mut cells, mut headings, mut tables) = (0, 0, 0, 0);
    for event in Parser::new_ext(text, Options::all() - Options::ENABLE_DEFINITION_LIST) {
        match event {
            Event::Start(Tag::Table(alignments)) => {
                columns = alignments.len();
                tables += 1;
            }
            Event::Start(Tag::TableHead | Tag::TableRow) => cells = 0,
            Event::Start(Tag::TableCell) => cells += 1,
            Event::End(TagEnd::TableHead | TagEnd::TableRow) => assert_eq!(cells, columns, "{what}"),
            Event::Start(Tag::Heading { .. }) => headings += 1,
            Event::Html(html) | Event::InlineHtml(html) => {
                let ours = ["<details>", "</details>", "<summary>"].iter().any(|tag| html.starts_with(tag));
                assert!(ours, "{what}: HTML {html}");
            }
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                panic!("{what}: a link to {dest_url}");
            }
            Event::InlineMath(text) | Event::DisplayMath(text) => panic!("{what}: mathematics {text}"),
            Event::FootnoteReference(text) => panic!("{what}: a footnote {text}"),
            Event::Start(Tag::Strikethrough | Tag::Emphasis | Tag::BlockQuote(Some(_))) => {
                panic!("{what}: mark-up that no template writes");
            }
            _ => {}
        }
    }
    assert!(tables > 0, "{what}: tables were found");
    headings
}

/// A row that has too many cells is cut by the parser: the pipes that are not escaped are counted.
#[track_caller]
pub fn assert_even_rows(text: &str, what: &str) {
    let mut columns = None;
    for line in text.lines() {
        let pipes = line.replace("\\\\", "").replace("\\|", "").matches('|').count();
        if line.starts_with('|') {
            assert_eq!(*columns.get_or_insert(pipes), pipes, "{what}: {line}");
        } else {
            columns = None;
        }
    }
}
