#!/usr/bin/env bash
# A Rust toolchain for wasm32-unknown-unknown on a Debian machine that cannot reach rustup's server.
#
# Debian's `rustc-web` comes with the source of its standard library. That library is compiled once for the
# target, put into the compiler's own sysroot, and the whole is linked as rustup's toolchain `debian-wasm`.
# `cargo xtask` runs this where `rustup target add` fails; running it again does no harm.
set -euo pipefail

toolchain=debian-wasm
target=wasm32-unknown-unknown
sysroot=/usr/lib/rustlib

give_up() { echo "debian-wasm.sh: $1" >&2; exit 1; }

compiles() {
  local folder status=0
  folder=$(mktemp -d)
  echo 'pub fn text() -> String { format!("{}", 1) }' > "$folder/probe.rs"
  RUSTUP_TOOLCHAIN=$toolchain rustc --target $target --crate-type cdylib \
    -o "$folder/probe.wasm" "$folder/probe.rs" > /dev/null 2>&1 || status=1
  rm -rf "$folder"
  return $status
}

compiles && exit 0

command -v apt-get > /dev/null || give_up "this way works on Debian only. Add the target by hand: rustup target add $target"
[ "$(id -u)" = 0 ] || give_up "needs root, to install rustc-web. Or add the target by hand: rustup target add $target"

export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends rustc-web cargo-web rust-web-src rust-web-clippy rustfmt-web

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/src"
echo '#![no_std]' > "$work/src/lib.rs"
cat > "$work/Cargo.toml" <<'MANIFEST'
[package]
name = "sysroot"
version = "0.0.0"
edition = "2024"
MANIFEST

# RUSTC_BOOTSTRAP lets a stable compiler build its own library. Bitcode has to be embedded, or `lto = true`
# in the workspace's release profile ends with "Can't find section .llvmbc".
(
  cd "$work"
  unset RUSTUP_TOOLCHAIN CARGO_TARGET_DIR
  RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 CARGO_PROFILE_RELEASE_CODEGEN_UNITS=1 \
    RUSTFLAGS="-Cembed-bitcode=yes -Zforce-unstable-if-unmarked" \
    /usr/bin/cargo build --release --target $target -Zbuild-std=std,panic_abort,test
)

library=$sysroot/$target/lib
rm -rf "$library"
mkdir -p "$library"
find "$work/target/$target/release/deps" -name '*.rlib' ! -name 'libsysroot-*' -exec cp {} "$library/" \;

# The compiler looks for its linker beside the libraries of the host; rustup's toolchains bring one.
host=$(/usr/bin/rustc -vV | sed -n 's/^host: //p')
if [ ! -e "$sysroot/$host/bin/rust-lld" ]; then
  linker=$(find "${RUSTUP_HOME:-$HOME/.rustup}/toolchains" -path "*/$host/bin/rust-lld" -print -quit 2> /dev/null)
  [ -n "$linker" ] || give_up "no rust-lld in any of rustup's toolchains"
  mkdir -p "$sysroot/$host/bin"
  ln -sf "$linker" "$sysroot/$host/bin/rust-lld"
fi

rustup toolchain link $toolchain /usr
compiles || give_up "toolchain $toolchain was made but does not compile for $target"
