#!/usr/bin/env bash
# Breaks things under a writing load and prints what is left: kills of server and
# database, a bad line between them, Redis and WeChat gone, work interrupted half-way,
# backup and restore, a clock that jumps. Exits with 1 when a promise was not kept.
#
#   scripts/drills/run.sh [NAME…]     all drills, or those named
#
# Settings: DRILL_SCALE (0.01), DRILL_DIR (a new folder). It needs MariaDB with
# mariadb-backup, and redis-server; root on Debian gets them installed.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=scripts/drills/lib.sh
source scripts/drills/lib.sh

need_packages mariadbd:mariadb-server mariadb-backup:mariadb-backup redis-server:redis-server
need_toxiproxy
drill faults "$@"
