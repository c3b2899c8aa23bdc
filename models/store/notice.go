package store

import (
	"context"
	"maps"
	"slices"
	"strings"

	"gorm.io/gorm"

	"jiayi/models"
)

// NoticeLine is a notice of the actor's inbox.
type NoticeLine struct {
	models.Message
	Spec   models.NoticeSpec
	LinkID models.ID // of the row of Spec.Noun that it leads to, 0 when that is gone
	Ward   Named     // whom it is for, when that is not the actor
	Read   bool      // by the actor's side
}

// inbox is the data scope of the notices one reads: those of the staff account, or those of
// the resident and the people the resident is guardian of.
func (v View) inbox(db *gorm.DB) *gorm.DB {
	switch a := v.actor; {
	case a.Role == models.ResidentRole:
		return db.Where("outbox.resident_id IN ?", padded(anyOf(append([]models.ID{a.ResidentID}, a.WardIDs...))))
	case a.AccountID != 0:
		return db.Where("outbox.account_id = ?", a.AccountID)
	}
	return db.Where("1 = 0")
}

// unread narrows an inbox to what the actor's side has not read.
func (v View) unread(db *gorm.DB) *gorm.DB {
	if v.actor.Role != models.ResidentRole {
		return db.Where("outbox.read_at IS NULL")
	}
	own := some(v.actor.ResidentID)
	return db.Where("(outbox.resident_id = ? AND outbox.read_at IS NULL OR outbox.resident_id <> ? AND outbox.guardian_read_at IS NULL)", own, own)
}

// Notices lists the actor's inbox, the newest first.
func (v View) Notices(ctx context.Context, unread bool, p Page) (List[NoticeLine], error) {
	db := v.inbox(v.query(ctx))
	if unread {
		db = v.unread(db)
	}
	page, err := paginate(db, p, order{columns: []string{"outbox.id"}, desc: true}, func(m models.Message) []any { return []any{int64(m.ID)} })
	if err != nil {
		return List[NoticeLine]{}, err
	}
	links, err := linksOf(v.query(ctx), page.Items)
	if err != nil {
		return List[NoticeLine]{}, err
	}
	wards, err := names[models.Resident](v.query(ctx), v.actor.WardIDs)
	if err != nil {
		return List[NoticeLine]{}, err
	}
	out := List[NoticeLine]{Items: make([]NoticeLine, len(page.Items)), Next: page.Next}
	for i, m := range page.Items {
		spec, _ := models.NoticeOf(m.Template)
		line := NoticeLine{Message: m, Spec: spec, LinkID: links[i], Read: m.ReadAt != nil}
		if m.ResidentID != 0 && m.ResidentID != v.actor.ResidentID {
			line.Ward, line.Read = Named{m.ResidentID, wards[m.ResidentID]}, m.GuardianReadAt != nil
		}
		out.Items[i] = line
	}
	if v.actor.Role != models.ResidentRole { // a notice to staff names nobody
		return out, nil
	}
	return witnessedList(ctx, v, models.NoticeNoun, 0, out, func(n NoticeLine) models.ID { return n.ResidentID })
}

// linksOf are the ids that the notices lead to. Old rows about a contract hold its number.
func linksOf(db *gorm.DB, list []models.Message) ([]models.ID, error) {
	out, old := make([]models.ID, len(list)), map[string]int{}
	for i, m := range list {
		spec, _ := models.NoticeOf(m.Template)
		var no string
		if out[i], no = spec.Link(m.Data); no != "" {
			old[no] = i
		}
	}
	if len(old) == 0 {
		return out, nil
	}
	var numbers []string
	for no := range old {
		numbers = append(numbers, no)
	}
	ids, err := idsBy[models.Contract](db, "no", numbers)
	for i, m := range list {
		spec, _ := models.NoticeOf(m.Template)
		if _, no := spec.Link(m.Data); no != "" {
			out[i] = ids[no]
		}
	}
	return out, err
}

// UnreadNotices counts what the actor's side has not read of the inbox.
func (v View) UnreadNotices(ctx context.Context) (int64, error) {
	var n int64
	err := v.unread(v.inbox(v.query(ctx).Model(&models.Message{}))).Count(&n).Error
	return n, err
}

// ReadNotice marks one notice of the inbox as read; marked again it keeps its time. It
// returns NotFound for a notice of somebody else's.
func (v View) ReadNotice(ctx context.Context, id models.ID) error {
	return do(ctx, v, func(tx *Tx) error {
		var m models.Message
		if err := v.inbox(tx.db).Select("id", "resident_id").Take(&m, "outbox.id = ?", id).Error; err != nil {
			return notFound(err)
		}
		return tx.readNotices(func(db *gorm.DB) *gorm.DB { return db.Where("outbox.id = ?", m.ID) }, m.ID, m.ResidentID)
	})
}

// ReadNotices marks the notices of the inbox up to one as read. What came after it stays
// unread.
func (v View) ReadNotices(ctx context.Context, upTo models.ID) error {
	return do(ctx, v, func(tx *Tx) error {
		return tx.readNotices(func(db *gorm.DB) *gorm.DB { return db.Where("outbox.id <= ?", upTo) }, upTo, tx.actor.ResidentID)
	})
}

// readNotices marks what it chooses of the inbox: a guardian's reading is not the ward's.
func (tx *Tx) readNotices(which func(*gorm.DB) *gorm.DB, id, resident models.ID) error {
	v, own, n := tx.view(), tx.actor.ResidentID, int64(0)
	for column, whose := range map[string]string{"read_at": "outbox.resident_id = ?", "guardian_read_at": "outbox.resident_id <> ?"} {
		if tx.actor.Role != models.ResidentRole && column != "read_at" {
			continue
		}
		marked := which(v.inbox(tx.db.Model(&models.Message{}))).Where(whose, own).Where("outbox."+column+" IS NULL").Update(column, tx.now)
		if marked.Error != nil {
			return marked.Error
		}
		n += marked.RowsAffected
	}
	if n > 0 {
		tx.record("notice.read_mark", models.NoticeNoun, id, resident)
	}
	return nil
}

// mergeNotices gives the survivor of a merge the duplicate's notices.
func (tx *Tx) mergeNotices(survivor, duplicate models.ID) error {
	return tx.db.Model(&models.Message{}).Where("resident_id = ?", duplicate).Update("resident_id", survivor).Error
}

// UndeliveredLine is a notice that reached no phone, as those see it who look after the
// resident.
type UndeliveredLine struct {
	models.Message
	Spec         models.NoticeSpec
	LinkID       models.ID
	ResidentName string
	Reachable    bool          // a phone could be reached now
	Told         *models.Event // the call, once it was made
	Actions      []models.NoticeMove
}

// UndeliveredFilter chooses notices that reached no phone; zero fields choose all.
type UndeliveredFilter struct {
	Template string
	Reason   models.UndeliveredReason
	Status   models.MessageStatus // dead if empty
}

// followed is the data scope of notices to residents for those who look after them. It ends
// models.UndeliveredFor after the notice.
func (v View) followed(db *gorm.DB) *gorm.DB {
	return db.Where("outbox.created_at > ?", v.Now().Add(-models.UndeliveredFor)).
		Where("outbox.resident_id IN (?)", v.residents(db.Session(&gorm.Session{NewDB: true}).Model(&models.Resident{})).Select("residents.id"))
}

// Undelivered lists the notices to residents of the scope that reached no phone, the newest
// first (domain §7.4, the last resort: a telephone call of the team).
func (v View) Undelivered(ctx context.Context, f UndeliveredFilter, p Page) (List[UndeliveredLine], error) {
	if f.Status == "" {
		f.Status = models.MessageDead
	}
	db := v.followed(v.query(ctx)).Where("outbox.status = ?", f.Status)
	if f.Template != "" {
		if _, ok := models.NoticeOf(f.Template); !ok {
			return List[UndeliveredLine]{}, models.InvalidField("template", "enum", "没有这一类通知")
		}
		db = db.Where("outbox.template = ?", f.Template)
	}
	switch f.Reason {
	case "":
	case models.FailedDelivery:
		db = db.Where("outbox.last_error NOT IN ?", []string{models.NoAccount, models.NoQuota, models.RefusedPhone, models.NoticeLate})
	default:
		db = db.Where("outbox.last_error = ?", f.Reason)
	}
	page, err := paginate(db, p, order{columns: []string{"outbox.id"}, desc: true}, func(m models.Message) []any { return []any{int64(m.ID)} })
	if err != nil {
		return List[UndeliveredLine]{}, err
	}
	lines, err := v.undeliveredLines(v.query(ctx), page.Items)
	if err != nil {
		return List[UndeliveredLine]{}, err
	}
	return witnessedList(ctx, v, models.NoticeNoun, 0, List[UndeliveredLine]{Items: lines, Next: page.Next}, func(n UndeliveredLine) models.ID { return n.ResidentID })
}

func (v View) undeliveredLines(db *gorm.DB, list []models.Message) ([]UndeliveredLine, error) {
	people, told := make([]models.ID, len(list)), []models.ID{}
	for i, m := range list {
		people[i] = m.ResidentID
		if m.Status == models.MessageTold {
			told = append(told, m.ID)
		}
	}
	of, err := byID(db.Select("id", "name", "area_team_id", "area_inst_id", "signed_team_id", "signed_inst_id"), people, func(r models.Resident) models.ID { return r.ID })
	if err != nil {
		return nil, err
	}
	links, err := linksOf(db, list)
	if err != nil {
		return nil, err
	}
	open, err := reachable(db, list, v.Today())
	if err != nil {
		return nil, err
	}
	calls, err := callsOf(db, told)
	if err != nil {
		return nil, err
	}
	names, err := makers(db, slices.Collect(maps.Values(calls)), func(e *models.Event) string { return e.By })
	if err != nil {
		return nil, err
	}
	for _, call := range calls {
		call.ByName = names[call.By]
	}
	out := make([]UndeliveredLine, len(list))
	for i, m := range list {
		spec, _ := models.NoticeOf(m.Template)
		r := of[m.ResidentID]
		line := UndeliveredLine{Message: m, Spec: spec, LinkID: links[i], ResidentName: r.Name, Reachable: open[i], Told: calls[m.ID]}
		line.Actions = slices.DeleteFunc(models.NoticeProcess.Allowed(m.Status, v.actor, v.actor.PartyOf(r)), func(move models.NoticeMove) bool { return move == models.MoveResend && !line.Reachable })
		out[i] = line
	}
	return out, nil
}

// callsOf are the calls by which notices were told.
func callsOf(db *gorm.DB, told []models.ID) (map[models.ID]*models.Event, error) {
	out := map[models.ID]*models.Event{}
	if len(told) == 0 {
		return out, nil
	}
	var calls []models.Event
	err := db.Order("id").Find(&calls, "noun = ? AND noun_id IN ? AND move = ?", models.NoticeNoun, padded(told), models.MoveTell).Error
	for i := range calls {
		out[calls[i].NounID] = &calls[i]
	}
	return out, err
}

// reachable tells of each message whether a phone takes it now: somebody uses the
// mini-program and has subscribed to its family.
func reachable(db *gorm.DB, list []models.Message, today models.Date) ([]bool, error) {
	people := make([]models.ID, len(list))
	for i, m := range list {
		people[i] = m.ResidentID
	}
	to, err := channels(db, people, today)
	if err != nil {
		return nil, err
	}
	rows, err := quotas(db, slices.Concat(slices.Collect(maps.Values(to))...)...)
	if err != nil {
		return nil, err
	}
	out := make([]bool, len(list))
	for i, m := range list {
		spec, _ := models.NoticeOf(m.Template)
		out[i] = slices.ContainsFunc(rows, func(q models.SubscribeQuota) bool {
			return q.Remaining > 0 && q.Template == spec.Subscription && slices.Contains(to[m.ResidentID], q.WechatID)
		})
	}
	return out, nil
}

// ErrNoChannel is the answer to a resending that no phone would take.
var ErrNoChannel = models.Errorf(models.Conflict, "no_channel", "该居民目前没有可用的微信通道(未使用小程序、没有订阅次数或已撤回同意),请电话告知")

// ResendNotice sends a notice of the scope that reached no phone for one more round. It
// returns Conflict no_channel when no phone would take it, and wrong_state for a notice that
// is not dead: two at once make one round.
func (v View) ResendNotice(ctx context.Context, id models.ID) (UndeliveredLine, error) {
	return v.moveNotice(ctx, id, models.MoveResend, "")
}

// TellNotice notes that a notice of the scope that reached no phone was told by telephone.
// It returns Invalid without a note, and Conflict wrong_state for a notice that is not dead.
func (v View) TellNotice(ctx context.Context, id models.ID, note string) (UndeliveredLine, error) {
	note = strings.TrimSpace(note)
	var p models.Problems
	if models.CheckNote(&p, "note", "告知情况", note, models.MaxToldNote); len(p) > 0 {
		return UndeliveredLine{}, p.Err()
	}
	return v.moveNotice(ctx, id, models.MoveTell, note)
}

func (v View) moveNotice(ctx context.Context, id models.ID, move models.NoticeMove, note string) (UndeliveredLine, error) {
	return once(ctx, v, func(tx *Tx) (UndeliveredLine, error) {
		var none UndeliveredLine
		var seen models.Message
		if err := v.followed(tx.db).Select("id", "resident_id").Take(&seen, "outbox.id = ?", id).Error; err != nil {
			return none, notFound(err)
		}
		r, err := tx.lockResident(seen.ResidentID)
		if err != nil {
			return none, err
		}
		m, err := lock[models.Message](tx, id)
		if err != nil {
			return none, err
		}
		e, err := m.Move(move, tx.actor, tx.actor.PartyOf(r), note, tx.now)
		if err != nil {
			return none, err
		}
		open, err := reachable(tx.db, []models.Message{m}, tx.today)
		if err != nil {
			return none, err
		}
		if move == models.MoveResend && !open[0] {
			return none, ErrNoChannel
		}
		if err := tx.saveMessage(&m); err != nil {
			return none, err
		}
		if err := tx.happened(e, m.ID, r.ID); err != nil {
			return none, err
		}
		lines, err := tx.view().undeliveredLines(tx.db, []models.Message{m})
		if err != nil {
			return none, err
		}
		return lines[0], nil
	})
}
