#!/usr/bin/env bash
# Measures the API at the size of a district beside its floor, the same SQL statements
# without it, on a private MariaDB, and prints a table.
#
#   scripts/bench/run.sh
#
# Exits with 1 when a promise of the table was not kept.
#
# Settings: BENCH_SCALE (1), BENCH_USERS ("16 70"), BENCH_SECONDS (8), BENCH_GROW (10: how
# many times the district at last; 1 leaves that out), BENCH_IMPORT (514130 rows), BENCH_DIR
# (a new folder), MARIADB_TMPDIR (/tmp: where the database lies). It needs wrk (Debian: apt-get install wrk), which root on Debian installs.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=scripts/lib.sh
source scripts/lib.sh

# Begin again beside a server of its own, on a disk: a commit waits for it as it does in use.
if [[ -z ${JIAYI_TEST_MYSQL_DSN:-} ]]; then
	MARIADB_BUFFER_POOL=${MARIADB_BUFFER_POOL:-4G} MARIADB_TMPDIR=${MARIADB_TMPDIR:-/tmp} exec bash scripts/mariadb.sh bash "$0" "$@"
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
grow=${BENCH_GROW:-10} rows=${BENCH_IMPORT:-514130}
missed=0

# holds WHAT A OP B prints whether a figure is as promised, and remembers a miss.
holds() {
	if awk -v a="$2" -v b="$4" "BEGIN { exit !(a $3 b) }"; then
		echo ok
	else
		missed=1
		echo MISSED
	fi
}

# answered REFUSED remembers a miss when a reading operation was refused: a refusal is fast.
answered() {
	if [[ $1 -gt 0 ]]; then
		missed=1
		say "$1 requests were refused: the figures count for nothing"
	fi
}
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

start() {
	"$dir/jiayi" serve --log-level error 2>>"$dir/server.log" &
	server=$!
	until curl -sf "http://127.0.0.1:$port/readyz" >/dev/null; do
		kill -0 "$server"
		sleep 0.01
	done
}

begun=$(date +%s%N)
start
ready=$((($(date +%s%N) - begun) / 1000000))
holds ready "$ready" '<=' 1000 >"$dir/ready"
printf 'start to ready: %d ms, at most 1000: %s\n\n' "$ready" "$(cat "$dir/ready")"

bench() { "$dir/bench" -dir "$dir" -base "http://127.0.0.1:$port" -logins "$dir/logins.json" "$@"; }
bench requests >"$dir/operations"
recorded=1000 # of the 6,000 requests of a writing operation; the server gets the others
bench -times "$recorded" record

# measure NAME USERS KIND prints "rate p50 p95 p99 refused" of the server.
measure() {
	local args=("$dir/${1// /-}.requests" loop)
	if [[ $3 == write ]]; then args=("$dir/${1// /-}.requests" once "$recorded"); fi
	wrk -t1 -c"$2" -d"${seconds}s" -s scripts/bench/wrk.lua "http://127.0.0.1:$port" -- "${args[@]}" |
		awk '/RESULT/ { print $2, $3, $4, $5, $7 }'
}

printf '| operation | users | floor /s | floor p95 ms | server /s | p50 ms | p95 ms | p99 ms | of the floor | refused | must |\n|---|---|---|---|---|---|---|---|---|---|---|\n'
while IFS=$'\t' read -r name kind must95 mustfloor; do
	for n in "${users[@]}"; do
		if [[ $kind == write && $n != "${users[0]}" ]]; then continue; fi # each request can be sent once
		read -r floor _ floor95 _ < <(bench -users "$n" -for "${seconds}s" floor $name)
		read -r rate p50 p95 p99 bad < <(measure "$name" "$n" "$kind")
		if [[ $kind == read ]]; then answered "$bad"; fi
		share=$(awk -v a="$rate" -v b="$floor" 'BEGIN { printf "%.2f", a / b }')
		must=
		if [[ $n == "${users[0]}" && $must95 != 0 ]]; then
			holds p95 "$p95" '<=' "$must95" >"$dir/held" || true
			must="p95 ≤ $must95: $(cat "$dir/held")"
		fi
		if [[ $n == "${users[0]}" && $mustfloor != 0 ]]; then
			holds share "$share" '>=' "$mustfloor" >"$dir/held" || true
			must="≥ $mustfloor: $(cat "$dir/held")"
		fi
		if [[ $n == "${users[0]}" ]]; then
			case $name in
			dashboard) dashboard=$p50 ;;
			'list first page') first=$p50 ;;
			'list page 1000')
				holds page "$p50" '<=' "$(awk -v a="$first" 'BEGIN { print a * 1.2 }')" >"$dir/held"
				must="$must; p50 ≤ 1.2 × the first page: $(cat "$dir/held")"
				;;
			'work list of a team') tasks=$p50 ;;
			esac
		fi
		printf '| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |\n' "$name" "$n" "$floor" "$floor95" "$rate" "$p50" "$p95" "$p99" "$share" "$bad" "$must"
	done
done <"$dir/operations"

memory=$(($(ps -o rss= -p "$server") / 1024))
holds memory "$memory" '<=' 150 >"$dir/held"
printf '\nserver memory afterwards: %d MB, at most 150: %s\n' "$memory" "$(cat "$dir/held")"

grouped=$(bench groups)
bench renew
read -r _ alone _ _ bad < <(measure dashboard 1 read)
answered "$bad"
holds groups "$grouped" '>=' "$(awk -v a="$alone" 'BEGIN { print a * 100 }')" >"$dir/held"
printf 'dashboard for one user: %s ms; its figures by GROUP BY over residents: %s ms, at least 100 times as long: %s\n' "$alone" "$grouped" "$(cat "$dir/held")"

if [[ $rows -gt 0 ]]; then
	# shellcheck source=scripts/bench/import.sh
	source scripts/bench/import.sh
fi

if [[ $grow -gt 1 ]]; then
	say "Growing to $grow times the district" >&2
	stop
	bench grow "$grow"
	start
	bench renew
	read -r _ dashboard10 _ _ bad < <(measure dashboard "${users[0]}" read)
	answered "$bad"
	read -r _ tasks10 _ _ bad < <(measure 'work list of a team' "${users[0]}" read)
	answered "$bad"
	holds grown "$dashboard10" '<=' "$(awk -v a="$dashboard" 'BEGIN { print a * 1.2 }')" >"$dir/held"
	printf 'dashboard at %s times the residents: p50 %s ms, before %s ms, at most 1.2 times: %s\n' "$grow" "$dashboard10" "$dashboard" "$(cat "$dir/held")"
	holds grown "$tasks10" '<=' "$(awk -v a="$tasks" 'BEGIN { print a * 1.2 }')" >"$dir/held"
	printf 'work list of a team at %s times the tasks: p50 %s ms, before %s ms, at most 1.2 times: %s\n' "$grow" "$tasks10" "$tasks" "$(cat "$dir/held")"
fi
exit "$missed"
