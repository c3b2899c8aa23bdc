package store_test

import (
	"bytes"
	"image"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jiayi/internal/blob"
	"jiayi/models"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

func write(t *testing.T, s *store.Store, by models.Actor, resident models.ID, text string) store.Chat {
	t.Helper()
	c, err := s.As(by).SayText(t.Context(), store.ChatDraft{ResidentID: resident, Text: text})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestOneConversationAtATime: however many write at once, there is one conversation, and every
// message is counted.
func TestOneConversationAtATime(t *testing.T) {
	s, _ := storetest.District(t)
	for _, err := range race(16, func() error {
		_, err := s.As(storetest.Qiang).SayText(t.Context(), store.ChatDraft{ResidentID: storetest.ZhangXiuying, Text: "您好"})
		return err
	}) {
		if err != nil {
			t.Error(err)
		}
	}
	c := rows[models.Conversation](t, s)
	if len(c) != 1 || c[0].TeamUnread != 16 || len(rows[models.ChatMessage](t, s)) != 16 {
		t.Errorf("%+v", c)
	}
	if n, talks, err := s.As(storetest.EastNurseOne).Unread(t.Context()); n != 16 || talks != 1 || err != nil {
		t.Errorf("%d in %d, %v", n, talks, err)
	}
	if told := rows[models.Message](t, s, "resident_id = 0 AND template = ?", store.ChatTeamNotice); len(told) > 1 {
		t.Errorf("the lead was told %d times", len(told))
	}
	for name, by := range map[string]models.Actor{"another team": storetest.WestLead, "a stranger": storetest.Mei, "nobody": {}, "auditor": storetest.AuditorOne} {
		_, err := s.As(by).SayText(t.Context(), store.ChatDraft{ConversationID: c[0].ID, Text: "您好"})
		wantCode(t, err, "not_found")
		_, err = s.As(by).Conversation(t.Context(), c[0].ID, store.Page{})
		wantCode(t, err, "not_found")
		_, err = s.As(by).ReadChat(t.Context(), c[0].ID, 0)
		wantCode(t, err, "not_found")
		if list, err := s.As(by).Conversations(t.Context(), store.ConversationFilter{}, store.Page{}); err != nil || len(list.Items) != 0 {
			t.Errorf("%s lists %d, %v", name, len(list.Items), err)
		}
	}
}

// TestChatIsSealed: neither what was written nor what was photographed lies there in clear, and a
// refused picture leaves nothing.
func TestChatIsSealed(t *testing.T) {
	db, folder := storetest.DistrictDatabase(t), blob.Folder{Path: t.TempDir()}
	s, _ := storetest.OpenOn(t, db, store.Options{Blobs: folder})
	c := write(t, s, storetest.Qiang, storetest.ZhangXiuying, "夜里胸口发闷")
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 60, 60))); err != nil {
		t.Fatal(err)
	}
	sent, err := s.As(storetest.Qiang).SayImage(t.Context(), c.Conversation.ID, b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.As(storetest.EastNurseOne).MoveConversation(t.Context(), c.Conversation.ID, 0, models.TalkClose, "建议到院检查", 0); err != nil {
		t.Fatal(err)
	}
	err = store.EachCell(t.Context(), db, func(table, column, text string) {
		for _, secret := range []string{"胸口发闷", "到院检查"} {
			if strings.Contains(text, secret) {
				t.Errorf("%s.%s holds %s in clear", table, column, secret)
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	files := func() (n int) {
		_ = filepath.WalkDir(folder.Path, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			n++
			content, err := os.ReadFile(path)
			if bytes.Contains(content, []byte("PNG")) {
				t.Error("the picture is in clear")
			}
			return err
		})
		return n
	}
	if n := files(); n != 1 {
		t.Errorf("%d files", n)
	}
	plain, kind, err := s.As(storetest.EastNurseOne).ChatImage(t.Context(), c.Conversation.ID, sent.Message.ID)
	if err != nil || kind != "image/png" || !bytes.HasPrefix(plain, []byte("\x89PNG")) {
		t.Errorf("%s %v", kind, err)
	}
	if _, err := s.As(storetest.WestLead).SayImage(t.Context(), c.Conversation.ID, b.Bytes()); err == nil || files() != 1 {
		t.Errorf("a stranger's: %v, %d files", err, files())
	}
}

func TestConversationsOfThoseWhoLeave(t *testing.T) {
	s, _ := storetest.District(t)
	write(t, s, storetest.Dashan, 0, "您好")
	write(t, s, storetest.WestLead, storetest.LiJianguo, "您好")
	if _, err := s.As(storetest.Manager).Merge(t.Context(), storetest.LiDashan, storetest.LiJianguo, 0); err != nil {
		t.Fatal(err)
	}
	list, err := s.As(storetest.Dashan).Conversations(t.Context(), store.ConversationFilter{}, store.Page{})
	if err != nil || len(list.Items) != 2 {
		t.Fatalf("%d, %v", len(list.Items), err)
	}
	if _, err := s.As(storetest.Manager).Leave(t.Context(), storetest.LiDashan, 0, store.Leaving{Status: models.MovedOut, On: storetest.Today}); err != nil {
		t.Fatal(err)
	}
	for _, c := range rows[models.Conversation](t, s) {
		if c.Status != models.ConversationClosed || c.Current != nil || c.ReplyBy != nil {
			t.Errorf("%+v", c)
		}
	}
	_, err = s.As(storetest.WestLead).SayText(t.Context(), store.ChatDraft{ResidentID: storetest.LiDashan, Text: "您好"})
	wantCode(t, err, "not_living")
}
