//! Which known table a database holds.

use super::known_tables::{FoundProduct, found_products, lookalikes, missing_table, wanted_tables};
use super::mapping::{Mapping, MappingError};
use crate::database::{Dialect, Session, TableName};
use crate::mapping::{KnownSource, MappingSettings};
use crate::nearest::did_you_mean;

/// The known table that a database holds.
#[derive(Clone, Debug)]
pub struct Recognised {
    pub source: KnownSource,
    /// Other mappings for tables that are there.
    pub others: Vec<KnownSource>,
    /// Where its tables are, when that is not where the mapping looks for them.
    pub schema: Option<String>,
}

/// The mapping for the table that is there: jobdelta's `own` before all of `known`. Of a product with several
/// mappings it is the main one; of two products that which has rows. Says which of `known` it is.
///
/// # Errors
/// When there is none, there are several products, or their tables may not be read.
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
    let found = session.tables_named(&wanted_tables(&known)).await?;
    let likely = lookalikes(&known, &found);
    let Some(product) = used_product(found_products(known, &found), session).await? else {
        return Err(MappingError::NoneKnown { identity, nearest, likely });
    };
    let FoundProduct { schema, known, .. } = product;
    let (main, others): (Vec<_>, Vec<_>) = known.into_iter().partition(|known| known.variant.is_none());
    let Some(source) = main.into_iter().next() else {
        return Err(MappingError::NoneKnown { identity, nearest, likely });
    };
    let mapping = Mapping::resolve(&source.mapping, session).await?;
    Ok((mapping, Some(Recognised { source, others, schema })))
}

/// The mapping of `known`, wherever its tables are.
///
/// # Errors
/// When they are nowhere, in several schemas, or may not be read.
pub async fn locate(known: KnownSource, session: &mut Session) -> Result<Mapping, MappingError> {
    let settings = known.mapping.clone();
    let known = vec![known];
    let found = session.tables_named(&wanted_tables(&known)).await?;
    if let Some(table) = missing_table(&known, &found) {
        let identity = session.identity().to_owned();
        let tables: Vec<String> = session.tables().await?.iter().map(TableName::to_string).collect();
        let nearest = did_you_mean(&table, tables.iter().map(String::as_str));
        return Err(MappingError::Table { table, identity, nearest });
    }
    let product = used_product(found_products(known, &found), session).await?;
    let located = product.and_then(|product| product.known.into_iter().next());
    Mapping::resolve(located.as_ref().map_or(&settings, |known| &known.mapping), session).await
}

/// The one product to read: of those that may be read the only one, or the only one with rows.
async fn used_product(
    products: Vec<FoundProduct>,
    session: &mut Session,
) -> Result<Option<FoundProduct>, MappingError> {
    let (mut products, hidden): (Vec<FoundProduct>, Vec<FoundProduct>) =
        products.into_iter().partition(|product| product.unreadable.is_empty());
    if let (true, Some(hidden)) = (products.is_empty(), hidden.into_iter().next()) {
        return Err(unreadable(hidden, session).await?);
    }
    if products.len() > 1 {
        let mut used = Vec::new();
        for product in &products {
            if session.has_rows(&product.runs).await? {
                used.push(product.clone());
            }
        }
        if used.len() != 1 {
            return Err(several_known(&products, session));
        }
        products = used;
    }
    Ok(products.into_iter().next())
}

fn several_known(products: &[FoundProduct], session: &Session) -> MappingError {
    let found: Vec<String> = products.iter().map(FoundProduct::title).collect();
    let one_product = products.windows(2).all(|pair| pair[0].product == pair[1].product);
    let first = products.first();
    let choice = match first.and_then(|product| product.runs.schema.clone()).filter(|_| one_product) {
        Some(schema) => format!("with ?options=-csearch_path%3D{schema} at the end of the URL"),
        None => format!("as with --source {}", first.map_or("", FoundProduct::mapping_name)),
    };
    let identity = session.identity().to_owned();
    MappingError::SeveralKnown { identity, found: found.join(", "), choice }
}

async fn unreadable(product: FoundProduct, session: &mut Session) -> Result<MappingError, MappingError> {
    let role = Dialect::Postgres.identifier(&session.role().await?);
    let quoted = |table: &TableName| table.quoted(Dialect::Postgres);
    let tables: Vec<String> = product.unreadable.iter().map(quoted).collect();
    let schema = product.unreadable.first().and_then(|table| table.schema.as_deref()).unwrap_or("public");
    let schema = Dialect::Postgres.identifier(schema);
    let grant =
        format!("GRANT USAGE ON SCHEMA {schema} TO {role}; GRANT SELECT ON {} TO {role}", tables.join(", "));
    let names: Vec<String> = product.unreadable.iter().map(TableName::to_string).collect();
    Ok(MappingError::Unreadable {
        title: product.title(),
        identity: session.identity().to_owned(),
        tables: names.join(", "),
        grant,
    })
}
