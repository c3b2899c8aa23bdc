package handlers

import (
	"context"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"jiayi/internal/picture"
	"jiayi/models"
	"jiayi/models/store"
)

// ConversationItem is a conversation in a list.
type ConversationItem struct {
	ID             models.ID  `json:"id"`
	Status         string     `json:"status" enum:"open,closed"`
	StatusLabel    string     `json:"status_label"`
	ResidentID     models.ID  `json:"resident_id"`
	ResidentName   string     `json:"resident_name"`
	TeamID         models.ID  `json:"team_id"`
	TeamName       string     `json:"team_name"`
	TeamHours      string     `json:"team_hours" doc:"团队服务时间"`
	StaffID        models.ID  `json:"staff_id,omitzero" doc:"接手的成员;没有则团队任何成员均可回复"`
	StaffName      string     `json:"staff_name,omitempty"`
	LastAt         time.Time  `json:"last_at"`
	ReplyBy        *time.Time `json:"reply_by,omitempty" doc:"团队承诺的回复时间:下一个工作时段起 4 个工作小时内;没有待回复的消息时为空"`
	ResidentUnread int        `json:"resident_unread"`
	TeamUnread     int        `json:"team_unread"`
	ResidentRead   models.ID  `json:"resident_read,omitzero" doc:"居民已读到的消息"`
	TeamRead       models.ID  `json:"team_read,omitzero" doc:"团队已读到的消息"`
	Summary        string     `json:"summary,omitempty" doc:"结束时的小结"`
	ClosedAt       *time.Time `json:"closed_at,omitempty"`
	Actions        []Action   `json:"actions" nullable:"false"`
	Version        int        `json:"version"`
}

func conversationItem(c store.ConversationLine) ConversationItem {
	return ConversationItem{
		ID: c.ID, Status: string(c.Status), StatusLabel: models.ConversationStatusLabels[c.Status], ResidentID: c.ResidentID, ResidentName: c.ResidentName, TeamID: c.TeamID, TeamName: c.TeamName,
		TeamHours: c.TeamHours, StaffID: c.StaffID, StaffName: c.StaffName, LastAt: c.LastAt.UTC(), ReplyBy: c.ReplyBy, ResidentUnread: c.ResidentUnread, TeamUnread: c.TeamUnread,
		ResidentRead: c.ResidentRead, TeamRead: c.TeamRead, Summary: c.Summary, ClosedAt: c.ClosedAt, Actions: actions(models.ConversationProcess, c.Actions), Version: c.Version,
	}
}

// ChatImage says where a picture of a message is.
type ChatImage struct {
	URL    string `json:"url" doc:"须带身份凭证访问"`
	Type   string `json:"type"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
}

// ChatMessage is one message.
type ChatMessage struct {
	ID        models.ID  `json:"id"`
	FromTeam  bool       `json:"from_team"`
	By        string     `json:"by" doc:"staff:编号 或 resident:编号"`
	StaffName string     `json:"staff_name,omitempty"`
	Text      string     `json:"text,omitempty"`
	Image     *ChatImage `json:"image,omitempty"`
	At        time.Time  `json:"at"`
}

func chatMessage(m models.ChatMessage, staff string) ChatMessage {
	out := ChatMessage{ID: m.ID, FromTeam: m.FromTeam, By: m.By, StaffName: staff, Text: m.Text, At: m.CreatedAt.UTC()}
	if m.Image != "" {
		out.Image = &ChatImage{"/api/v1/messages/" + m.ConversationID.String() + "/images/" + m.ID.String(), m.ImageType, m.Width, m.Height}
	}
	return out
}

// Said is a message that was said, with its conversation.
type Said struct {
	Conversation ConversationItem `json:"conversation"`
	Message      ChatMessage      `json:"message"`
}

func said(c store.Chat, err error) (*Output[Said], error) {
	if err != nil {
		return nil, err
	}
	return &Output[Said]{etag(c.Conversation.Version), Said{conversationItem(c.Conversation), chatMessage(c.Message, "")}}, nil
}

// WriteMessageInput is a message to the resident's team, or to a resident.
type WriteMessageInput struct {
	Body struct {
		ResidentID models.ID `json:"resident_id,omitzero" doc:"居民本人发送时可省略"`
		Text       string    `json:"text" minLength:"1" maxLength:"1000"`
	}
}

// WriteMessage answers POST /messages.
func (h *Handlers) WriteMessage(ctx context.Context, in *WriteMessageInput) (*Output[Said], error) {
	return said(h.as(ctx).SayText(ctx, store.ChatDraft{ResidentID: in.Body.ResidentID, Text: in.Body.Text}))
}

// AnswerMessageInput is a message in a conversation.
type AnswerMessageInput struct {
	IDInput
	Body struct {
		Text string `json:"text" minLength:"1" maxLength:"1000"`
	}
}

// AnswerMessage answers POST /messages/{id}.
func (h *Handlers) AnswerMessage(ctx context.Context, in *AnswerMessageInput) (*Output[Said], error) {
	return said(h.as(ctx).SayText(ctx, store.ChatDraft{ConversationID: in.ID, Text: in.Body.Text}))
}

// ListConversationsInput chooses conversations.
type ListConversationsInput struct {
	PageInput
	ResidentID models.ID                 `query:"resident_id"`
	TeamID     models.ID                 `query:"team_id"`
	Status     models.ConversationStatus `query:"status" enum:"open,closed"`
	Unread     bool                      `query:"unread" doc:"只看己方有未读消息的"`
}

// ListConversations answers GET /messages.
func (h *Handlers) ListConversations(ctx context.Context, in *ListConversationsInput) (*ListOutput[ConversationItem], error) {
	list, err := h.as(ctx).Conversations(ctx, store.ConversationFilter{ResidentID: in.ResidentID, TeamID: in.TeamID, Status: in.Status, Unread: in.Unread}, in.page())
	if err != nil {
		return nil, err
	}
	return listOf(list, conversationItem), nil
}

// UnreadOutput counts what the actor's side has not read.
type UnreadOutput struct {
	Body struct {
		Messages      int `json:"messages"`
		Conversations int `json:"conversations"`
	}
}

// UnreadMessages answers GET /messages/unread.
func (h *Handlers) UnreadMessages(ctx context.Context, _ *struct{}) (*UnreadOutput, error) {
	out := &UnreadOutput{}
	var err error
	out.Body.Messages, out.Body.Conversations, err = h.as(ctx).Unread(ctx)
	return out, err
}

// GetConversationInput asks for a conversation with a page of its messages.
type GetConversationInput struct {
	IDInput
	PageInput
}

// ConversationDetail is a conversation with a page of its messages, the newest first.
type ConversationDetail struct {
	ConversationItem
	Messages   []ChatMessage  `json:"messages" nullable:"false" doc:"新的在前"`
	NextCursor string         `json:"next_cursor,omitempty"`
	History    []ProcessEvent `json:"history" nullable:"false" doc:"转交与结束的经过,仅团队可见"`
}

// GetConversation answers GET /messages/{id}.
func (h *Handlers) GetConversation(ctx context.Context, in *GetConversationInput) (*Output[ConversationDetail], error) {
	c, err := h.as(ctx).Conversation(ctx, in.ID, in.page())
	if err != nil {
		return nil, err
	}
	out := ConversationDetail{ConversationItem: conversationItem(c.ConversationLine), Messages: make([]ChatMessage, len(c.Messages.Items)), NextCursor: c.Messages.Next,
		History: processEvents(models.ConversationProcess, c.History)}
	for i, m := range c.Messages.Items {
		out.Messages[i] = chatMessage(m, c.Writers[m.StaffID])
	}
	return &Output[ConversationDetail]{etag(c.Version), out}, nil
}

// ReadMessagesInput marks a conversation as read.
type ReadMessagesInput struct {
	IDInput
	Body struct {
		UpTo models.ID `json:"up_to,omitzero" doc:"已读到的消息,默认最后一条"`
	}
}

// ReadMessages answers POST /messages/{id}/read.
func (h *Handlers) ReadMessages(ctx context.Context, in *ReadMessagesInput) (*Output[ConversationItem], error) {
	return conversationOutput(h.as(ctx).ReadChat(ctx, in.ID, in.Body.UpTo))
}

func conversationOutput(c store.ConversationLine, err error) (*Output[ConversationItem], error) {
	if err != nil {
		return nil, err
	}
	return &Output[ConversationItem]{etag(c.Version), conversationItem(c)}, nil
}

// MoveConversationInput hands a conversation over or closes it.
type MoveConversationInput struct {
	IDInput
	MatchInput
	Body struct {
		Move    models.ConversationMove `json:"move" enum:"hand_over,close" doc:"hand_over 转交,close 结束"`
		Reason  string                  `json:"reason,omitempty" maxLength:"500" doc:"hand_over:转交说明;close:小结"`
		StaffID models.ID               `json:"staff_id,omitzero" doc:"hand_over:接手的成员"`
	}
}

// MoveConversation answers POST /messages/{id}/move.
func (h *Handlers) MoveConversation(ctx context.Context, in *MoveConversationInput) (*Output[ConversationItem], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	return conversationOutput(h.as(ctx).MoveConversation(ctx, in.ID, version, in.Body.Move, in.Body.Reason, in.Body.StaffID))
}

// SendImageInput is a multipart body with a picture in its field file.
type SendImageInput struct {
	IDInput
	UploadInput
}

var errNoPicture = models.InvalidField("file", "required", "请以 multipart/form-data 的 file 字段上传图片")

// SendImage answers POST /messages/{id}/images. What the file is called is not looked at.
func (h *Handlers) SendImage(ctx context.Context, in *SendImageInput) (*Output[Said], error) {
	part, err := in.file()
	if models.IsKind(err, models.Invalid) {
		return nil, errNoPicture
	} else if err != nil {
		return nil, err
	}
	content, err := io.ReadAll(io.LimitReader(part, picture.MaxBytes+1))
	if err != nil {
		return nil, uploadError(err)
	}
	return said(h.as(ctx).SayImage(ctx, in.ID, content))
}

// ChatImageInput names a picture by its message.
type ChatImageInput struct {
	IDInput
	Message models.ID `path:"message"`
}

// GetChatImage answers GET /messages/{id}/images/{message}.
func (h *Handlers) GetChatImage(ctx context.Context, in *ChatImageInput) (*huma.StreamResponse, error) {
	content, kind, err := h.as(ctx).ChatImage(ctx, in.ID, in.Message)
	if err != nil {
		return nil, err
	}
	name := "image-" + in.Message.String() + map[string]string{"image/png": ".png", "image/jpeg": ".jpg"}[kind]
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		hc.SetHeader("Content-Type", kind)
		hc.SetHeader("Content-Length", strconv.Itoa(len(content)))
		hc.SetHeader("Content-Disposition", `attachment; filename="`+name+`"`)
		hc.SetHeader("X-Content-Type-Options", "nosniff")
		hc.SetStatus(http.StatusOK)
		_, _ = hc.BodyWriter().Write(content) // whoever hung up is told nothing
	}}, nil
}
