//! `jobdelta serve`

use std::path::PathBuf;
use std::sync::Arc;

use super::arguments::{LogArgument, ServeArguments};
use super::{Exit, Failure, Surroundings, demo};
use crate::http::{self, Listener, Log, LogForm, ProxyOptions, Service, ServiceOptions, StartError};

pub(super) async fn run(
    arguments: ServeArguments,
    surroundings: &mut Surroundings<'_>,
) -> Result<Exit, Failure> {
    // Gone with the service.
    let folder = tempfile::Builder::new().prefix("jobdelta-serve-").tempdir()?;
    let deployments: PathBuf = match (arguments.deployments, arguments.demo) {
        (Some(deployments), _) => deployments,
        (None, true) => demo::for_service(folder.path()).await?,
        (None, false) => return Err(StartError::NothingToServe.into()),
    };
    let form = match arguments.log {
        LogArgument::Text => LogForm::Text,
        LogArgument::Json => LogForm::Json,
    };
    let proxies = Some(ProxyOptions {
        addresses: arguments.trusted_proxy,
        header: arguments.identity_header,
        scopes: arguments.proxy_scopes,
    });
    let mut options = ServiceOptions {
        listen: arguments.listen,
        deployments,
        token_file: arguments.token_file,
        proxies: proxies.filter(|proxies| !proxies.addresses.is_empty()),
        store: arguments.store,
        insecure: arguments.insecure,
        public_url: arguments.public_url,
        environment: surroundings.environment.clone(),
        clock: surroundings.clock,
        log: Log::new(form, surroundings.clock, Box::new(std::io::stderr())),
    };
    options.check()?;
    let listener = Listener::bind(options.listen).await?;
    // Of port 0 the system chose another.
    options.listen = listener.address().unwrap_or(options.listen);
    let address = options.listen;
    let service = Arc::new(Service::new(options).await?);
    surroundings.print(format!("jobdelta serves http://{address}/ until Ctrl-C\n").as_bytes())?;
    http::serve(listener, service, &surroundings.cancellation).await;
    Ok(Exit::Success)
}
