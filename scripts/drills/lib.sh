# shellcheck shell=bash
# What both scripts of drills need. Sourced from the project's folder.

# shellcheck source=scripts/lib.sh
source scripts/lib.sh

readonly TOXIPROXY_VERSION=v2.5.0
TOXIPROXY=.tools/toxiproxy-$TOXIPROXY_VERSION

# need_packages COMMAND:PACKAGE… installs the packages whose commands are missing.
need_packages() {
	local each missing=()
	PATH=$PATH:/usr/sbin:/sbin
	for each in "$@"; do
		if ! have "${each%%:*}"; then missing+=("${each##*:}"); fi
	done
	if [[ ${#missing[@]} -eq 0 ]]; then return 0; fi
	if [[ $(id -u) -ne 0 ]] || ! have apt-get; then
		say "missing: ${missing[*]} (Debian: apt-get install ${missing[*]})" >&2
		return 1
	fi
	say "Installing ${missing[*]}" >&2
	{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}"; } >&2
}

# need_toxiproxy builds the proxy that spoils the line to the database.
need_toxiproxy() {
	if [[ -x $TOXIPROXY ]]; then return 0; fi
	say "Installing toxiproxy $TOXIPROXY_VERSION into .tools" >&2
	GOBIN=$PWD/.tools/toxiproxy.new go install "github.com/Shopify/toxiproxy/v2/cmd/server@$TOXIPROXY_VERSION"
	mv .tools/toxiproxy.new/server "$TOXIPROXY"
	rmdir .tools/toxiproxy.new
}

# drill KIND [NAME…] builds the programs and plays the drills in a folder of their own.
drill() {
	local kind=$1 dir only
	shift
	only=$(IFS=,; printf '%s' "$*")
	dir=${DRILL_DIR:-$(mktemp -d "${TMPDIR:-/tmp}/jiayi-drills.XXXXXX")}
	mkdir -p "$dir"
	chmod 755 "$dir" # the database runs as a user of its own
	go build -o "$dir/jiayi" .
	go build -o "$dir/drills" ./scripts/drills
	"$dir/drills" -dir "$dir" -jiayi "$dir/jiayi" -toxiproxy "$TOXIPROXY" -scale "${DRILL_SCALE:-0.01}" -only "$only" "$kind"
}
