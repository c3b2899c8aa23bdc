package blob_test

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"jiayi/internal/blob"
)

// bucket is as much of S3 as is used: objects of one bucket behind a signature.
type bucket struct {
	mu      sync.Mutex
	objects map[string][]byte
}

func (b *bucket) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	b.mu.Lock()
	defer b.mu.Unlock()
	key, ok := strings.CutPrefix(r.URL.Path, "/pictures/")
	if !ok || !strings.Contains(r.Header.Get("Authorization"), "Credential=key/") {
		w.WriteHeader(http.StatusForbidden)
		return
	}
	switch r.Method {
	case http.MethodPut:
		content, _ := io.ReadAll(r.Body)
		if r.Header.Get("X-Amz-Decoded-Content-Length") != "" { // in signed chunks: SIZE;chunk-signature=…
			content = unchunk(content)
		}
		b.objects[key] = content
		w.Header().Set("ETag", `"1"`)
	case http.MethodGet, http.MethodHead:
		content, there := b.objects[key]
		if !there {
			w.WriteHeader(http.StatusNotFound)
			_, _ = io.WriteString(w, `<Error><Code>NoSuchKey</Code></Error>`)
			return
		}
		w.Header().Set("ETag", `"1"`)
		w.Header().Set("Last-Modified", "Mon, 23 Nov 2026 01:00:00 GMT")
		_, _ = w.Write(content)
	case http.MethodDelete:
		delete(b.objects, key)
		w.WriteHeader(http.StatusNoContent)
	}
}

func unchunk(body []byte) []byte {
	var out []byte
	for {
		head, rest, ok := bytes.Cut(body, []byte("\r\n"))
		size, _, _ := strings.Cut(string(head), ";")
		n := 0
		for _, c := range size {
			n = n*16 + strings.IndexRune("0123456789abcdef", c)
		}
		if !ok || n <= 0 || n > len(rest) {
			return out
		}
		out, body = append(out, rest[:n]...), bytes.TrimPrefix(rest[n:], []byte("\r\n"))
	}
}

func TestStores(t *testing.T) {
	b := &bucket{objects: map[string][]byte{}}
	server := httptest.NewServer(b)
	t.Cleanup(server.Close)
	s3, err := blob.NewS3(blob.S3Config{Endpoint: server.URL, Bucket: "pictures", AccessKey: "key", Secret: "secret"})
	if err != nil {
		t.Fatal(err)
	}
	folder := blob.Folder{Path: filepath.Join(t.TempDir(), "blobs")}
	for name, c := range map[string]struct {
		store  blob.Store
		damage func(hash string)
	}{
		"folder": {folder, func(hash string) {
			if err := os.WriteFile(filepath.Join(folder.Path, hash[:2], hash), []byte("else"), 0o600); err != nil {
				t.Fatal(err)
			}
		}},
		"s3": {s3, func(hash string) { b.objects[hash] = []byte("else") }},
	} {
		t.Run(name, func(t *testing.T) {
			content := bytes.Repeat([]byte("picture"), 10000)
			for range 2 {
				hash, err := c.store.Put(t.Context(), content)
				if err != nil || hash != blob.Hash(content) {
					t.Fatal(hash, err)
				}
			}
			hash := blob.Hash(content)
			if got, err := c.store.Get(t.Context(), hash); err != nil || !bytes.Equal(got, content) {
				t.Fatalf("%d bytes, %v", len(got), err)
			}
			for _, strange := range []string{blob.Hash([]byte("other")), "", "../../etc/passwd", strings.ToUpper(hash)} {
				if _, err := c.store.Get(t.Context(), strange); !errors.Is(err, blob.ErrNotFound) {
					t.Errorf("%q: %v", strange, err)
				}
			}
			c.damage(hash)
			if _, err := c.store.Get(t.Context(), hash); !errors.Is(err, blob.ErrDamaged) {
				t.Errorf("damaged: %v", err)
			}
			for range 2 {
				if err := c.store.Delete(t.Context(), hash); err != nil {
					t.Error(err)
				}
			}
			if _, err := c.store.Get(t.Context(), hash); !errors.Is(err, blob.ErrNotFound) {
				t.Errorf("deleted: %v", err)
			}
		})
	}
	if _, err := blob.NewS3(blob.S3Config{Endpoint: "s3.example.cn"}); err == nil {
		t.Error("an address without a scheme")
	}
}
