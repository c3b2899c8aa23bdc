#!/usr/bin/env bash
# Measures the API at the size of a district beside its floor, the same SQL statements
# without it, on a private MariaDB, and prints a table.
#
#   scripts/bench/run.sh
#
# Settings: BENCH_SCALE (1), BENCH_USERS ("16 70"), BENCH_SECONDS (8), BENCH_DIR (a new
# folder). It needs wrk (Debian: apt-get install wrk), which root on Debian installs.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=scripts/lib.sh
source scripts/lib.sh

if [[ -z ${JIAYI_TEST_MYSQL_DSN:-} ]]; then # begin again beside a server of its own
	MARIADB_BUFFER_POOL=${MARIADB_BUFFER_POOL:-4G} exec bash scripts/mariadb.sh bash "$0" "$@"
fi

if ! command -v wrk >/dev/null; then
	if [[ $(id -u) -ne 0 ]] || ! command -v apt-get >/dev/null; then
		say 'wrk is not installed (Debian: apt-get install wrk)' >&2
		exit 1
	fi
	{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq wrk; } >&2
fi

dir=${BENCH_DIR:-$(mktemp -d "${TMPDIR:-/tmp}/jiayi-bench.XXXXXX")}
mkdir -p "$dir"
scale=${BENCH_SCALE:-1} seconds=${BENCH_SECONDS:-8}
read -r -a users <<<"${BENCH_USERS:-16 70}"
port=18095
server=

stop() {
	if [[ -n $server ]]; then
		kill "$server" 2>/dev/null || true
		wait "$server" 2>/dev/null || true
	fi
}
trap stop EXIT

go build -o "$dir/jiayi" .
go build -o "$dir/bench" ./scripts/bench

JIAYI_DSN="mysql:${JIAYI_TEST_MYSQL_DSN%%/*}/jiayi_test"
unset JIAYI_TEST_MYSQL_DSN
export JIAYI_DSN JIAYI_REGION=370499 JIAYI_ALLOW_TEST_REGION=true JIAYI_LISTEN=127.0.0.1:$port JIAYI_RATE_LIMIT=10000000 JIAYI_SIGN_IN_LIMIT=1000
while IFS='=' read -r name value; do export "$name=${value%\"}"; done < <("$dir/jiayi" keys | sed 's/="/=/')

say "Seeding at scale $scale" >&2
"$dir/jiayi" migrate >&2
"$dir/jiayi" seed --scale "$scale" --logins "$dir/logins.json" >&2 2>/dev/null

begun=$(date +%s%N)
"$dir/jiayi" serve --log-level error 2>"$dir/server.log" &
server=$!
until curl -sf "http://127.0.0.1:$port/readyz" >/dev/null; do
	kill -0 "$server"
	sleep 0.01
done
printf 'start to ready: %d ms\n\n' $((($(date +%s%N) - begun) / 1000000))

bench() { "$dir/bench" -dir "$dir" -base "http://127.0.0.1:$port" -logins "$dir/logins.json" "$@"; }
bench requests >"$dir/operations"
recorded=300
bench -times "$recorded" record

printf '| operation | users | floor /s | p95 ms | server /s | p50 ms | p95 ms | p99 ms | of the floor | refused |\n|---|---|---|---|---|---|---|---|---|---|\n'
first=$recorded
while IFS=$'\t' read -r name kind total; do
	file=$dir/${name// /-}.requests
	for n in "${users[@]}"; do
		args=("$file" loop)
		if [[ $kind == write ]]; then
			if [[ $n != "${users[0]}" ]]; then continue; fi # each request can be sent once
			args=("$file" once "$first")
		fi
		read -r floor _ floor95 _ < <(bench -users "$n" floor $name)
		read -r _ rate p50 p95 p99 _ bad < <(wrk -t1 -c"$n" -d"${seconds}s" -s scripts/bench/wrk.lua "http://127.0.0.1:$port" -- "${args[@]}" | grep RESULT)
		printf '| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |\n' "$name" "$n" "$floor" "$floor95" "$rate" "$p50" "$p95" "$p99" \
			"$(awk -v a="$rate" -v b="$floor" 'BEGIN { printf "%.2f", a / b }')" "$bad"
	done
	: "$total"
done <"$dir/operations"

printf '\nserver memory: %d MB\n' $(($(ps -o rss= -p "$server") / 1024))
