//! Which known table a database holds.

use std::collections::BTreeMap;

use super::mapping::{Mapping, MappingError};
use crate::database::{FoundTable, Session, TableName};
use crate::mapping::{KnownSource, MappingSettings, Signature};

/// The known table that a database holds.
#[derive(Clone, Debug)]
pub struct Recognised {
    pub source: KnownSource,
    /// Other mappings for tables that are there.
    pub others: Vec<KnownSource>,
}

/// The mapping for the table that is there: jobdelta's `own` before all of `known`. Of a product with several
/// mappings it is the main one; of two products that which has rows. Says which of `known` it is.
///
/// # Errors
/// When there is none, or there are several products.
pub async fn recognise(
    own: &MappingSettings,
    known: impl FnOnce() -> Result<Vec<KnownSource>, String>,
    session: &mut Session,
) -> Result<(Mapping, Option<Recognised>), MappingError> {
    let (identity, nearest) = match Mapping::resolve(own, session).await {
        Err(MappingError::Table { identity, nearest, .. }) => (identity, nearest),
        own_table => return Ok((own_table?, None)),
    };
    let known = known().map_err(MappingError::Known)?;
    let of_product = mappings_of_the_product(known, session).await?;
    let (main, others): (Vec<_>, Vec<_>) = of_product.into_iter().partition(|known| known.variant.is_none());
    let Some(source) = main.into_iter().next() else {
        return Err(MappingError::NoneKnown { identity, nearest });
    };
    let mapping = Mapping::resolve(&source.mapping, session).await?;
    Ok((mapping, Some(Recognised { source, others })))
}

/// The mappings of the one product whose tables are there; none where there is no such product.
async fn mappings_of_the_product(
    known: Vec<KnownSource>,
    session: &mut Session,
) -> Result<Vec<KnownSource>, MappingError> {
    let known: Vec<KnownSource> = known.into_iter().filter(|known| !known.signature.is_empty()).collect();
    let tables = known.iter().flat_map(|known| &known.signature);
    let tables: Vec<TableName> = tables.filter_map(|signature| TableName::parse(&signature.table)).collect();
    let found = session.tables_named(&tables).await?;
    let there = |known: &KnownSource| known.signature.iter().all(|s| matching(s, &found).is_some());
    let mut products: BTreeMap<String, Vec<KnownSource>> = BTreeMap::new();
    for known in known.into_iter().filter(there) {
        products.entry(known.product.clone()).or_default().push(known);
    }
    if products.len() > 1 {
        let mut used = BTreeMap::new();
        for (product, known) in &products {
            let table = known.first().and_then(|known| matching(known.signature.first()?, &found));
            if let Some(table) = table
                && session.has_rows(&table.name).await?
            {
                used.insert(product.clone(), known.clone());
            }
        }
        if used.len() != 1 {
            return Err(several_known(&products, session));
        }
        products = used;
    }
    Ok(products.into_values().next().unwrap_or_default())
}

/// The table of a signature: with all of its columns, and in its schema, or found without one.
fn matching<'a>(signature: &Signature, found: &'a [FoundTable]) -> Option<&'a FoundTable> {
    let wanted = TableName::parse(&signature.table)?;
    found.iter().find(|table| {
        let schema = match &wanted.schema {
            Some(schema) => table.name.schema.as_ref() == Some(schema),
            None => table.is_visible,
        };
        let has = |column: &String| table.columns.iter().any(|found| found.eq_ignore_ascii_case(column));
        schema && table.name.name.eq_ignore_ascii_case(&wanted.name) && signature.columns.iter().all(has)
    })
}

fn several_known(products: &BTreeMap<String, Vec<KnownSource>>, session: &Session) -> MappingError {
    let main = products.values().filter_map(|known| known.first());
    let found = main.clone().map(|known| format!("{} ({})", known.product, known.mapping.name));
    MappingError::SeveralKnown {
        identity: session.identity().to_owned(),
        found: found.collect::<Vec<_>>().join(", "),
        first: main.map(|known| known.mapping.name.clone()).next().unwrap_or_default(),
    }
}
