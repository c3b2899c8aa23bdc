package handlers

import (
	"context"
	"fmt"
	"strings"
	"time"

	"jiayi/internal/password"
	"jiayi/internal/token"
	"jiayi/models"
	"jiayi/models/store"
)

// SecurityItem is one row of the security policy.
type SecurityItem struct {
	Item    string   `json:"item"`
	Label   string   `json:"label"`
	Setting []string `json:"settings" nullable:"false" doc:"系统实际执行的数值"`
	Clause  string   `json:"clause"`
}

// SecurityPolicy answers GET /security-policy: the table of domain §8.2 with the values that
// the code enforces, read from where it enforces them.
func (h *Handlers) SecurityPolicy(_ context.Context, _ *None) (*ListOutput[SecurityItem], error) {
	return &ListOutput[SecurityItem]{Body: ListBody[SecurityItem]{Items: securityPolicy()}}, nil
}

func securityPolicy() []SecurityItem {
	p := password.DefaultPolicy
	var second []string
	for _, r := range models.Roles {
		if r.SecondOTP {
			second = append(second, r.Label)
		}
	}
	return []SecurityItem{
		{"password", "口令", []string{
			fmt.Sprintf("长度不少于%d位", p.MinLength), fmt.Sprintf("大写、小写、数字、符号中至少%d类", p.MinClasses), "不能包含用户名,不能是常见口令",
			fmt.Sprintf("不能与最近%d次相同", models.PasswordsKept), fmt.Sprintf("%d天内须更换", days(models.PasswordLife)), "管理员设置的口令首次登录须修改"}, "等保2.0 身份鉴别 a"},
		{"lockout", "登录失败处理", []string{
			fmt.Sprintf("%d分钟内失败%d次锁定%d分钟,连续锁定时间加倍,最长%d小时", minutes(models.FailureWindow), models.LockAfter, minutes(models.LockFor), int(models.LockAtMost.Hours()))}, "等保2.0 身份鉴别 b"},
		{"session", "会话", []string{
			fmt.Sprintf("工作台无操作%d分钟后失效", minutes(models.StaffIdle)), fmt.Sprintf("工作台登录最长%d小时", int(models.StaffSession.Hours())),
			fmt.Sprintf("工作台访问令牌%d分钟", minutes(token.DefaultLifetimes.Staff)), fmt.Sprintf("小程序访问令牌%d小时", int(token.DefaultLifetimes.Resident.Hours()))}, "等保2.0 身份鉴别 b"},
		{"second_factor", "双因素", []string{"必须使用动态验证码:" + strings.Join(second, "、")}, "等保2.0 身份鉴别 d"},
		{"access", "访问控制", []string{
			fmt.Sprintf("%d种角色,默认拒绝;系统管理员、安全审计员与业务管理员分设", len(models.Roles)), fmt.Sprintf("账号%d天未使用自动停用", days(models.DormantAfter))}, "等保2.0 访问控制"},
		{"audit", "安全审计", []string{"所有写操作和对个人数据的每次查看均有记录,逐条链接防篡改,系统不提供删除"}, "等保2.0 安全审计"},
		{"reveal", "明文查看", []string{fmt.Sprintf("默认脱敏;查看明文须填写原因,每人每天最多%d次", store.MaxRevealsPerDay)}, "个人信息保护法 第五十一条"},
		{"export", "个人数据导出", []string{fmt.Sprintf("本人及监护人每天最多%d次", models.MaxExportsPerDay)}, "个人信息保护法 第四十五条"},
		{"requests", "更正与删除", []string{
			fmt.Sprintf("%d个工作日内答复", models.RequestWorkdays), fmt.Sprintf("门诊医疗记录保存不少于%d年,住院不少于%d年", models.RecordRetentionYears, models.InpatientRetention)}, "个人信息保护法 第四十六、四十七条"},
		{"statistics", "统计去标识", []string{fmt.Sprintf("满意度少于%d人不显示,且不能由差值推出", models.LeastShown)}, "个人信息保护法 第五十一条"},
		{"encryption", "数据保密性与完整性", []string{"证件号、电话、住址等字段 SM4-GCM 加密,HMAC-SM3 盲索引检索", "审计记录 HMAC-SM3 链接"}, "GB/T 39786-2021"},
		{"residual", "剩余信息保护", []string{fmt.Sprintf("重复提交标识%d小时后清除", int(models.IdempotencyTTL.Hours()))}, "等保2.0 剩余信息保护"},
	}
}

func days(d time.Duration) int    { return int(d.Hours() / 24) }
func minutes(d time.Duration) int { return int(d.Minutes()) }
