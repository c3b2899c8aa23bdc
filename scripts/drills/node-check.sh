#!/bin/sh
# The health check of a Galera node for HAProxy: 0 when the node is in step and may write.
# HAProxy gives the node's address and port as the third and fourth argument, and passes
# no environment but PATH: the account stands in a file beside the configuration, or the
# check asks without one.
# shellcheck disable=SC1091
[ -f "${0%/*}/node-check.env" ] && . "${0%/*}/node-check.env"
state=$(MYSQL_PWD=$JIAYI_CHECK_PASSWORD timeout 2 mariadb --no-defaults --host="$3" --port="$4" --user="$JIAYI_CHECK_USER" \
	--batch --skip-column-names --execute "SHOW STATUS WHERE Variable_name = 'wsrep_local_state_comment' OR Variable_name = 'wsrep_cluster_status'" 2>/dev/null) || exit 1
case $state in
*Primary*Synced* | *Synced*Primary*) case $state in *non-Primary*) exit 1 ;; esac ;;
*) exit 1 ;;
esac
