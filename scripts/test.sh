#!/usr/bin/env bash
# Everything that must hold before a change goes in.
#
#   scripts/test.sh               all stages
#   scripts/test.sh lint sqlite   some of: format modules vet lint sqlite mysql mini phone
#
# The store is tested on SQLite and again on MariaDB: the server that
# JIAYI_TEST_MYSQL_DSN names, or a private one. Without one the run says which
# packages were not tested on it, and fails when CI=true.
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

# store_packages prints the packages that reach the database, themselves or in their tests.
store_packages() {
	go list -f '{{.ImportPath}} {{join .Deps " "}} {{join .TestImports " "}} {{join .XTestImports " "}}' ./... |
		awk '/ (gorm\.io\/gorm|jiayi\/models\/store)( |$)/ || $1 == "jiayi/models/store" { print $1 }'
}

# The embedded SQLite is Go code, which the race detector slows many times over: the
# packages that reach the database run under it on MariaDB, all others here.
test_sqlite() {
	local reach others
	mapfile -t reach < <(store_packages)
	mapfile -t others < <(go list ./... | grep -vxF -f <(printf '%s\n' "${reach[@]}"))
	go test -timeout 20m "${RACE[@]}" "${others[@]}"
	JIAYI_TEST_DB=sqlite go test -timeout 20m "${reach[@]}"
}

test_mysql() {
	local packages code=0
	mapfile -t packages < <(store_packages)
	if [[ ${#packages[@]} -eq 0 ]]; then
		say 'No package reaches the database.'
		return 0
	fi
	if [[ -n ${JIAYI_TEST_MYSQL_DSN:-} ]]; then
		JIAYI_TEST_DB=mysql go test -timeout 20m "${RACE[@]}" "${packages[@]}"
		return
	fi
	JIAYI_TEST_DB=mysql bash scripts/mariadb.sh go test -timeout 20m "${RACE[@]}" "${packages[@]}" || code=$?
	if [[ $code -eq $NOT_RUN ]]; then
		warn 'There is no MariaDB here. These packages were NOT tested on it:'
		printf '      %s\n' "${packages[@]}" >&2
	fi
	return "$code"
}

# need_npm PLACE installs the locked packages of a front end; browsers come from Debian.
need_npm() {
	if ! have npm; then
		warn "There is no Node here: $1 was NOT checked."
		return "$NOT_RUN"
	fi
	(cd "$1" && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund --loglevel=error)
}

# The main package of a mini-program may hold 2 MB, subpackages apart.
readonly MINI_LIMIT=$((2 * 1024 * 1024))

# mini_size fails when the main package of the mini-program, in a folder, is too large.
mini_size() {
	local size
	size=$(cd "$1" && find . -type f -not -path './resident/*' -not -path './doctor/*' -printf '%s\n' | awk '{ n += $1 } END { print n }')
	say "main package: $size bytes of $MINI_LIMIT"
	[[ $size -lt $MINI_LIMIT ]]
}

# check_mini holds the mini-program: generated client, types, unit tests, both builds, and
# that the committed H5 build is what the source builds.
check_mini() {
	local out
	need_npm miniprogram || return
	out=$(mktemp -d)
	cd miniprogram
	npx openapi-typescript ../docs/openapi.json -o "$out/schema.ts" >/dev/null
	if ! cmp -s "$out/schema.ts" src/api/schema.ts; then
		say 'the API client is behind docs/openapi.json: cd miniprogram && npm run api'
		return 1
	fi
	npm run --silent types
	npm test --silent
	npx uni build --outDir "$out/h5" >"$out/log" 2>&1 || { cat "$out/log"; return 1; }
	if ! diff -r "$out/h5" dist-h5; then
		say 'the committed H5 build is not what the source builds: cd miniprogram && npm run build:h5'
		return 1
	fi
	npm run --silent build:weixin >"$out/log" 2>&1 || { cat "$out/log"; return 1; }
	mini_size dist/build/mp-weixin
	rm -rf "$out"
}

# test_phone drives the H5 build in a browser of a phone's size against a demonstration.
test_phone() {
	need_chromium || return
	need_npm miniprogram || return
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
	if ! wanted "$each" format modules vet lint sqlite mysql mini phone; then
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
if wanted mini "$@"; then stage 'mini-program (types, tests, builds)' check_mini; fi
if wanted phone "$@"; then stage 'mini-program in a browser' test_phone; fi
summary
