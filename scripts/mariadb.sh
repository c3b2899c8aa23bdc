#!/usr/bin/env bash
# A private MariaDB server for tests, benchmarks and drills, in a directory of its
# own that is gone afterwards.
#
#   scripts/mariadb.sh               start, print the DSN, stop on Ctrl-C
#   scripts/mariadb.sh COMMAND…      start, run the command with JIAYI_TEST_MYSQL_DSN set, stop
#
# Settings: MARIADB_BUFFER_POOL (512M), MARIADB_TMPDIR (where the directory is made:
# /dev/shm where that has 4 GB free, else /tmp).
# The user of the DSN may create databases. Exit code 75: there is no MariaDB here.
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

MARIADB_DIR=
MARIADB_PID=

# mariadb_install makes sure of the server; root on Debian installs it.
mariadb_install() {
	PATH=$PATH:/usr/sbin:/sbin
	if command -v mariadbd >/dev/null && command -v mariadb-install-db >/dev/null; then
		return 0
	fi
	if [[ $(id -u) -ne 0 ]] || ! command -v apt-get >/dev/null; then
		echo 'MariaDB is not installed (Debian: apt-get install mariadb-server)' >&2
		return 1
	fi
	echo 'Installing mariadb-server' >&2
	{
		apt-get update -qq &&
			DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends mariadb-server
	} >&2
	command -v mariadbd >/dev/null
}

# mariadb_free_port prints a local port nobody listens on.
mariadb_free_port() {
	local port
	for _ in {1..50}; do
		port=$((20000 + RANDOM % 12000))
		if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
			echo "$port"
			return 0
		fi
	done
	return 1
}

# mariadb_start starts the server and exports JIAYI_TEST_MYSQL_DSN.
mariadb_start() {
	local user password
	user=$(id -un)
	MARIADB_DIR=$(mktemp -d "${MARIADB_TMPDIR:-$(quick_home)}/jiayi-mariadb.XXXXXX")
	if [[ $(id -u) -eq 0 ]]; then
		user=root
		if id mysql >/dev/null 2>&1; then
			user=mysql
			chown mysql "$MARIADB_DIR"
		fi
	fi
	if ! mariadb-install-db --no-defaults --user="$user" --datadir="$MARIADB_DIR/data" \
		--skip-test-db --auth-root-authentication-method=socket >"$MARIADB_DIR/install.log" 2>&1; then
		cat "$MARIADB_DIR/install.log" >&2
		return 1
	fi
	password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
	cat >"$MARIADB_DIR/init.sql" <<-SQL
		CREATE DATABASE IF NOT EXISTS jiayi_test CHARACTER SET utf8mb4;
		CREATE OR REPLACE USER 'jiayi_test'@'127.0.0.1' IDENTIFIED BY '$password';
		GRANT ALL PRIVILEGES ON *.* TO 'jiayi_test'@'127.0.0.1';
	SQL
	chmod 0640 "$MARIADB_DIR/init.sql"
	if [[ $user == mysql ]]; then chgrp mysql "$MARIADB_DIR/init.sql"; fi

	local port
	for _ in 1 2 3; do # another process may take the port first
		port=$(mariadb_free_port)
		if mariadb_launch "$user" "$port"; then
			export JIAYI_TEST_MYSQL_DSN="jiayi_test:$password@tcp(127.0.0.1:$port)/jiayi_test?charset=utf8mb4&parseTime=true"
			return 0
		fi
	done
	tail -n 30 "$MARIADB_DIR/error.log" >&2
	return 1
}

# mariadb_launch USER PORT starts the server process and waits until it answers.
mariadb_launch() {
	mariadbd --no-defaults --user="$1" --port="$2" --bind-address=127.0.0.1 --skip-name-resolve \
		--datadir="$MARIADB_DIR/data" --socket="$MARIADB_DIR/sock" --pid-file="$MARIADB_DIR/pid" \
		--log-error="$MARIADB_DIR/error.log" --init-file="$MARIADB_DIR/init.sql" \
		--character-set-server=utf8mb4 --collation-server=utf8mb4_unicode_ci --default-time-zone=+00:00 \
		--innodb-flush-log-at-trx-commit=1 --innodb-buffer-pool-size="${MARIADB_BUFFER_POOL:-512M}" \
		--innodb-log-file-size=256M --max-connections=500 >/dev/null 2>&1 &
	MARIADB_PID=$!
	for _ in {1..300}; do
		if ! kill -0 "$MARIADB_PID" 2>/dev/null; then
			MARIADB_PID=
			return 1
		fi
		# The socket listens only once the init file has been run.
		if mariadb-admin --no-defaults --socket="$MARIADB_DIR/sock" ping >/dev/null 2>&1; then
			return 0
		fi
		sleep 0.2
	done
	return 1
}

# mariadb_stop ends the server this script started, by its pid, and removes its directory.
mariadb_stop() {
	if [[ -n $MARIADB_PID ]]; then
		kill "$MARIADB_PID" 2>/dev/null || true
		wait "$MARIADB_PID" 2>/dev/null || true
		MARIADB_PID=
	fi
	if [[ -n $MARIADB_DIR ]]; then
		rm -rf -- "$MARIADB_DIR"
		MARIADB_DIR=
	fi
}

mariadb_install || exit 75
trap mariadb_stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
mariadb_start
if [[ $# -gt 0 ]]; then
	"$@"
else
	echo "JIAYI_TEST_MYSQL_DSN=$JIAYI_TEST_MYSQL_DSN"
	echo 'Ctrl-C stops the server.' >&2
	wait "$MARIADB_PID"
fi
