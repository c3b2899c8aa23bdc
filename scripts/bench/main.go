// Command bench measures the API at the size of a district against its floor: the same SQL
// statements sent straight to the same database through database/sql, with as many at
// once, and nothing else. run.sh starts what it needs and prints the table.
//
//	bench requests   writes the requests of every operation for the load generator
//	bench record     notes the statements of the first requests of every operation
//	bench show OP    prints the statements of one request
//	bench floor OP   sends the statements of one operation and prints its figures
//	bench county N   prints a county file of N rows
//	bench groups     counts the dashboard's figures by GROUP BY over residents, in ms
//	bench renew      signs in again for the requests: a session locks after a quarter of an hour
//	bench grow N     multiplies residents, contracts, memberships and tasks by N in the tables
package main

import (
	"context"
	"encoding/gob"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"time"

	"jiayi/api"
	"jiayi/handlers"
	"jiayi/internal/seal"
	"jiayi/internal/sqlwatch"
	"jiayi/internal/token"
	"jiayi/models/store"
)

// settings are where everything is; run.sh gives them.
type settings struct {
	dir    string // of requests and recordings
	base   string // of the running server
	logins string // file of logins that `jiayi seed` wrote
	users  int
	times  int           // recordings of an operation
	long   time.Duration // how long a reading operation is sent
}

func main() {
	var s settings
	flag.StringVar(&s.dir, "dir", "bench-data", "folder of requests and recordings")
	flag.StringVar(&s.base, "base", "http://127.0.0.1:8080", "server")
	flag.StringVar(&s.logins, "logins", "logins.json", "file of logins")
	flag.IntVar(&s.users, "users", 16, "users at once")
	flag.IntVar(&s.times, "times", 300, "requests of an operation whose statements are noted")
	flag.DurationVar(&s.long, "for", 10*time.Second, "how long a reading operation is sent")
	flag.Parse()
	run := map[string]func(context.Context, settings) error{"requests": writeRequests, "renew": renew, "record": record, "floor": floor, "show": show, "county": county, "groups": groups, "grow": grow}[flag.Arg(0)]
	if run == nil {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(context.Background(), s); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// request is one request of an operation.
type request struct {
	Method, Path, Body string
}

func (s settings) file(operation, kind string) string {
	return filepath.Join(s.dir, strings.ReplaceAll(operation, " ", "-")+"."+kind)
}

// record opens the store as a server would, with a recorder before the database, and
// notes what the first requests of every operation send.
func record(ctx context.Context, s settings) error {
	rec := &sqlwatch.Recorder{}
	db, err := store.OpenWatched(os.Getenv("JIAYI_DSN"), 0, rec.Watch)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	ring, err := seal.New(seal.Settings{Fields: setting("JIAYI_FIELD_KEYS"), Index: setting("JIAYI_INDEX_KEY"), Audit: setting("JIAYI_AUDIT_KEYS")})
	if err != nil {
		return err
	}
	st := store.New(db, ring, store.Options{Region: os.Getenv("JIAYI_REGION"), AllowTestRegion: true})
	defer st.Close()
	keys, err := token.ParseKeys("JIAYI_JWT_KEYS", os.Getenv("JIAYI_JWT_KEYS"))
	if err != nil {
		return err
	}
	signer, err := token.NewSigner(keys, "jiayi-"+os.Getenv("JIAYI_REGION"), token.DefaultLifetimes)
	if err != nil {
		return err
	}
	h := &handlers.Handlers{Store: st, Tokens: signer}
	srv := api.New(api.Config{Handlers: h, Identify: h.Identify, Quiet: true})
	for _, op := range operations {
		if err := recordOne(ctx, s, srv, rec, op.name); err != nil {
			return fmt.Errorf("%s: %w", op.name, err)
		}
	}
	return nil
}

func setting(name string) seal.Setting { return seal.Setting{Name: name, Value: os.Getenv(name)} }

func recordOne(ctx context.Context, s settings, srv http.Handler, rec *sqlwatch.Recorder, operation string) error {
	list, bearer, err := s.readRequests(operation)
	if err != nil {
		return err
	}
	var all [][]sqlwatch.Statement
	for i, r := range list[:min(s.times, len(list))] {
		var status int
		var answer string
		notes := rec.Take(func() {
			req := httptest.NewRequestWithContext(ctx, r.Method, r.Path, strings.NewReader(r.Body))
			req.Header.Set("Authorization", "Bearer "+bearer)
			if r.Body != "" {
				req.Header.Set("Content-Type", "application/json")
			}
			w := httptest.NewRecorder()
			srv.ServeHTTP(w, req)
			status, answer = w.Code, w.Body.String()
		})
		if status == http.StatusConflict {
			continue // someone else holds what it wants: an application, a visit of the day
		}
		if status >= 300 {
			return fmt.Errorf("request %d was answered with %d: %s", i, status, answer)
		}
		all = append(all, notes)
	}
	f, err := os.Create(s.file(operation, "sql"))
	if err != nil {
		return err
	}
	err = gob.NewEncoder(f).Encode(all)
	return errors.Join(err, f.Close())
}

// readRequests reads what writeRequests wrote: a line with the token, then a request a line.
func (s settings) readRequests(operation string) (list []request, bearer string, err error) {
	b, err := os.ReadFile(s.file(operation, "requests"))
	if err != nil {
		return nil, "", err
	}
	for i, line := range strings.Split(strings.TrimSuffix(string(b), "\n"), "\n") {
		if i == 0 {
			bearer = line
			continue
		}
		parts := strings.SplitN(line, "\t", 3)
		list = append(list, request{parts[0], parts[1], parts[2]})
	}
	return list, bearer, nil
}

func mustJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}
