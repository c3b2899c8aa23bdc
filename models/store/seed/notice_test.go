package seed_test

import (
	"testing"

	"jiayi/models"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

// hasNotices: the district sees what reached no phone, some of it told, and the
// demonstration's residents have an inbox.
func (d loaded) hasNotices(t *testing.T) {
	out := d.result
	v := d.store.As(storetest.Manager)
	for _, status := range []models.MessageStatus{models.MessageDead, models.MessageTold} {
		list, err := v.Undelivered(t.Context(), store.UndeliveredFilter{Status: status}, store.Page{Limit: 100})
		if err != nil || len(list.Items) == 0 {
			t.Fatalf("%s: %d, %v", status, len(list.Items), err)
		}
		for _, n := range list.Items {
			if n.ResidentName == "" || n.LinkID == 0 || n.Spec.Text == "" || (n.Told != nil) != (status == models.MessageTold) {
				t.Errorf("%+v", n)
			}
		}
	}
	if list, err := v.Undelivered(t.Context(), store.UndeliveredFilter{Reason: models.NoQuota}, store.Page{}); err != nil || len(list.Items) != 1 || !list.Items[0].Reachable {
		t.Errorf("one can be sent again: %+v, %v", list.Items, err)
	}
	for i, u := range out.Users {
		if u.Kind != "elder" {
			continue
		}
		elder := d.store.As(models.Actor{Role: models.ResidentRole, WechatID: models.ID(i + 1), ResidentID: u.ResidentID})
		if n, err := elder.UnreadNotices(t.Context()); err != nil || n == 0 {
			t.Errorf("%d unread, %v", n, err)
		}
		if lines, err := elder.Subscriptions(t.Context(), nil); err != nil || lines[0].Quota.Remaining != 1 {
			t.Errorf("%+v, %v", lines, err)
		}
	}
}
