package handlers

import (
	"context"
	"time"

	"jiayi/models"
	"jiayi/models/store"
)

// NoticeLink is what a notice leads to.
type NoticeLink struct {
	Noun string    `json:"noun" doc:"如 contract、appointment、referral"`
	ID   models.ID `json:"id"`
}

// NoticeItem is a notice of one's own inbox.
type NoticeItem struct {
	ID        models.ID   `json:"id"`
	Template  string      `json:"template" doc:"通知类别代码"`
	Title     string      `json:"title"`
	Text      string      `json:"text" doc:"不含疾病名称"`
	Urgent    bool        `json:"urgent"`
	Link      *NoticeLink `json:"link,omitempty" doc:"点开后的去处"`
	For       *NamedBody  `json:"for,omitempty" doc:"代办的家人的通知:为谁"`
	CreatedAt time.Time   `json:"created_at"`
	Read      bool        `json:"read"`
}

func noticeLink(spec models.NoticeSpec, id models.ID) *NoticeLink {
	if id == 0 {
		return nil
	}
	return &NoticeLink{spec.Noun, id}
}

func noticeItem(n store.NoticeLine) NoticeItem {
	out := NoticeItem{ID: n.ID, Template: n.Template, Title: n.Spec.Title, Text: n.Spec.Text, Urgent: n.Spec.Urgent, Link: noticeLink(n.Spec, n.LinkID),
		For: showNamed(n.Ward), CreatedAt: n.CreatedAt.UTC(), Read: n.Read}
	switch {
	case n.AccountID != 0:
		out.Text = n.Spec.ToStaff
	case out.For != nil:
		out.Text = n.Spec.About(out.For.Name)
	}
	return out
}

// ListNoticesInput chooses notices of the own inbox.
type ListNoticesInput struct {
	PageInput
	Unread bool `query:"unread" doc:"只看未读"`
}

// ListNotices answers GET /notices.
func (h *Handlers) ListNotices(ctx context.Context, in *ListNoticesInput) (*ListOutput[NoticeItem], error) {
	list, err := h.as(ctx).Notices(ctx, in.Unread, in.page())
	if err != nil {
		return nil, err
	}
	return listOf(list, noticeItem), nil
}

// UnreadNoticesOutput counts the unread notices of the own inbox.
type UnreadNoticesOutput struct {
	Body struct {
		Notices int64 `json:"notices"`
	}
}

// UnreadNotices answers GET /notices/unread.
func (h *Handlers) UnreadNotices(ctx context.Context, _ *None) (*UnreadNoticesOutput, error) {
	out := &UnreadNoticesOutput{}
	var err error
	out.Body.Notices, err = h.as(ctx).UnreadNotices(ctx)
	return out, err
}

// ReadNotice answers POST /notices/{id}/read.
func (h *Handlers) ReadNotice(ctx context.Context, in *IDInput) (*None, error) {
	return nil, h.as(ctx).ReadNotice(ctx, in.ID)
}

// ReadNoticesInput marks everything up to a notice.
type ReadNoticesInput struct {
	Body struct {
		UpTo models.ID `json:"up_to" doc:"已读到的通知(含)"`
	}
}

// ReadNotices answers POST /notices/read.
func (h *Handlers) ReadNotices(ctx context.Context, in *ReadNoticesInput) (*None, error) {
	if in.Body.UpTo == 0 {
		return nil, models.InvalidField("up_to", "required", "请注明已读到哪条通知")
	}
	return nil, h.as(ctx).ReadNotices(ctx, in.Body.UpTo)
}

// UndeliveredItem is a notice to a resident that reached no phone.
type UndeliveredItem struct {
	ID           models.ID     `json:"id"`
	Template     string        `json:"template" doc:"通知类别代码"`
	Title        string        `json:"title"`
	Text         string        `json:"text" doc:"居民看到的文字"`
	Urgent       bool          `json:"urgent"`
	Link         *NoticeLink   `json:"link,omitempty"`
	ResidentID   models.ID     `json:"resident_id"`
	ResidentName string        `json:"resident_name"`
	CreatedAt    time.Time     `json:"created_at"`
	Status       string        `json:"status" enum:"waiting,inbox,sent,dead,told"`
	StatusLabel  string        `json:"status_label"`
	Reason       string        `json:"reason,omitempty" enum:"no_account,no_quota,refused,late,failed"`
	ReasonLabel  string        `json:"reason_label,omitempty"`
	Attempts     int           `json:"attempts" doc:"本轮已尝试的次数"`
	Reachable    bool          `json:"reachable" doc:"现在有可用的微信通道"`
	Told         *ProcessEvent `json:"told,omitempty" doc:"谁、何时、如何电话告知"`
	Actions      []Action      `json:"actions" nullable:"false" doc:"现在可以办理的步骤"`
}

func undeliveredItem(n store.UndeliveredLine) UndeliveredItem {
	out := UndeliveredItem{
		ID: n.ID, Template: n.Template, Title: n.Spec.Title, Text: n.Spec.Text, Urgent: n.Spec.Urgent, Link: noticeLink(n.Spec, n.LinkID), ResidentID: n.ResidentID, ResidentName: n.ResidentName,
		CreatedAt: n.CreatedAt.UTC(), Status: string(n.Status), StatusLabel: models.MessageStatusLabels[n.Status], Attempts: n.Attempts, Reachable: n.Reachable,
		Actions: actions(models.NoticeProcess, n.Actions),
	}
	if n.LastError != "" {
		reason := n.Undelivered()
		out.Reason, out.ReasonLabel = string(reason), models.UndeliveredReasonLabels[reason]
	}
	if n.Told != nil {
		out.Told = &processEvents(models.NoticeProcess, []models.Event{*n.Told})[0]
	}
	return out
}

// ListUndeliveredInput chooses notices that reached no phone.
type ListUndeliveredInput struct {
	PageInput
	Template string                   `query:"template" maxLength:"32" doc:"通知类别代码"`
	Reason   models.UndeliveredReason `query:"reason" enum:"no_account,no_quota,refused,late,failed" doc:"no_account 未使用小程序,no_quota 没有订阅次数,refused 拒收,late 已过时效,failed 发送失败"`
	State    models.MessageStatus     `query:"state" enum:"dead,told" default:"dead" doc:"dead 未送达,told 已电话告知"`
}

// ListUndelivered answers GET /notices/undelivered.
func (h *Handlers) ListUndelivered(ctx context.Context, in *ListUndeliveredInput) (*ListOutput[UndeliveredItem], error) {
	list, err := h.as(ctx).Undelivered(ctx, store.UndeliveredFilter{Template: in.Template, Reason: in.Reason, Status: in.State}, in.page())
	if err != nil {
		return nil, err
	}
	return listOf(list, undeliveredItem), nil
}

// UndeliveredOutput answers with one notice that reached no phone.
type UndeliveredOutput struct{ Body UndeliveredItem }

func undeliveredOutput(n store.UndeliveredLine, err error) (*UndeliveredOutput, error) {
	if err != nil {
		return nil, err
	}
	return &UndeliveredOutput{undeliveredItem(n)}, nil
}

// ResendNotice answers POST /notices/{id}/resend.
func (h *Handlers) ResendNotice(ctx context.Context, in *IDInput) (*UndeliveredOutput, error) {
	return undeliveredOutput(h.as(ctx).ResendNotice(ctx, in.ID))
}

// TellNoticeInput notes a telephone call.
type TellNoticeInput struct {
	IDInput
	Body struct {
		Note string `json:"note" minLength:"1" maxLength:"200" doc:"告知情况,如与谁通话;不写病情"`
	}
}

// TellNotice answers POST /notices/{id}/told.
func (h *Handlers) TellNotice(ctx context.Context, in *TellNoticeInput) (*UndeliveredOutput, error) {
	return undeliveredOutput(h.as(ctx).TellNotice(ctx, in.ID, in.Body.Note))
}
