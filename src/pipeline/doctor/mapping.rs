//! How the rows are read, and what the product has to be set to for it.

use super::check::Check;
use crate::database::{Session, Statement};
use crate::pipeline::error::PipelineError;
use crate::pipeline::source::Fitted;
use crate::source::mapping::{Mapping, Native};

pub(super) fn mapped(Fitted { mapping, recognised }: &Fitted) -> Check {
    let fields: Vec<&str> = mapping.places.keys().map(|field| field.name()).collect();
    let chosen = if recognised.is_some() { ", recognised" } else { "" };
    Check::good("mapping", format!("{} as {}{chosen}: {}", mapping.rows, mapping.name, fields.join(", ")))
}

/// Settings of the product without which its table is of little use.
pub(super) async fn needs(mapping: &Mapping, session: &mut Session) -> Result<Vec<Check>, PipelineError> {
    let Native::Query(query) = &mapping.rows else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for need in &mapping.needs {
        let statement = Statement {
            text: "SELECT 1 AS one_row FROM :source_query AS s WHERE :need LIMIT 1".to_owned(),
            fragments: [("source_query", query), ("need", &need.condition)]
                .map(|(name, text)| (name.to_owned(), text.clone()))
                .into(),
            ..Statement::default()
        };
        if !session.read("settings", &statement, 1).await?.is_empty() {
            found.push(Check::warning("settings", format!("there are {}", need.lacking), &need.advice));
        }
    }
    Ok(found)
}
