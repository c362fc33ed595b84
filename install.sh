#!/bin/sh
# Installs a released jobdelta: a static program for Linux on x86-64 or ARM, whose SHA-256 is checked.
#
#   curl -fsSL https://github.com/jobdelta/jobdelta/releases/latest/download/install.sh | sh
#
# JOBDELTA_VERSION   a version such as 0.1.0 (default: the latest)
# JOBDELTA_DIR       where to put it (default: /usr/local/bin for root, else ~/.local/bin)
# JOBDELTA_RELEASES  where releases are (default: https://github.com/jobdelta/jobdelta/releases)
set -eu

# Called on the last line, so that a script that arrived in part does nothing.
main() {
    releases=${JOBDELTA_RELEASES:-https://github.com/jobdelta/jobdelta/releases}
    case ${JOBDELTA_VERSION:-} in
        "") from=$releases/latest/download ;;
        *) from=$releases/download/v${JOBDELTA_VERSION#v} ;;
    esac
    archive=jobdelta-$(target).tar.gz
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    fetch "$from/$archive" "$folder/$archive"
    fetch "$from/SHA256SUMS" "$folder/SHA256SUMS"
    check "$folder" "$archive"
    tar -xzf "$folder/$archive" -C "$folder" jobdelta || die "$archive holds no jobdelta"
    place "$folder/jobdelta" "$(directory)"
}

die() {
    echo "install.sh: $*" >&2
    exit 1
}

target() {
    [ "$(uname -s)" = Linux ] || die "there are programs for Linux only; elsewhere: cargo install --locked --git https://github.com/jobdelta/jobdelta"
    case $(uname -m) in
        x86_64 | amd64) echo x86_64-unknown-linux-musl ;;
        aarch64 | arm64) echo aarch64-unknown-linux-musl ;;
        *) die "there is no program for $(uname -m); build it: cargo install --locked --git https://github.com/jobdelta/jobdelta" ;;
    esac
}

fetch() {
    if command -v curl >/dev/null; then
        curl -fsSL --retry 3 -o "$2" "$1" || die "could not fetch $1"
    elif command -v wget >/dev/null; then
        wget -q -O "$2" "$1" || die "could not fetch $1"
    else
        die "curl or wget is needed"
    fi
}

# The one line of SHA256SUMS for this archive has to be there, and to be true.
check() {
    command -v sha256sum >/dev/null || die "sha256sum is needed (package coreutils)"
    line=$(awk -v name="$2" '$2 == name || $2 == "*" name' "$1/SHA256SUMS")
    [ -n "$line" ] || die "SHA256SUMS does not name $2; nothing was installed"
    (cd "$1" && printf '%s\n' "$line" | sha256sum -c - >/dev/null 2>&1) ||
        die "$2 has another SHA-256 than SHA256SUMS says; nothing was installed"
}

directory() {
    if [ -n "${JOBDELTA_DIR:-}" ]; then
        echo "$JOBDELTA_DIR"
    elif [ "$(id -u)" -eq 0 ]; then
        echo /usr/local/bin
    else
        echo "${HOME:?}/.local/bin"
    fi
}

# Beside its place first, then renamed: a jobdelta that runs goes on.
place() {
    chmod 755 "$1"
    version=$("$1" --version) || die "the program does not run on this machine; nothing was installed"
    mkdir -p "$2" && cp "$1" "$2/.jobdelta.new" && mv "$2/.jobdelta.new" "$2/jobdelta" ||
        die "could not write to $2; name a folder: JOBDELTA_DIR=…"
    echo "$version is in $2"
    case ":$PATH:" in
        *":$2:"*) ;;
        *) echo "add it to PATH: export PATH=\"$2:\$PATH\"" ;;
    esac
}

main
