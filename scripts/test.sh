#!/usr/bin/env bash
# Everything that must hold before a change goes in.
#
#   scripts/test.sh               all stages
#   scripts/test.sh lint sqlite   some of: format modules vet lint sqlite mysql web mini
#                                 browser phone
#
# The store is tested on SQLite and again on MariaDB: the server that
# JIAYI_TEST_MYSQL_DSN names, or a private one. Without one the run says which
# packages were not tested on it, and fails when CI=true. The workbench is checked and
# built with Node 20 or newer, and tried in the system's Chromium.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=scripts/lib.sh
source scripts/lib.sh

readonly LINT_VERSION=v2.15.0

check_format() {
	local files
	files=$(git ls-files --cached --others --exclude-standard -- '*.go' | xargs -r gofmt -l)
	if [[ -n $files ]]; then
		say 'gofmt would change:' "$files"
		return 1
	fi
}

check_modules() {
	go mod verify
	go mod tidy -diff
}

check_lint() {
	local lint=.tools/golangci-lint-$LINT_VERSION
	if [[ ! -x $lint ]]; then
		say "Installing golangci-lint $LINT_VERSION into .tools"
		GOBIN=$PWD/.tools go install "github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$LINT_VERSION"
		mv .tools/golangci-lint "$lint"
	fi
	"$lint" run ./...
	"$lint" fmt --diff
}

# The race detector needs a C compiler; without one the tests run all the same.
RACE=(-race)
if [[ $(go env CGO_ENABLED) != 1 ]]; then
	RACE=()
	warn 'No C compiler: the tests run WITHOUT the race detector.'
	if [[ ${CI:-} == true ]]; then exit 1; fi
fi

# store_packages prints the packages whose tests reach the database.
store_packages() {
	go list -test -f '{{.ImportPath}} {{join .Deps " "}}' ./... |
		awk '$1 ~ /\.test$/ && / gorm\.io\/gorm( |$)/ { sub(/\.test$/, "", $1); print $1 }'
}

# go_tests prepares GO_TEST, the command that tests packages: their databases and files are
# made where that is quick, and gone with the stage.
go_tests() {
	local scratch
	scratch=$(mktemp -d "$(quick_home)/jiayi-test.XXXXXX")
	# shellcheck disable=SC2064 # the folder of this run
	trap "rm -rf '$scratch'" EXIT
	GO_TEST=(env "TMPDIR=$scratch" "GOTMPDIR=${TMPDIR:-/tmp}" go test -timeout 20m)
}

# The embedded SQLite is Go code, which the race detector slows many times over: the
# packages that reach the database run under it on MariaDB, all others here.
test_sqlite() {
	local reach others
	go_tests
	mapfile -t reach < <(store_packages)
	mapfile -t others < <(go list ./... | grep -vxF -f <(printf '%s\n' "${reach[@]}"))
	"${GO_TEST[@]}" "${RACE[@]}" "${others[@]}"
	JIAYI_TEST_DB=sqlite "${GO_TEST[@]}" "${reach[@]}"
}

test_mysql() {
	local packages code=0
	mapfile -t packages < <(store_packages)
	if [[ ${#packages[@]} -eq 0 ]]; then
		say 'No package reaches the database.'
		return 0
	fi
	go_tests
	if [[ -n ${JIAYI_TEST_MYSQL_DSN:-} ]]; then
		JIAYI_TEST_DB=mysql "${GO_TEST[@]}" "${RACE[@]}" "${packages[@]}"
		return
	fi
	JIAYI_TEST_DB=mysql bash scripts/mariadb.sh "${GO_TEST[@]}" "${RACE[@]}" "${packages[@]}" || code=$?
	if [[ $code -eq $NOT_RUN ]]; then
		warn 'There is no MariaDB here. These packages were NOT tested on it:'
		printf '      %s\n' "${packages[@]}" >&2
	fi
	return "$code"
}

# node_ready tells whether there is a Node new enough; CI must have one.
node_ready() {
	if have npm && node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 20 ? 0 : 1)'; then
		return 0
	fi
	warn 'There is no Node 20 here.'
	return 1
}

# npm_ci DIR installs what the lock file says, unless that is what is there.
npm_ci() {
	local dir=$1 mark=$1/node_modules/.installed
	if [[ -f $mark ]] && cmp -s "$dir/package-lock.json" "$mark"; then
		return 0
	fi
	PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm --prefix "$dir" ci --no-audit --no-fund --ignore-scripts
	cp "$dir/package-lock.json" "$mark"
}

# same_client FILE fails when the generated client is not what docs/openapi.json says.
same_client() {
	npx --no-install openapi-typescript ../docs/openapi.json -o "$fresh/schema.ts" >/dev/null
	if ! cmp "$fresh/schema.ts" "$1"; then
		say "$1 is not what docs/openapi.json says: npm run api"
		return 1
	fi
}

# same_build DIR fails when the committed build is not what the sources build.
same_build() {
	if ! diff -rq "$fresh/$1" "$1"; then
		say "$1 is not what the sources build: npm run build"
		return 1
	fi
}

# The client is generated from the description of the API, and the build is committed: both
# are made again and compared.
check_web() {
	if ! node_ready; then
		warn 'The workbench was NOT checked.'
		return "$NOT_RUN"
	fi
	npm_ci web
	local fresh
	fresh=$(mktemp -d)
	# shellcheck disable=SC2064 # the folder of this run
	trap "rm -rf '$fresh'" EXIT
	cd web
	same_client src/api/schema.d.ts
	npm run --silent lint
	npm run --silent types
	npm test --silent
	npx --no-install vite build --outDir "$fresh/dist" --logLevel error
	same_build dist
}

check_mini() {
	if ! node_ready; then
		warn 'The mini-program was NOT checked.'
		return "$NOT_RUN"
	fi
	npm_ci miniprogram
	local fresh
	fresh=$(mktemp -d)
	# shellcheck disable=SC2064 # the folder of this run
	trap "rm -rf '$fresh'" EXIT
	cd miniprogram
	same_client src/api/schema.ts
	npm run --silent types
	npm test --silent
	npx --no-install uni build --outDir "$fresh/dist-h5" >/dev/null
	same_build dist-h5
	npx --no-install uni build -p mp-weixin --outDir "$fresh/weixin" >/dev/null
	npm run --silent weixin "$fresh/weixin"
}

# The real server and the system's Chromium, which is installed where that is allowed.
test_browser() {
	if ! node_ready; then
		warn 'The workbench was NOT tried in a browser.'
		return "$NOT_RUN"
	fi
	need_chromium || return
	npm_ci web
	cd web
	CHROMIUM=$(command -v chromium) npx --no-install playwright test
}

# The H5 build in a browser of a phone's size, against a demonstration.
test_phone() {
	if ! node_ready; then
		warn 'The mini-program was NOT tried in a browser.'
		return "$NOT_RUN"
	fi
	need_chromium || return
	npm_ci miniprogram
	demo_server npm --prefix miniprogram run --silent phone
}

wanted() { # NAME LIST… tells whether the person asked for the stage
	local name=$1 each
	shift
	if [[ $# -eq 0 ]]; then return 0; fi
	for each in "$@"; do
		if [[ $each == "$name" ]]; then return 0; fi
	done
	return 1
}

for each in "$@"; do
	if ! wanted "$each" format modules vet lint sqlite mysql web mini browser phone; then
		say "unknown stage: $each" >&2
		exit 2
	fi
done

if wanted format "$@"; then stage 'format (gofmt)' check_format; fi
if wanted modules "$@"; then stage 'modules (verify, tidy)' check_modules; fi
if wanted vet "$@"; then stage 'vet' go vet ./...; fi
if wanted lint "$@"; then stage 'lint (golangci-lint)' check_lint; fi
if wanted sqlite "$@"; then stage 'tests on SQLite' test_sqlite; fi
if wanted mysql "$@"; then stage 'tests on MariaDB' test_mysql; fi
if wanted web "$@"; then stage 'workbench (lint, types, build)' check_web; fi
if wanted mini "$@"; then stage 'mini-program (types, builds)' check_mini; fi
if wanted browser "$@"; then stage 'workbench in Chromium' test_browser; fi
if wanted phone "$@"; then stage 'mini-program in Chromium' test_phone; fi
summary
