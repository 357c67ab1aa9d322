//! What page and worker both know.
