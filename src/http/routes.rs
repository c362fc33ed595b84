//! Every address of the service, and who answers it.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};

use super::offer::OFFERED;
use super::service::Service;
use super::{asset, badge, description, error, health, list, outer, page, report, share};

/// The longest body of a request, in bytes.
const BODY_LIMIT: usize = 16 * 1024;

pub fn router(service: Arc<Service>) -> Router {
    let mut routes = Router::new()
        .route("/", get(list::show))
        .route("/deployments", get(list::show))
        .route("/deployments/{name}", get(page::show))
        .route("/deployments/{name}/report", get(report::negotiated))
        .route("/deployments/{name}/deployment.toml", get(page::file))
        .route("/deployments/{name}/badge.svg", get(badge::svg))
        .route("/deployments/{name}/badge.json", get(badge::shields))
        .route("/deployments/{name}/decisions.atom", get(badge::feed))
        .route("/deployments/{name}/links", post(share::make))
        .route("/links", get(share::list))
        .route("/links/{id}/revoke", post(share::revoke))
        .route("/s/{secret}", get(share::open))
        .route("/s/{secret}/card.svg", get(share::card))
        .route("/openapi.json", get(description::openapi))
        .route("/reference", get(description::reference))
        .route("/assets/{file}", get(asset::show))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/metrics", get(health::metrics));
    for format in &OFFERED {
        routes = routes
            .route(&format!("/deployments/{{name}}/{}", format.file), report::in_format(format))
            .route(&format!("/reports/{{id}}/{}", format.file), report::kept(format));
    }
    routes
        .fallback(error::nothing_here)
        .method_not_allowed_fallback(error::not_allowed)
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(from_fn_with_state(Arc::clone(&service), outer::outer))
        .with_state(service)
}
