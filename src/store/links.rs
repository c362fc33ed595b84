//! Links to reports: a page that does not change, for whoever knows its address.

use std::path::Path;

use super::{StoreError, open};
use crate::clock::{Span, Timestamp};
use crate::database::{BoundValue, Cell, OwnFile};

/// Links that one list shows.
const LISTED: i64 = 500;

/// How long pages of links that no longer work are kept.
const KEPT_FOR: Span = Span::seconds(7 * 86_400);

/// A link that is to be made.
pub struct NewLink {
    /// Of the secret in its address.
    pub digest: String,
    pub id: String,
    pub deployment: String,
    pub made_by: String,
    pub made_at: Timestamp,
    pub expires_at: Timestamp,
    pub title: String,
    pub page: String,
    pub card: String,
}

/// A link without its contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredLink {
    pub id: String,
    pub deployment: String,
    pub made_by: String,
    pub made_at: Timestamp,
    pub expires_at: Timestamp,
    pub revoked_at: Option<Timestamp>,
    pub title: String,
}

/// What a link shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkContents {
    pub page: String,
    pub card: String,
}

pub struct LinkStore(OwnFile);

impl LinkStore {
    /// # Errors
    /// When the file cannot be opened or upgraded.
    pub async fn open(path: &Path) -> Result<Self, StoreError> {
        Ok(Self(open(path).await?))
    }

    pub async fn add(&self, link: NewLink) -> Result<(), StoreError> {
        let sql = "INSERT INTO links (digest, id, deployment, made_by, made_at, expires_at, title, page, card) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
        let long_past = BoundValue::Int(link.made_at.plus(Span(-KEPT_FOR.us())).us());
        let values = [
            BoundValue::Text(link.digest),
            BoundValue::Text(link.id),
            BoundValue::Text(link.deployment),
            BoundValue::Text(link.made_by),
            BoundValue::Int(link.made_at.us()),
            BoundValue::Int(link.expires_at.us()),
            BoundValue::Text(link.title),
            BoundValue::Text(link.page),
            BoundValue::Text(link.card),
        ];
        self.0.change(sql, &values).await?;
        let sweep = "DELETE FROM links WHERE expires_at < ?1 OR revoked_at < ?1";
        self.0.change(sweep, &[long_past]).await?;
        Ok(())
    }

    /// What the link of `digest` shows at `now`; `None` where it is unknown, expired or revoked.
    pub async fn contents(&self, digest: String, now: Timestamp) -> Result<Option<LinkContents>, StoreError> {
        let sql = "SELECT page, card FROM links WHERE digest = ?1 AND expires_at > ?2 AND revoked_at IS NULL";
        let rows = self.0.rows(sql, &[BoundValue::Text(digest), BoundValue::Int(now.us())]).await?;
        Ok(rows.first().and_then(|row| match row.as_slice() {
            [Cell::Text(page), Cell::Text(card)] => {
                Some(LinkContents { page: page.clone(), card: card.clone() })
            }
            _ => None,
        }))
    }

    /// The latest links, the newest first.
    pub async fn all(&self) -> Result<Vec<StoredLink>, StoreError> {
        let sql = "SELECT id, deployment, made_by, made_at, expires_at, revoked_at, title FROM links \
                   ORDER BY made_at DESC, id LIMIT ?1";
        let rows = self.0.rows(sql, &[BoundValue::Int(LISTED)]).await?;
        Ok(rows.iter().filter_map(|row| link(row)).collect())
    }

    /// Whether there was such a link that worked.
    pub async fn revoke(&self, id: String, now: Timestamp) -> Result<bool, StoreError> {
        let sql = "UPDATE links SET revoked_at = ?2 WHERE id = ?1 AND revoked_at IS NULL";
        Ok(self.0.change(sql, &[BoundValue::Text(id), BoundValue::Int(now.us())]).await? > 0)
    }
}

fn link(row: &[Cell]) -> Option<StoredLink> {
    let [
        Cell::Text(id),
        Cell::Text(deployment),
        Cell::Text(made_by),
        Cell::Int(made_at),
        Cell::Int(expires_at),
        revoked_at,
        Cell::Text(title),
    ] = row
    else {
        return None;
    };
    let revoked_at = match revoked_at {
        Cell::Int(at) => Some(Timestamp(*at)),
        _ => None,
    };
    Some(StoredLink {
        id: id.clone(),
        deployment: deployment.clone(),
        made_by: made_by.clone(),
        made_at: Timestamp(*made_at),
        expires_at: Timestamp(*expires_at),
        revoked_at,
        title: title.clone(),
    })
}
