package api_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"jiayi/api"
	"jiayi/handlers"
)

// The page is asked for each time and runs nothing of anyone else; hashed files stay.
func TestPhonePage(t *testing.T) {
	script := strings.Repeat("console.log(1);", 200)
	h := api.New(api.Config{Version: "test", Quiet: true, Handlers: &handlers.Handlers{Client: handlers.ClientSettings{Demo: true, ServicePhone: "0632-1"}},
		Phone: fstest.MapFS{"index.html": {Data: []byte("<title>家医</title>")}, "assets/a-1.js": {Data: []byte(script)}},
	})
	get := func(path, encoding string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.Header.Set("Accept-Encoding", encoding)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
	page := get("/m/", "")
	if page.Code != http.StatusOK || !strings.Contains(page.Body.String(), "家医") || page.Header().Get("Cache-Control") != "no-cache" {
		t.Errorf("the page: %d %v", page.Code, page.Header())
	}
	if csp := page.Header().Get("Content-Security-Policy"); !strings.Contains(csp, "script-src 'self';") || !strings.Contains(csp, "default-src 'none'") {
		t.Errorf("the page's policy is %q", csp)
	}
	plain, zipped := get("/m/assets/a-1.js", ""), get("/m/assets/a-1.js", "gzip, br")
	if plain.Body.String() != script || !strings.Contains(plain.Header().Get("Cache-Control"), "immutable") {
		t.Errorf("the script: %d %v", plain.Code, plain.Header())
	}
	if zipped.Header().Get("Content-Encoding") != "gzip" || zipped.Body.Len() >= len(script) {
		t.Errorf("compressed: %v, %d bytes", zipped.Header(), zipped.Body.Len())
	}
	if got := get("/m/assets/none.js", ""); got.Code != http.StatusNotFound {
		t.Errorf("a file that is not there: %d", got.Code)
	}
	if got := get("/m", ""); got.Code != http.StatusFound || got.Header().Get("Location") != "/m/" {
		t.Errorf("without its slash: %d %v", got.Code, got.Header())
	}
	// Outside a demonstration nothing gives out codes.
	if got := get(api.PocketPath, ""); got.Code != http.StatusNotFound {
		t.Errorf("codes without a stand-in: %d", got.Code)
	}
	if got := get(api.Prefix+"/client-settings", "").Body.String(); got != `{"demo":true,"service_phone":"0632-1","id_card_camera":false}`+"\n" {
		t.Errorf("the settings are %s", got)
	}
}
