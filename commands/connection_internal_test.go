package commands

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"
)

// wire sends bytes as they are and returns every status that comes back before the server
// closes the connection; closed is false when it stays open for another request.
func wire(t *testing.T, address, raw string) (statuses []int, closed bool) {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	// The last request of its own asks for the end, so that nothing here waits.
	if _, err := io.WriteString(conn, raw+"GET /readyz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"); err != nil && len(raw) < 1<<10 {
		t.Fatal(err)
	}
	in := bufio.NewReader(conn)
	closed = true
	for {
		res, err := http.ReadResponse(in, nil)
		if err != nil {
			return statuses, closed
		}
		body, err := io.ReadAll(res.Body)
		_ = res.Body.Close()
		if err != nil {
			return statuses, closed
		}
		statuses = append(statuses, res.StatusCode)
		closed = closed && string(body) != "ready"
	}
}

// A request whose end can be seen in two ways never has a second one behind it.
func TestRequestSmuggling(t *testing.T) {
	base, stop, ended := startServer(t)
	address := strings.TrimPrefix(base, "http://")
	const body = `{"username":"nobody","password":"Nothing-1234"}`
	head := "POST /api/v1/auth/staff HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
	chunked := fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(body), body)
	for name, c := range map[string]struct {
		raw    string
		first  int
		closed bool
	}{
		"a good request":        {head + fmt.Sprintf("Content-Length: %d\r\n\r\n", len(body)) + body, 401, false},
		"length and chunks":     {head + "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n" + chunked, 401, true},
		"chunks and length":     {head + "Transfer-Encoding: chunked\r\nContent-Length: 400\r\n\r\n" + chunked, 401, true},
		"chunks of a GET":       {"GET /healthz HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 200, true},
		"two encodings":         {head + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n" + chunked, 501, true},
		"another encoding":      {head + "Transfer-Encoding: xchunked\r\n\r\n" + chunked, 501, true},
		"a space in the name":   {head + "Transfer-Encoding : chunked\r\nContent-Length: 5\r\n\r\n" + chunked, 400, true},
		"two lengths":           {head + "Content-Length: 5\r\nContent-Length: 6\r\n\r\n123456", 400, true},
		"a signed length":       {head + "Content-Length: +5\r\n\r\n12345", 400, true},
		"a length that is none": {head + "Content-Length: 5x\r\n\r\n12345", 400, true},
		"chunks of old":         {strings.Replace(head, "1.1", "1.0", 1) + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n" + chunked, 400, true},
		"no host":               {"GET /healthz HTTP/1.1\r\n\r\n", 400, true},
		"two hosts":             {"GET /healthz HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400, true},
		"NUL in a header":       {"GET /healthz HTTP/1.1\r\nHost: x\r\nA: \x00\r\n\r\n", 400, true},
	} {
		got, closed := wire(t, address, c.raw)
		if len(got) == 0 || got[0] != c.first || closed != c.closed {
			t.Errorf("%s: %v, closed %v", name, got, closed)
		}
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestHugeHeaders(t *testing.T) {
	base, stop, ended := startServer(t)
	address := strings.TrimPrefix(base, "http://")
	for name, header := range map[string]string{
		"one line": "X: " + strings.Repeat("x", 2*usualBounds.headerBytes), "many lines": strings.Repeat("X: y\r\n", usualBounds.headerBytes/3) + "X: y",
		"a cookie": "Cookie: jiayi_session=" + strings.Repeat("x", 2*usualBounds.headerBytes), "a token": "Authorization: Bearer " + strings.Repeat("x", 2*usualBounds.headerBytes),
	} {
		// What the server has not read when it closes may reset the connection before its answer
		// is read: no answer is a refusal too.
		got, closed := wire(t, address, "GET /healthz HTTP/1.1\r\nHost: x\r\n"+header+"\r\n\r\n")
		if len(got) > 0 && got[0] != http.StatusRequestHeaderFieldsTooLarge || !closed {
			t.Errorf("%s: %v", name, got)
		}
	}
	if got, _ := wire(t, address, "GET /"+strings.Repeat("a", 8<<10)+" HTTP/1.1\r\nHost: x\r\n\r\n"); len(got) == 0 || got[0] != http.StatusNotFound {
		t.Errorf("a long path: %v", got)
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// A client that dawdles is cut off: in the header, in the body, and between requests. The
// bounds are those of the server but for their length.
func TestSlowClients(t *testing.T) {
	if b := usualBounds; b.header <= 0 || b.read <= 0 || b.write <= 0 || b.idle <= 0 || b.headerBytes <= 0 {
		t.Fatalf("a bound is missing: %+v", b)
	}
	const soon = 50 * time.Millisecond
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	readAll := make(chan error, 1)
	srv := bounds{header: soon, read: 2 * soon, write: time.Minute, idle: soon, headerBytes: usualBounds.headerBytes}.server(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			_, err := io.ReadAll(r.Body)
			readAll <- err
		}
		_, _ = io.WriteString(w, "ok")
	}))
	go func() { _ = srv.Serve(l) }()
	t.Cleanup(func() { _ = srv.Close() })
	for name, part := range map[string]string{"header": "GET / HTTP/1.1\r\nHost: x\r\nX-Slow", "first byte": "G", "between requests": "GET / HTTP/1.1\r\nHost: x\r\n\r\n", "body": "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n12345"} {
		conn, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(conn, part); err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, conn); err != nil { // ends when the server closes
			t.Errorf("%s: %v", name, err)
		}
		_ = conn.Close()
	}
	if err := <-readAll; !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("the slow body ended with %v", err)
	}
}
