#!/usr/bin/env bash
# How long a report of 300 jobs over two times 14 days takes from the model to the bytes of every format.
#
#   benches/render.sh [FOLDER]      (default: a temporary folder, which is removed)
#
# Makes the runs (three_hundred_jobs.py), reads and analyses them once, and renders the report five times.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

folder=${1:-$(mktemp -d)}
[ $# -gt 0 ] || trap 'rm -rf "$folder"' EXIT
cargo build --release --locked --quiet --bin jobdelta --example render_speed
[ -e "$folder/runs.csv" ] || python3 benches/three_hundred_jobs.py "$folder"
SECONDS=0
target/release/jobdelta report "$folder/runs.csv" --deployment "$folder/deployment.toml" \
    --as-of 2026-03-30T00:00:00Z --tables -o "$folder/report.json"
echo "read and analysed in about $SECONDS s"
for _ in 1 2 3 4 5; do
    target/release/examples/render_speed "$folder/report.json" "$folder"
done
