package limit_test

import (
	"bufio"
	"bytes"
	"fmt"
	"log/slog"
	"net"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"jiayi/internal/limit"
)

// fakeRedis speaks just enough of the Redis protocol to count.
type fakeRedis struct {
	mu     sync.Mutex
	counts map[string]int
	lives  map[string]string // last PEXPIRE of a key, in milliseconds
	down   bool
	asked  int
}

func startRedis(t *testing.T) (*fakeRedis, *redis.Client) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	f := &fakeRedis{counts: map[string]int{}, lives: map[string]string{}}
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go f.serve(conn)
		}
	}()
	client := redis.NewClient(&redis.Options{Addr: listener.Addr().String(), MaxRetries: -1, DisableIdentity: true})
	t.Cleanup(func() { _, _ = client.Close(), listener.Close() })
	return f, client
}

func (f *fakeRedis) setDown(down bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.down = down
}

func (f *fakeRedis) askedSoFar() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.asked
}

func (f *fakeRedis) serve(conn net.Conn) {
	defer func() { _ = conn.Close() }()
	in := bufio.NewReader(conn)
	var queue []string
	inMulti := false
	for {
		words, err := readCommand(in)
		if err != nil {
			return
		}
		f.mu.Lock()
		down := f.down
		if words[0] == "EXEC" || words[0] == "MULTI" {
			f.asked++
		}
		f.mu.Unlock()
		switch {
		case down:
			return // hang up
		case words[0] == "MULTI":
			inMulti, queue = true, nil
			_, _ = fmt.Fprint(conn, "+OK\r\n")
		case words[0] == "EXEC":
			inMulti = false
			_, _ = fmt.Fprintf(conn, "*%d\r\n%s", len(queue), strings.Join(queue, ""))
		case inMulti:
			queue = append(queue, f.run(words))
			_, _ = fmt.Fprint(conn, "+QUEUED\r\n")
		default:
			_, _ = fmt.Fprint(conn, "-ERR unknown command\r\n") // HELLO of a newer protocol, among others
		}
	}
}

func (f *fakeRedis) run(words []string) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	if words[0] == "INCR" {
		f.counts[words[1]]++
		return fmt.Sprintf(":%d\r\n", f.counts[words[1]])
	}
	f.lives[words[1]] = words[2]
	return ":1\r\n"
}

func readCommand(in *bufio.Reader) ([]string, error) {
	line := func() (string, error) {
		s, err := in.ReadString('\n')
		return strings.TrimSuffix(s, "\r\n"), err
	}
	head, err := line()
	if err != nil {
		return nil, err
	}
	n, err := strconv.Atoi(strings.TrimPrefix(head, "*"))
	if err != nil {
		return nil, err
	}
	words := make([]string, n)
	for i := range words {
		if _, err := line(); err != nil { // the length
			return nil, err
		}
		if words[i], err = line(); err != nil {
			return nil, err
		}
	}
	words[0] = strings.ToUpper(words[0])
	return words, nil
}

// Two replicas count together, and a new window begins anew.
func TestReplicasShareTheCount(t *testing.T) {
	fake, client := startRedis(t)
	c := newClock()
	one, two := limit.NewRedis(client, "sign_in", slow, c.now), limit.NewRedis(client, "sign_in", slow, c.now)
	allow(one, t, "a", true)
	allow(two, t, "a", true)
	allow(one, t, "a", true)
	wait := allow(two, t, "a", false)
	if wait <= 0 || wait > 6*time.Second {
		t.Errorf("retry after %v", wait)
	}
	allow(two, t, "b", true)
	c.add(wait - 1)
	allow(one, t, "a", false)
	c.add(1)
	allow(one, t, "a", true)
	for key, ms := range fake.lives {
		if ms != "7000" {
			t.Errorf("%s lives %s ms", key, ms)
		}
	}
}

func TestRedisAway(t *testing.T) {
	var log bytes.Buffer
	old := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, nil)))
	t.Cleanup(func() { slog.SetDefault(old) })
	fake, client := startRedis(t)
	c := newClock()
	l := limit.NewRedis(client, "all", slow, c.now)
	fake.setDown(true)
	for range slow.Burst {
		allow(l, t, "a", true)
	}
	allow(l, t, "a", false) // limited, though only here
	c.add(time.Minute)
	allow(l, t, "a", true)
	if n := strings.Count(log.String(), "redis is away"); n != 1 {
		t.Errorf("logged %d times", n)
	}
	fake.setDown(false)
	asked := fake.askedSoFar()
	allow(l, t, "a", true)
	if fake.askedSoFar() != asked {
		t.Error("Redis was asked within the pause")
	}
	c.add(time.Minute)
	allow(l, t, "a", true)
	if fake.askedSoFar() == asked || strings.Count(log.String(), "redis is back") != 1 {
		t.Error("Redis was not taken up again")
	}
}
