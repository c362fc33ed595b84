//! Where in a database the tables of known products are.

use std::collections::{BTreeMap, BTreeSet};

use crate::database::{FoundTable, TableName};
use crate::mapping::{KnownSource, Signature};

/// The tables of a product in one schema.
#[derive(Clone, Debug)]
pub(super) struct FoundProduct {
    pub(super) product: String,
    /// Where they are, when that is not where the mappings look for them.
    pub(super) schema: Option<String>,
    /// The mappings that fit, fitted to the schema.
    pub(super) known: Vec<KnownSource>,
    /// The table with the runs.
    pub(super) runs: TableName,
    /// What of it this user may not read.
    pub(super) unreadable: Vec<TableName>,
    nearness: Nearness,
}

/// How a place is preferred to others of the same product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Nearness {
    /// Where the mapping looks.
    Home,
    /// Where the connection looks.
    Visible,
    Elsewhere,
}

impl FoundProduct {
    pub(super) fn title(&self) -> String {
        let schema = self.schema.as_ref().map(|schema| format!(" in schema {schema}")).unwrap_or_default();
        format!("{} ({}){schema}", self.product, self.mapping_name())
    }

    pub(super) fn mapping_name(&self) -> &str {
        self.known.first().map_or("", |known| &known.mapping.name)
    }
}

/// Every table that is worth looking for.
pub(super) fn wanted_tables(known: &[KnownSource]) -> Vec<TableName> {
    let known = known.iter().filter(|known| !known.signature.is_empty());
    known.flat_map(KnownSource::tables).filter_map(TableName::parse).collect()
}

/// The table with the runs of the first mapping, where no table is called so.
pub(super) fn missing_table(known: &[KnownSource], found: &[FoundTable]) -> Option<String> {
    let runs = &known.first()?.signature.first()?.table;
    let name = TableName::parse(runs)?.name;
    let there = found.iter().any(|table| table.name.name.eq_ignore_ascii_case(&name));
    (!there).then(|| runs.clone())
}

/// Where the tables of each product are: of each product only the nearest places.
pub(super) fn found_products(known: Vec<KnownSource>, found: &[FoundTable]) -> Vec<FoundProduct> {
    let mut places: BTreeMap<(String, Option<String>), FoundProduct> = BTreeMap::new();
    for known in known.into_iter().filter(|known| !known.signature.is_empty()) {
        for (nearness, schema) in schemas(&known.signature, found) {
            let key = (known.product.clone(), schema.clone());
            match places.get_mut(&key) {
                Some(place) => place.add(known.clone(), found),
                None => {
                    places.extend(
                        FoundProduct::of(known.clone(), schema, nearness, found).map(|place| (key, place)),
                    );
                }
            }
        }
    }
    let mut nearest: BTreeMap<&str, Nearness> = BTreeMap::new();
    for place in places.values() {
        let known = nearest.entry(&place.product).or_insert(place.nearness);
        *known = (*known).min(place.nearness);
    }
    let is_nearest = |place: &&FoundProduct| nearest.get(place.product.as_str()) == Some(&place.nearness);
    places.values().filter(is_nearest).cloned().collect()
}

impl FoundProduct {
    fn of(
        known: KnownSource,
        schema: Option<String>,
        nearness: Nearness,
        found: &[FoundTable],
    ) -> Option<Self> {
        let runs = matching(known.signature.first()?, schema.as_deref(), found)?.name.clone();
        let product = known.product.clone();
        let mut place = Self { product, schema, known: Vec::new(), runs, unreadable: Vec::new(), nearness };
        place.add(known, found);
        Some(place)
    }

    fn add(&mut self, known: KnownSource, found: &[FoundTable]) {
        // A variant that may not be read is none to offer.
        let unreadable: Vec<TableName> = known
            .tables()
            .into_iter()
            .filter_map(|table| named(&TableName::parse(table)?, self.schema.as_deref(), found))
            .filter(|table| !table.is_readable)
            .map(|table| table.name.clone())
            .collect();
        if known.variant.is_some() && !self.known.is_empty() && !unreadable.is_empty() {
            return;
        }
        if self.known.is_empty() {
            self.unreadable = unreadable;
        }
        self.known.push(match &self.schema {
            Some(schema) => known.in_schema(schema),
            None => known,
        });
    }
}

/// The schemas that hold every table of a signature; only the home where that is one of them.
fn schemas(signature: &[Signature], found: &[FoundTable]) -> Vec<(Nearness, Option<String>)> {
    let all = |schema: Option<&str>| signature.iter().all(|wanted| matching(wanted, schema, found).is_some());
    if all(None) {
        return vec![(Nearness::Home, None)];
    }
    // A name is read as far as its first dot for a schema.
    let there =
        found.iter().filter_map(|table| table.name.schema.as_deref()).filter(|name| !name.contains('.'));
    let there: BTreeSet<&str> = there.filter(|schema| all(Some(schema))).collect();
    let nearness = |schema: &str| {
        let mut tables = signature.iter().filter_map(|wanted| matching(wanted, Some(schema), found));
        if tables.all(|table| table.is_visible) { Nearness::Visible } else { Nearness::Elsewhere }
    };
    there.into_iter().map(|schema| (nearness(schema), Some(schema.to_owned()))).collect()
}

/// The table of a signature, with all of its columns, in `schema` or at home.
fn matching<'a>(
    signature: &Signature,
    schema: Option<&str>,
    found: &'a [FoundTable],
) -> Option<&'a FoundTable> {
    let wanted = TableName::parse(&signature.table)?;
    named(&wanted, schema, found).filter(|table| lacking(signature, table).is_empty())
}

fn named<'a>(wanted: &TableName, schema: Option<&str>, found: &'a [FoundTable]) -> Option<&'a FoundTable> {
    let schema = schema.or(wanted.schema.as_deref());
    found.iter().find(|table| {
        let there = schema.map_or(table.is_visible, |schema| table.name.schema.as_deref() == Some(schema));
        there && table.name.name.eq_ignore_ascii_case(&wanted.name)
    })
}

fn lacking<'a>(signature: &'a Signature, table: &FoundTable) -> Vec<&'a str> {
    let has = |column: &str| table.columns.iter().any(|found| found.eq_ignore_ascii_case(column));
    signature.columns.iter().map(String::as_str).filter(|column| !has(column)).collect()
}

/// Tables that are called as those of a product and lack something of them, in words.
pub(super) fn lookalikes(known: &[KnownSource], found: &[FoundTable]) -> Vec<String> {
    let mut likely: BTreeMap<&str, (usize, String)> = BTreeMap::new();
    for known in known {
        let Some(lacking) = known.signature.first().and_then(|runs| lookalike(runs, &known.signature, found))
        else {
            continue;
        };
        let better = likely.get(known.product.as_str()).is_none_or(|(count, _)| lacking.0 < *count);
        if better {
            let (count, (table, parts)) = lacking;
            let text = format!("{table} is not as {} has it: {parts}", known.product);
            likely.insert(&known.product, (count, text));
        }
    }
    likely.into_values().map(|(_, text)| text).collect()
}

/// How much the table of `runs` and those beside it lack, the table's name and what it is.
fn lookalike(runs: &Signature, all: &[Signature], found: &[FoundTable]) -> Option<(usize, (String, String))> {
    let wanted = TableName::parse(&runs.table)?;
    let table = found.iter().find(|table| table.name.name.eq_ignore_ascii_case(&wanted.name))?;
    let columns = lacking(runs, table);
    if columns.len() == runs.columns.len() {
        return None;
    }
    let schema = table.name.schema.as_deref();
    let tables: Vec<&str> = all
        .iter()
        .skip(1)
        .filter(|beside| matching(beside, schema, found).is_none())
        .map(|beside| beside.table.as_str())
        .collect();
    let mut parts = Vec::new();
    if !columns.is_empty() {
        parts.push(format!("it lacks {}", columns.join(", ")));
    }
    if !tables.is_empty() {
        parts.push(format!("there is no such {}", tables.join(", ")));
    }
    Some((columns.len() + tables.len(), (table.name.to_string(), parts.join(", and "))))
}
