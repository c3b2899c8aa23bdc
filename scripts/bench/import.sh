# shellcheck shell=bash
# The load of a county file beside LOAD DATA of the rows that came of it. Sourced by run.sh.

stop
server=
main_dsn=$JIAYI_DSN
export JIAYI_DSN=${main_dsn%/*}/jiayi_import
mysql_user=${main_dsn#mysql:}
mysql_user=${mysql_user%%:*}
mysql_password=${main_dsn#mysql:*:}
mysql_password=${mysql_password%%@*}
mysql_port=${main_dsn##*:}
mysql_port=${mysql_port%%)*}

# query SQL asks the server past the store.
query() {
	MYSQL_PWD=$mysql_password mariadb --no-defaults --host=127.0.0.1 --port="$mysql_port" --user="$mysql_user" --batch --skip-column-names --execute "$1" jiayi_import
}

MYSQL_PWD=$mysql_password mariadb --no-defaults --host=127.0.0.1 --port="$mysql_port" --user="$mysql_user" --execute 'CREATE OR REPLACE DATABASE jiayi_import CHARACTER SET utf8mb4'
"$dir/jiayi" migrate >&2
"$dir/jiayi" seed --scale 0.001 --logins "$dir/import-logins.json" >&2 2>/dev/null
bench county "$rows" >"$dir/county.csv"
begun=$(date +%s%N)
"$dir/jiayi" import "$dir/county.csv" >"$dir/import.out" 2>"$dir/import.err" &
loader=$!
peak=0
while kill -0 "$loader" 2>/dev/null; do
	now=$(awk '/VmHWM/ { print int($2 / 1024) }' "/proc/$loader/status" 2>/dev/null || true)
	if [[ -n $now && $now -gt $peak ]]; then peak=$now; fi
	sleep 0.2
done
wait "$loader" || { tail -n 3 "$dir/import.out" "$dir/import.err" >&2; missed=1; }
took=$((($(date +%s%N) - begun) / 1000000))

# The finished rows of every table that the load filled, written out and loaded again.
out=$(query 'SELECT @@datadir')
loaded=0
for table in residents households memberships standings care_standings tally_entries tallies care_entries audit_rows tasks; do
	if [[ -z $(query "SHOW TABLES LIKE '$table'") ]]; then continue; fi
	query "SELECT * INTO OUTFILE '$out/bench_$table.txt' FROM $table"
	query "CREATE TABLE again_$table LIKE $table"
	begun=$(date +%s%N)
	query "LOAD DATA INFILE '$out/bench_$table.txt' INTO TABLE again_$table"
	loaded=$((loaded + ($(date +%s%N) - begun) / 1000000))
	query "DROP TABLE again_$table"
done
share=$(awk -v a="$loaded" -v b="$took" 'BEGIN { printf "%.2f", a / b }')
holds import "$share" '>=' 0.5 >"$dir/held"
printf 'import of %s rows: %s s (%s); LOAD DATA of the finished rows: %s s; share %s, at least 0.5: %s\n' "$rows" "$(awk -v a="$took" 'BEGIN { printf "%.1f", a / 1000 }')" \
	"$(head -n 1 "$dir/import.out")" "$(awk -v a="$loaded" 'BEGIN { printf "%.1f", a / 1000 }')" "$share" "$(cat "$dir/held")"
holds memory "$peak" '<=' 256 >"$dir/held"
printf 'memory of the import at most: %s MB, at most 256: %s\n' "$peak" "$(cat "$dir/held")"
export JIAYI_DSN=$main_dsn
start
