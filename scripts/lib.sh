# shellcheck shell=bash
# Headings, elapsed seconds and the summary of a run of stages, and what the other scripts
# share. Sourced by them.

STAGE_NAMES=()
STAGE_RESULTS=()
STAGE_SECONDS=()

# say prints a line to the person at the terminal; warn one that must not be missed.
say() { printf '%s\n' "$*"; }
warn() { printf '\n!!! %s\n' "$*" >&2; }

# have tells whether a command exists.
have() { command -v "$1" >/dev/null 2>&1; }

# quick_home prints where files are made that a run does not outlive: in memory where there
# is room, for tests make and drop hundreds of databases; else the usual place.
quick_home() {
	local free
	free=$(df --output=avail -k /dev/shm 2>/dev/null | tail -n 1) || free=0
	if [[ -w /dev/shm && ${free:-0} -gt $((4 * 1024 * 1024)) ]]; then echo /dev/shm; else echo "${TMPDIR:-/tmp}"; fi
}

# A stage function returns this when it could not run at all.
readonly NOT_RUN=75

# stage NAME COMMAND… runs one stage in a shell of its own and remembers how it ended.
stage() {
	local name=$1 began=$SECONDS code
	shift
	printf '\n=== %s ===\n' "$name"
	set +e # in a condition the stage would run on after a failure
	(
		set -euo pipefail
		"$@"
	)
	code=$?
	set -e
	local took=$((SECONDS - began)) result=ok
	case $code in
	0) ;;
	"$NOT_RUN") result='NOT RUN' ;;
	*) result=FAILED ;;
	esac
	STAGE_NAMES+=("$name")
	STAGE_RESULTS+=("$result")
	STAGE_SECONDS+=("$took")
	printf -- '--- %s: %s, %d s\n' "$name" "$result" "$took"
}

# summary prints every stage and returns 1 when one failed or, in CI, did not run.
summary() {
	local i failed=0
	printf '\n%-34s %-8s %8s\n' stage result seconds
	for i in "${!STAGE_NAMES[@]}"; do
		printf '%-34s %-8s %8d\n' "${STAGE_NAMES[i]}" "${STAGE_RESULTS[i]}" "${STAGE_SECONDS[i]}"
		case ${STAGE_RESULTS[i]} in
		FAILED) failed=1 ;;
		'NOT RUN') if [[ ${CI:-} == true ]]; then failed=1; fi ;;
		esac
	done
	return "$failed"
}

# need_chromium finds a Chromium and Chinese fonts, or installs Debian's where it may.
need_chromium() {
	if have chromium && fc-list :lang=zh 2>/dev/null | grep -q .; then return 0; fi
	if have apt-get && [[ $(id -u) -eq 0 ]]; then
		say 'Installing chromium and fonts-noto-cjk'
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk fontconfig >/dev/null && return 0
	fi
	warn 'There is no Chromium here, and this user may not install one: browser tests did NOT run.'
	return "$NOT_RUN"
}

# What demo_server adds to the command line of the demonstration.
DEMO_FLAGS=()

# demo_server COMMAND… runs a command against a new demonstration, whose address is in JIAYI_BASE,
# its folder in JIAYI_DEMO_DIR and its log in JIAYI_DEMO_LOG.
demo_server() {
	local dir code=0 pid deadline=$((SECONDS + 180))
	dir=$(mktemp -d)
	go build -o "$dir/jiayi" .
	: >"$dir/out"
	"$dir/jiayi" demo --dir "$dir/data" --addr 127.0.0.1:0 "${DEMO_FLAGS[@]}" >"$dir/out" 2>"$dir/log" &
	pid=$!
	until grep -q 'API: http' "$dir/out"; do
		if ! kill -0 "$pid" 2>/dev/null || [[ $SECONDS -gt $deadline ]]; then
			kill "$pid" 2>/dev/null || true
			cat "$dir/log" >&2
			rm -rf "$dir"
			return 1
		fi
		sleep 0.2
	done
	JIAYI_BASE=$(sed -n 's/.*API: \(http[^ ]*\)\/docs.*/\1/p' "$dir/out" | head -1)
	export JIAYI_BASE JIAYI_DEMO_DIR=$dir/data JIAYI_DEMO_LOG=$dir/log
	"$@" || code=$?
	kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null
	rm -rf "$dir"
	return "$code"
}
