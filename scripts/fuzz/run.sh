#!/usr/bin/env bash
# Sends requests made from the OpenAPI file, valid and broken, as everyone and as nobody, to
# a new demonstration; prints a table of routes and statuses, and fails when an answer is a
# 5xx, does not come, or is not what the file says.
#
#   scripts/fuzz/run.sh                     100,000 requests on SQLite
#   scripts/fuzz/run.sh --mariadb           the same on a private MariaDB
#   scripts/fuzz/run.sh -n 5000 -seed 7     see go run ./scripts/fuzz -help
#
# Settings: FUZZ_SCALE (0.002), the share of the district's residents.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=scripts/lib.sh
source scripts/lib.sh

DEMO_FLAGS=(--scale "${FUZZ_SCALE:-0.002}")
if [[ ${1:-} == --mariadb ]]; then
	if [[ -z ${JIAYI_TEST_MYSQL_DSN:-} ]]; then # begin again beside a server of its own
		exec bash scripts/mariadb.sh bash "$0" "$@"
	fi
	shift
	DEMO_FLAGS+=(--dsn "mysql:${JIAYI_TEST_MYSQL_DSN%%/*}/jiayi_test")
fi

# fuzz sends the requests, and shows what the server had to complain of.
fuzz() {
	local code=0
	go run ./scripts/fuzz -demo "$JIAYI_DEMO_DIR" "$@" || code=$?
	if grep -a '"level":"ERROR"' "$JIAYI_DEMO_LOG" | head -20 >&2; then code=1; fi
	return "$code"
}
demo_server fuzz "$@"
