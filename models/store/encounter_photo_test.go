package store_test

import (
	"bytes"
	"errors"
	"image"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"jiayi/internal/blob"
	"jiayi/models"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

// TestVisitPhotos: of many that come at once as many stay as a visit may have, each can be opened
// by its number, lies there sealed, and what was refused leaves nothing.
func TestVisitPhotos(t *testing.T) {
	folder := blob.Folder{Path: t.TempDir()}
	s, _ := storetest.OpenOn(t, storetest.DistrictDatabase(t), store.Options{Blobs: folder})
	d := htn(storetest.Today, pressure(130, 80))
	d.VisitWay = 2
	visit := log(t, s, d)
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 60, 60))); err != nil {
		t.Fatal(err)
	}
	taken := 0
	for _, err := range race(2*models.MostPhotos, func() error {
		_, err := s.As(storetest.EastNurseOne).PhotographEncounter(t.Context(), visit.ID, b.Bytes())
		return err
	}) {
		if err == nil {
			taken++
		} else {
			wantCode(t, err, "photos_full")
		}
	}
	if taken != models.MostPhotos {
		t.Errorf("%d were taken", taken)
	}
	files := 0
	err := filepath.WalkDir(folder.Path, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		content, err := os.ReadFile(path)
		if bytes.Contains(content, []byte("PNG")) {
			t.Error("the picture is in clear")
		}
		return err
	})
	if err != nil || files != models.MostPhotos {
		t.Errorf("%d files, %v", files, err)
	}
	read, err := s.As(storetest.Qiang).Encounter(t.Context(), visit.ID)
	if err != nil || len(read.PhotoRefs()) != models.MostPhotos || read.Version != 1+models.MostPhotos || read.Place != visit.Place {
		t.Errorf("%+v, %v", read.Encounter, err)
	}
	for n := range models.MostPhotos + 2 {
		content, err := s.As(storetest.Qiang).EncounterPhoto(t.Context(), visit.ID, n)
		if there := n >= 1 && n <= models.MostPhotos; there && (err != nil || len(content) == 0) || !there && !errors.Is(err, models.ErrNotFound) {
			t.Errorf("picture %d: %d bytes, %v", n, len(content), err)
		}
	}
	for _, stranger := range []models.Actor{storetest.WestLead, storetest.Mei} {
		if _, err := s.As(stranger).EncounterPhoto(t.Context(), visit.ID, 1); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("%s: %v", stranger.Role, err)
		}
	}
}
