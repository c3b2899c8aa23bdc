package handlers

import (
	"context"
	"maps"
	"slices"
	"time"

	"jiayi/models"
	"jiayi/models/store"
)

// SubscriptionItem is a family of notices and what one has subscribed to.
type SubscriptionItem struct {
	Template    string     `json:"template" doc:"消息类别" enum:"appointment,followup,contract,medicine,referral,reply,home_service,renewal,complaint"`
	Label       string     `json:"label"`
	TemplateID  string     `json:"template_id,omitempty" doc:"微信模板编号,用于 wx.requestSubscribeMessage;没有则本区未启用"`
	Left        int        `json:"left" doc:"还可发送的条数"`
	Answer      string     `json:"answer,omitempty" enum:"accept,reject,ban,filter" doc:"最近一次的选择"`
	AnswerLabel string     `json:"answer_label,omitempty"`
	AnsweredAt  *time.Time `json:"answered_at,omitempty"`
	Ask         bool       `json:"ask" doc:"小程序下次点击时应请求订阅(最多3个)"`
}

// SubscriptionsOutput lists the families of notices.
type SubscriptionsOutput struct {
	Body struct {
		Items []SubscriptionItem `json:"items" nullable:"false"`
	}
}

func (h *Handlers) subscriptionsOutput(list []store.SubscriptionLine, err error) (*SubscriptionsOutput, error) {
	if err != nil {
		return nil, err
	}
	out := &SubscriptionsOutput{}
	out.Body.Items = make([]SubscriptionItem, len(list))
	for i, l := range list {
		item := SubscriptionItem{Template: string(l.Code), Label: l.Label, TemplateID: h.TemplateIDs[l.Code], Left: l.Quota.Remaining, Ask: l.Ask}
		if l.Quota.Answer != "" {
			at := l.Quota.AnsweredAt.UTC()
			item.Answer, item.AnswerLabel, item.AnsweredAt = string(l.Quota.Answer), models.SubscribeAnswerLabels[l.Quota.Answer], &at
		}
		out.Body.Items[i] = item
	}
	return out, nil
}

// sendable are the families with a message template.
func (h *Handlers) sendable() []models.Subscription {
	return slices.Sorted(maps.Keys(h.TemplateIDs))
}

// ListSubscriptions answers GET /me/subscriptions.
func (h *Handlers) ListSubscriptions(ctx context.Context, _ *None) (*SubscriptionsOutput, error) {
	return h.subscriptionsOutput(h.as(ctx).Subscriptions(ctx, h.sendable()))
}

// AnswerSubscriptionsInput is what wx.requestSubscribeMessage returned.
type AnswerSubscriptionsInput struct {
	Body struct {
		Results map[models.Subscription]models.SubscribeAnswer `json:"results" doc:"消息类别 → accept、reject、ban 或 filter;每次 accept 可发送一条"`
	}
}

// AnswerSubscriptions answers POST /me/subscriptions.
func (h *Handlers) AnswerSubscriptions(ctx context.Context, in *AnswerSubscriptionsInput) (*SubscriptionsOutput, error) {
	return h.subscriptionsOutput(h.as(ctx).AnswerSubscriptions(ctx, in.Body.Results, h.sendable()))
}
