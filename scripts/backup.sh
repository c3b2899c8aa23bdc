#!/usr/bin/env bash
# Backs a MariaDB up while it works, and restores it to a moment: a copy of the files
# (mariadb-backup) and, on top of it, the binary log up to that moment.
#
#   scripts/backup.sh take SOCKET DIR              a copy of the running server into DIR
#   scripts/backup.sh restore DIR DATADIR          DIR becomes the new, empty DATADIR; then start the server
#   scripts/backup.sh replay DIR SOCKET UNTIL LOG… what the logs hold from the copy on, up to
#                                                  UNTIL ("YYYY-MM-DD hh:mm:ss", UTC)
#
# The server must write a binary log (log_bin, binlog_format=ROW, sync_binlog=1); copy its
# files away often, they are the newest part of the backup. The folder of pictures
# (JIAYI_FILES) and the keys (.env) are backed up beside it, and apart from each other.
# Debian: mariadb-backup, mariadb-client. Afterwards: `jiayi tally verify`,
# `jiayi audit verify --anchor …`.
set -euo pipefail

take() {
	local socket=$1 dir=$2
	mkdir -p "$dir"
	mariadb-backup --no-defaults --backup --socket="$socket" --user="${JIAYI_BACKUP_USER:-root}" --target-dir="$dir/files" 2>"$dir/take.log" ||
		{ tail -n 5 "$dir/take.log" >&2; return 1; }
	mariadb-backup --no-defaults --prepare --target-dir="$dir/files" 2>"$dir/prepare.log" ||
		{ tail -n 5 "$dir/prepare.log" >&2; return 1; }
	cat "$dir/files/mariadb_backup_binlog_info" 2>/dev/null || cat "$dir/files/xtrabackup_binlog_info"
}

restore() {
	local dir=$1 data=$2
	mkdir -p "$data"
	if [[ -n $(ls -A "$data") ]]; then
		echo "$data is not empty" >&2
		return 1
	fi
	mariadb-backup --no-defaults --copy-back --target-dir="$dir/files" --datadir="$data" 2>"$dir/restore.log" ||
		{ tail -n 5 "$dir/restore.log" >&2; return 1; }
	# The logs of the server that was copied are not those of the new one.
	find "$data" -maxdepth 1 -name '*-bin.*' -delete
	if [[ $(id -u) -eq 0 ]]; then chown -R "${JIAYI_BACKUP_OWNER:-mysql}" "$data"; fi
}

replay() {
	local dir=$1 socket=$2 moment=$3 info first position log use=() seen=
	shift 3
	info=$dir/files/mariadb_backup_binlog_info
	if [[ ! -f $info ]]; then info=$dir/files/xtrabackup_binlog_info; fi
	read -r first position _ <"$info"
	for log in "$@"; do # in their order, from the one the copy ends in
		if [[ ${log##*/} == "$first" ]]; then seen=yes; fi
		if [[ -n $seen ]]; then use+=("$log"); fi
	done
	if [[ -z $seen ]]; then
		echo "the log $first, in which the copy ends, is not among the logs" >&2
		return 1
	fi
	TZ=UTC mariadb-binlog --no-defaults --start-position="$position" --stop-datetime="$moment" "${use[@]}" |
		mariadb --no-defaults --socket="$socket" --user="${JIAYI_BACKUP_USER:-root}"
}

case ${1:-} in
take | restore | replay) "$@" ;;
*)
	sed -n '2,18p' "$0" >&2
	exit 2
	;;
esac
