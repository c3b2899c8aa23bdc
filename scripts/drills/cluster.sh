#!/usr/bin/env bash
# Three replicas behind a load balancer on a cluster of three database nodes, all on this
# machine: the throughput with one, two and three replicas, and what is left when a
# replica, a node or Redis is lost. Exits with 1 when a promise was not kept.
#
#   scripts/drills/cluster.sh [NAME…]     all drills, or those named
#
# Settings: DRILL_SCALE (0.01), DRILL_DIR (a new folder). It needs MariaDB with Galera 4,
# rsync, HAProxy and redis-server; root on Debian gets them installed.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=scripts/drills/lib.sh
source scripts/drills/lib.sh

need_packages mariadbd:mariadb-server rsync:rsync haproxy:haproxy redis-server:redis-server
if [[ ! -f /usr/lib/galera/libgalera_smm.so ]]; then
	say 'Galera is not installed (Debian: apt-get install galera-4)' >&2
	exit 1
fi
drill cluster "$@"
