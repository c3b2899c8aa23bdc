package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// nodes of the cluster.
const nodes = 3

// galera is a cluster of MariaDB servers on this machine.
type galera struct {
	node [nodes]*mariadb
}

// newGalera makes a cluster and starts it, the first node as its beginning.
func newGalera(ctx context.Context, s settings) (*galera, error) {
	ports, err := freePorts(nodes * 4)
	if err != nil {
		return nil, err
	}
	var members []string
	for i := range nodes {
		members = append(members, fmt.Sprintf("127.0.0.1:%d", ports[nodes+i]))
	}
	g := &galera{}
	for i := range nodes {
		options := fmt.Sprintf("gmcast.listen_addr=tcp://%s;ist.recv_addr=127.0.0.1:%d;gcache.size=256M;pc.recovery=TRUE", members[i], ports[2*nodes+i])
		m, err := newMariaDB(s.path("node"+strconv.Itoa(i+1)), ports[i],
			"--wsrep-on=ON", "--wsrep-provider=/usr/lib/galera/libgalera_smm.so", "--wsrep-cluster-name=jiayi", "--wsrep-cluster-address=gcomm://"+strings.Join(members, ","),
			"--wsrep-node-name=node"+strconv.Itoa(i+1), "--wsrep-node-address=127.0.0.1", "--wsrep-provider-options="+options,
			"--wsrep-sst-method=rsync", "--wsrep-sst-receive-address=127.0.0.1:"+strconv.Itoa(ports[3*nodes+i]), "--innodb-autoinc-lock-mode=2", "--log-slave-updates")
		if err != nil {
			return g, err
		}
		if i > 0 { // every node knows the account of the first
			m.password = g.node[0].password
			if err := m.writeInit(); err != nil {
				return g, err
			}
		}
		g.node[i] = m
	}
	for i, m := range g.node {
		var once []string
		if i == 0 {
			once = []string{"--wsrep-new-cluster"}
		}
		if err := m.start(ctx, once...); err != nil {
			return g, err
		}
		if err := m.synced(ctx); err != nil {
			return g, err
		}
	}
	return g, nil
}

// synced waits until a node has everything the others have, and takes part.
func (m *mariadb) synced(ctx context.Context) error {
	db, err := m.open("")
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	return until(ctx, 2*time.Minute, "the node to be in step", func() (bool, error) {
		if !m.running() {
			return false, errors.New("a node ended: see " + m.log())
		}
		var name, state string
		err := db.QueryRowContext(ctx, "SHOW STATUS LIKE 'wsrep_local_state_comment'").Scan(&name, &state)
		return err == nil && state == "Synced", nil
	})
}

// cutOff takes a node away from the others; it still answers, and may not write.
func (m *mariadb) cutOff(ctx context.Context, cut bool) error {
	db, err := m.open("")
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	_, err = db.ExecContext(ctx, fmt.Sprintf("SET GLOBAL wsrep_provider_options = 'gmcast.isolate=%d'", map[bool]int{false: 0, true: 1}[cut]))
	return err
}

func (g *galera) stop() {
	for _, m := range g.node {
		if m != nil {
			m.stop()
		}
	}
}

// balancer is an HAProxy before the replicas, and before the database: the replicas all
// write to one node at a time, for row locks do not reach from node to node.
type balancer struct {
	web, db int // ports
	*process
}

// installCheck puts the health check of a node beside the account it asks with.
func installCheck(s settings, password string) (string, error) {
	script, err := os.ReadFile("scripts/drills/node-check.sh")
	if err != nil {
		return "", err
	}
	account := fmt.Sprintf("JIAYI_CHECK_USER=%s\nJIAYI_CHECK_PASSWORD=%s\n", dbUser, password)
	return s.path("node-check.sh"), errors.Join(
		os.WriteFile(s.path("node-check.sh"), script, 0o700), // #nosec G306,G703 -- a program, into the drill's own folder
		os.WriteFile(s.path("node-check.env"), []byte(account), 0o600),
	)
}

func startBalancer(ctx context.Context, s settings, g *galera, replicas []*replica) (*balancer, error) {
	ports, err := freePorts(2)
	if err != nil {
		return nil, err
	}
	check, err := installCheck(s, g.node[0].password)
	if err != nil {
		return nil, err
	}
	b := &balancer{web: ports[0], db: ports[1]}
	var c strings.Builder
	fmt.Fprintf(&c, "global\n  external-check\n  insecure-fork-wanted\ndefaults\n  timeout connect 2s\n  timeout client 60s\n  timeout server 60s\n  timeout check 4s\n  retries 2\n")
	fmt.Fprintf(&c, "listen web\n  bind 127.0.0.1:%d\n  mode http\n  balance roundrobin\n  option httpchk GET /readyz\n  option redispatch\n", b.web)
	for i, r := range replicas {
		fmt.Fprintf(&c, "  server r%d 127.0.0.1:%d check inter 300ms fall 2 rise 1\n", i+1, r.port)
	}
	// One writer: the connections of the others are cut when it returns, so that two nodes
	// are never written at once.
	fmt.Fprintf(&c, "listen db\n  bind 127.0.0.1:%d\n  mode tcp\n  timeout client 1h\n  timeout server 1h\n  option external-check\n  external-check path /usr/bin:/bin\n  external-check command %s\n", b.db, check)
	for i, m := range g.node {
		role := "on-marked-up shutdown-backup-sessions"
		if i > 0 {
			role = "backup"
		}
		fmt.Fprintf(&c, "  server n%d 127.0.0.1:%d check inter 1s fall 3 rise 2 on-marked-down shutdown-sessions %s\n", i+1, m.port, role)
	}
	file := s.path("haproxy.cfg")
	if err := os.WriteFile(file, []byte(c.String()), 0o600); err != nil {
		return nil, err
	}
	if b.process, err = launch(s.path("haproxy.log"), nil, "haproxy", "-db", "-f", file); err != nil {
		return nil, err
	}
	return b, until(ctx, 20*time.Second, "HAProxy", func() (bool, error) {
		if !b.running() {
			return false, errors.New("HAProxy ended: see " + s.path("haproxy.log"))
		}
		return listening(b.web) && listening(b.db), nil
	})
}
