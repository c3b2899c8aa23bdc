package api

import (
	"jiayi/handlers"
	"jiayi/internal/picture"
	"jiayi/models"
)

func identityRoutes(h *handlers.Handlers) []Route {
	return []Route{
		get("/client-settings", "get-client-settings", "登录前的客户端设置", models.Public, h.GetClientSettings),
		post("/auth/staff", "sign-in-staff", "医务人员登录", models.Public, h.SignInStaff),
		post("/auth/wechat", "sign-in-wechat", "居民微信登录", models.Public, h.SignInWechat),
		post("/auth/wechat/phone", "wechat-phone", "居民授权微信手机号", models.OwnBinding, h.WechatPhone),
		post("/auth/refresh", "refresh-tokens", "换取新的访问令牌", models.Public, h.Refresh),
		empty(post("/auth/logout", "sign-out", "退出登录", models.OwnAccount, h.SignOut)),

		uploads(picture.MaxBytes, "身份证人像面的 PNG、JPEG 或 WebP 图片,最大 5MB、4000 万像素", post("/wechat/id-card", "read-id-card", "拍身份证:读出姓名和号码,图片不保存", models.ResidentWrite, h.ReadIDCard)),

		get("/me", "me", "当前登录人", models.OwnAccount, h.Me),
		post("/me/display", "set-display", "选择关怀模式", models.OwnAccount, h.SetDisplay),
		empty(post("/me/password", "change-password", "修改本人密码", models.OwnPassword, h.ChangePassword)),
		post("/me/reauth", "reauthenticate", "再次输入密码,以下载敏感导出", models.OwnPassword, h.Reauthenticate),
		post("/me/totp", "begin-totp", "开始绑定动态验证器", models.OwnTOTP, h.BeginTOTP),
		empty(post("/me/totp/confirm", "confirm-totp", "确认绑定动态验证器", models.OwnTOTP, h.ConfirmTOTP)),
		post("/me/binding", "bind-resident", "居民实名绑定", models.OwnBinding, h.Bind),

		get("/bindings", "list-pending-bindings", "待现场核实的实名绑定", models.ResidentWrite, h.PendingBindings),
		post("/bindings/{id}/confirm", "confirm-binding", "现场核实后确认绑定", models.ResidentWrite, h.ConfirmBinding),
		post("/bindings/{id}/refuse", "refuse-binding", "不予绑定", models.ResidentWrite, h.RefuseBinding),

		get("/accounts", "list-accounts", "账号列表", models.AccountAdmin, h.Accounts),
		creates(post("/accounts", "create-account", "新建账号", models.AccountAdmin, h.CreateAccount)),
		get("/accounts/{id}", "get-account", "账号详情", models.AccountAdmin, h.Account),
		patch("/accounts/{id}", "update-account", "修改账号", models.AccountAdmin, h.UpdateAccount),
		post("/accounts/{id}/reset-password", "reset-password", "重置密码", models.AccountAdmin, h.ResetPassword),
		post("/accounts/{id}/unlock", "unlock-account", "解除登录锁定", models.AccountAdmin, h.UnlockAccount),
		post("/accounts/{id}/reset-totp", "reset-totp", "重置动态验证器", models.AccountAdmin, h.ResetTOTP),
	}
}
