//! The page's program: it starts [`studio_frontend`].

fn main() {
    studio_frontend::start::start();
}
