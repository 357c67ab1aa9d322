//! The listener: connections that a fault can close at any moment.

use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

use crate::config::{Config, Options};
use crate::exchange::App;
use crate::routes;
use crate::torn::Cut;

/// A running simulator. It ends when this is dropped.
#[derive(Debug)]
pub struct Simulator {
    address: SocketAddr,
    store: SocketAddr,
    serving: [JoinHandle<()>; 2],
}

impl Simulator {
    /// Listens on 127.0.0.1 only.
    pub async fn start(options: Options) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await?;
        let address = listener.local_addr()?;
        let store_listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.store_port)).await?;
        let store = store_listener.local_addr()?;
        let app = Arc::new(App::new(Config::new(options, address.to_string(), store.port())));
        let serving = [
            tokio::spawn(serve(listener, routes::router(app.clone()))),
            tokio::spawn(serve(store_listener, routes::store(app))),
        ];
        Ok(Self { address, store, serving })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where its object store listens.
    pub fn store(&self) -> SocketAddr {
        self.store
    }

    /// `http://127.0.0.1:PORT`.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        self.serving.iter().for_each(JoinHandle::abort);
    }
}

async fn serve(listener: TcpListener, router: Router) {
    // The connections belong to this task: they end with it.
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                if let Ok((stream, _)) = accepted {
                    connections.spawn(connection(stream, router.clone()));
                }
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

/// One connection, until it ends or is cut: dropping the stream closes it.
async fn connection(stream: TcpStream, router: Router) {
    // Without it small answers wait for the caller's acknowledgement; nothing is lost when it fails.
    stream.set_nodelay(true).ok();
    let cut = Cut::default();
    let service = TowerToHyperService::new(router.layer(Extension(cut.clone())));
    let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service).with_upgrades();
    tokio::select! {
        // A caller who leaves early or sends no HTTP is the caller's affair.
        _ = connection => {}
        () = cut.asked() => {}
    }
}
