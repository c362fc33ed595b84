#!/usr/bin/env bash
# As for pg-boss 9.
source "$(dirname "$0")/../pg_boss_9/make.sh"
