package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"

	"jiayi/scripts/client"
)

// troupe is a cluster: three replicas behind a load balancer, on three nodes of Galera,
// with Redis for shared limits.
type troupe struct {
	theatre
	galera   *galera
	replicas []*replica
	front    *balancer
}

func (t *troupe) base() string { return fmt.Sprintf("http://127.0.0.1:%d", t.front.web) }

// formation starts the cluster and seeds the district.
func formation(ctx context.Context, s settings) (*troupe, error) {
	keys, err := secrets(s.jiayi)
	if err != nil {
		return nil, err
	}
	ports, err := freePorts(nodes + 1)
	if err != nil {
		return nil, err
	}
	t := &troupe{theatre: theatre{settings: s}}
	if t.galera, err = newGalera(ctx, s); t.galera != nil {
		t.later(t.galera.stop)
	}
	if err != nil {
		return t, err
	}
	t.db = t.galera.node[0]
	t.redis = &redis{port: ports[nodes], dir: s.dir}
	if err := t.redis.start(ctx); err != nil {
		return t, err
	}
	t.later(func() { t.redis.stop() })
	for i := range nodes {
		t.replicas = append(t.replicas, &replica{binary: s.jiayi, dir: s.dir, port: ports[i]})
	}
	if t.front, err = startBalancer(ctx, s, t.galera, t.replicas); err != nil {
		return t, err
	}
	t.later(func() { t.front.stop() })
	t.env = serverSettings(t.db.dsn(t.front.db, dbName), keys, fmt.Sprintf("JIAYI_REDIS=redis://127.0.0.1:%d/0", t.redis.port), "JIAYI_FILES="+s.path("files"), "JIAYI_TRUSTED_PROXIES=127.0.0.1/32")
	if err := t.seed(); err != nil {
		return t, err
	}
	for _, r := range t.replicas {
		r.env = t.env
		t.later(func() { r.stop() })
	}
	return t, nil
}

// clusterDrills are what goes wrong in a cluster.
var clusterDrills = []struct {
	name  string
	fault func(ctx context.Context, t *troupe) error
}{
	{"replica killed", func(ctx context.Context, t *troupe) error {
		t.replicas[1].kill()
		if err := wait(ctx, 3*time.Second); err != nil {
			return err
		}
		return t.replicas[1].start(ctx)
	}},
	{"writing node killed", func(ctx context.Context, t *troupe) error { return t.lose(ctx, t.galera.node[0].kill) }},
	{"other node killed", func(ctx context.Context, t *troupe) error {
		m := t.galera.node[2]
		m.kill()
		if err := wait(ctx, 3*time.Second); err != nil {
			return err
		}
		if err := m.start(ctx); err != nil {
			return err
		}
		return m.synced(ctx)
	}},
	{"writing node cut off", func(ctx context.Context, t *troupe) error {
		m := t.galera.node[0]
		if err := m.cutOff(ctx, true); err != nil {
			return err
		}
		if err := wait(ctx, 10*time.Second); err != nil {
			return err
		}
		if err := m.cutOff(ctx, false); err != nil {
			return err
		}
		return m.synced(ctx)
	}},
	{"Redis gone", func(ctx context.Context, t *troupe) error { return redisGone(ctx, &t.theatre) }},
}

// lose takes the writing node away, lets the cluster go on, and brings it back.
func (t *troupe) lose(ctx context.Context, how func()) error {
	how()
	if err := wait(ctx, 6*time.Second); err != nil {
		return err
	}
	m := t.galera.node[0]
	if err := m.start(ctx); err != nil {
		return err
	}
	return m.synced(ctx)
}

// cluster shows the throughput with one, two and three replicas, and plays the drills.
func cluster(ctx context.Context, s settings) error {
	t, err := formation(ctx, s)
	if t != nil {
		defer t.close()
	}
	if err != nil {
		return err
	}
	fmt.Println("| replicas | acknowledged writes /s |\n|---|---|")
	for n := range t.replicas {
		if err := t.replicas[n].start(ctx); err != nil {
			return err
		}
		if err := until(ctx, 30*time.Second, "the balancer to see the replica", func() (bool, error) { return answers(ctx, t.base()+"/readyz"), nil }); err != nil {
			return err
		}
		rate, err := t.throughput(ctx)
		if err != nil {
			return err
		}
		fmt.Printf("| %d | %.0f |\n", n+1, rate)
	}
	fmt.Println()
	out := &table{}
	for _, d := range clusterDrills {
		if s.wants(d.name) && ctx.Err() == nil {
			t.act(ctx, out, d.name, func() error { return d.fault(ctx, t) })
		}
	}
	for name, play := range map[string]func(context.Context, *table) error{"one resident at three replicas": t.race, "one job in three processes": t.oneJob} {
		if s.wants(name) && ctx.Err() == nil {
			if err := play(ctx, out); err != nil {
				out.failed(name, err)
			}
		}
	}
	if out.missed {
		return errMissed
	}
	return ctx.Err()
}

// throughput is the acknowledged writes a second over some seconds.
func (t *troupe) throughput(ctx context.Context) (float64, error) {
	l, err := startLoad(ctx, t.logins, t.base())
	if err != nil {
		return 0, err
	}
	defer l.end()
	if err := wait(ctx, 2*time.Second); err != nil {
		return 0, err
	}
	begun := time.Now()
	at, _ := l.counts()
	if err := wait(ctx, 8*time.Second); err != nil {
		return 0, err
	}
	n, _ := l.counts()
	return float64(n-at) / time.Since(begun).Seconds(), l.wrong()
}

// act breaks something under the load and examines every node.
func (t *troupe) act(ctx context.Context, out *table, name string, fault func() error) {
	l, err := startLoad(ctx, t.logins, t.base())
	if err != nil {
		out.failed(name, err)
		return
	}
	err = l.during(ctx, fault)
	l.end()
	if err != nil {
		out.failed(name, err)
		return
	}
	for _, m := range t.galera.node {
		if err := m.synced(ctx); err != nil {
			out.failed(name, err)
			return
		}
	}
	v, err := t.everywhere(ctx, l.stories)
	if err != nil {
		out.failed(name, err)
		return
	}
	out.row(name, l.ledger, v)
}

// everywhere examines the writing node wholly, and the others for what was acknowledged.
func (t *troupe) everywhere(ctx context.Context, stories []*story) (verdict, error) {
	v, err := t.examine(ctx, stories)
	if err != nil {
		return v, err
	}
	for i, m := range t.galera.node[1:] {
		other, err := t.examineOn(ctx, m, stories)
		if err != nil {
			return v, err
		}
		if !other.clean() {
			v.note("node %d: %+v", i+2, other)
			v.missing, v.doubled, v.half, v.drift = v.missing+other.missing, v.doubled+other.doubled, v.half+other.half, v.drift+other.drift
			v.chain = v.chain && other.chain
		}
	}
	return v, nil
}

// rivals is how many residents are signed by all replicas at the same moment.
const rivals = 60

// race signs the same residents at every replica at once: one contract each.
func (t *troupe) race(ctx context.Context, out *table) error {
	c, err := t.logins.SignIn(ctx, t.base(), writer)
	if err != nil {
		return err
	}
	l := &load{ledger: &ledger{}, logins: t.logins, base: t.base()}
	if err := l.findVillages(ctx, c); err != nil {
		return err
	}
	r := rand.New(rand.NewPCG(7, 7)) // #nosec G404 -- a load, not a secret
	won := 0
	for range rivals {
		s := &story{name: name(r)}
		resident := l.tell(ctx, c, s, false, "resident", "/residents", l.person(s, l.village[0], r))
		if resident == "" {
			return l.wrong()
		}
		var wg sync.WaitGroup
		var mu sync.Mutex
		for _, at := range t.replicas {
			wg.Go(func() {
				rival := client.Client{Base: at.base(), Token: c.Token, HTTP: http.DefaultClient}
				err := rival.Call(ctx, http.MethodPost, "/contracts", map[string]any{"resident_id": resident, "team_id": l.village[0].TeamID, "signature": client.Signature}, nil)
				mu.Lock()
				defer mu.Unlock()
				if err == nil {
					won++
				}
			})
		}
		wg.Wait()
	}
	v, err := t.everywhere(ctx, nil)
	if err != nil {
		return err
	}
	if won != rivals {
		return fmt.Errorf("%d signings of %d residents were acknowledged", won, rivals)
	}
	out.told("one resident at three replicas", fmt.Sprintf("%d residents signed by all replicas at once: one contract each", won), v)
	return nil
}
