package api_test

import (
	"net/http"
	"strings"
	"testing"

	"jiayi/api"
	"jiayi/handlers"
	"jiayi/internal/calendar"
	"jiayi/models"
	"jiayi/models/store/storetest"
)

// sample is one request of a route about an object of 东村 (team 1), and who may know of
// that object. Everyone else who holds the permission must get 404, or a list without it.
type sample struct {
	path   string // below the prefix
	body   string
	mayNot string // names of actors who know of the object but are refused with 403
	sees   string // names of actors, "*" for everyone with the permission
	marker string // of a list: what only those who see it may find in the answer
}

// Who may know of 张秀英 (resident 1, 东村) and of contracts with team 1.
const (
	ofEast   = "manager liuyuan east nurse qiang"
	everyone = "*"
	ofZhang  = "张秀英"
)

var samples = map[string]sample{
	// Identity: an empty body reaches the checks of the fields, and nobody signs in.
	"get-client-settings":   {path: "/client-settings", sees: everyone},
	"sign-in-staff":         {path: "/auth/staff", body: `{}`, sees: everyone},
	"sign-in-wechat":        {path: "/auth/wechat", body: `{}`, sees: everyone},
	"wechat-phone":          {path: "/auth/wechat/phone", body: `{}`, sees: everyone},
	"read-id-card":          {path: "/wechat/id-card", sees: everyone}, // without a picture: 422
	"refresh-tokens":        {path: "/auth/refresh", body: `{}`, sees: everyone},
	"sign-out":              {path: "/auth/logout", sees: everyone},
	"me":                    {path: "/me", sees: everyone},
	"set-display":           {path: "/me/display", body: `{"care_mode":"on"}`, sees: everyone},
	"change-password":       {path: "/me/password", body: `{}`, sees: everyone},
	"reauthenticate":        {path: "/me/reauth", body: `{}`, sees: everyone},
	"begin-totp":            {path: "/me/totp", sees: everyone},
	"confirm-totp":          {path: "/me/totp/confirm", body: `{}`, sees: everyone},
	"bind-resident":         {path: "/me/binding", body: `{}`, sees: everyone},
	"list-pending-bindings": {path: "/bindings", sees: "manager liuyuan east nurse", marker: ofZhang},
	"confirm-binding":       {path: "/bindings/1/confirm", sees: ofEast},
	"refuse-binding":        {path: "/bindings/1/refuse", sees: ofEast},
	"list-accounts":         {path: "/accounts", sees: everyone},
	"create-account":        {path: "/accounts", body: `{"username":"audit.two","name":"安全员","role":"auditor","institution_id":"1"}`, sees: everyone},
	"get-account":           {path: "/accounts/101", sees: everyone},
	"update-account":        {path: "/accounts/101", body: `{"name":"卫管理"}`, sees: everyone},
	"reset-password":        {path: "/accounts/101/reset-password", sees: everyone},
	"unlock-account":        {path: "/accounts/101/unlock", sees: everyone},
	"reset-totp":            {path: "/accounts/101/reset-totp", sees: everyone},

	"list-institutions":        {path: "/institutions", sees: everyone},
	"get-institution":          {path: "/institutions/2", sees: everyone},
	"list-alliances":           {path: "/alliances", sees: everyone},
	"list-villages":            {path: "/villages", sees: everyone},
	"list-teams":               {path: "/teams", sees: everyone},
	"get-team":                 {path: "/teams/1", sees: everyone},
	"list-partners":            {path: "/partners", sees: everyone},
	"list-packages":            {path: "/packages", sees: everyone},
	"list-populations":         {path: "/populations", sees: everyone},
	"add-institution":          {path: "/institutions", body: anInstitution, sees: everyone},
	"change-institution":       {path: "/institutions/3", body: strings.Replace(anInstitution, `"parent_id":"1"`, `"active":true`, 1), sees: everyone},
	"add-village":              {path: "/villages", body: aVillage, sees: "manager liuyuan"},
	"change-village":           {path: "/villages/1", body: `{"name":"东村","town":"榴园镇","grid_worker":"孙网格"}`, sees: "manager liuyuan"},
	"list-staff":               {path: "/staff", sees: "manager liuyuan east nurse west admin centre officer qiang mei dashan", mayNot: "qiang mei dashan", marker: "周医生"},
	"add-staff":                {path: "/staff", body: aDoctor, sees: "manager liuyuan"},
	"change-staff":             {path: "/staff/2", body: strings.Replace(aDoctor, `"name"`, `"active":true,"name"`, 1), sees: "manager liuyuan"},
	"open-team":                {path: "/teams", body: aTeam, sees: "manager liuyuan"},
	"change-team":              {path: "/teams/1", body: `{"code":"T001","name":"东村团队","phone":"0632-4400001","hours":"周一至周五"}`, sees: "manager liuyuan"},
	"join-team":                {path: "/teams/1/members", body: `{"staff_id":"3","role":"R01"}`, sees: "manager liuyuan"},
	"add-package":              {path: "/packages", body: aPackage, sees: everyone},
	"retire-package":           {path: "/packages/2/retire", sees: everyone},
	"list-agreement-templates": {path: "/agreement-templates", sees: everyone},
	"add-agreement-template":   {path: "/agreement-templates", body: `{"title":"协议","body":"正文","begins_on":"2027-01-01"}`, sees: everyone},
	"get-agreement-template":   {path: "/agreement-template", sees: everyone},

	"list-residents":    {path: "/residents", sees: ofEast, marker: ofZhang},
	"create-resident":   {path: "/residents", body: `{"name":"甲","sex":"1","birth_date":"2026-11-01","village_id":"1"}`, sees: everyone},
	"get-resident":      {path: "/residents/1", sees: ofEast},
	"update-resident":   {path: "/residents/1", body: `{"address":"东村2号"}`, sees: ofEast},
	"reveal-resident":   {path: "/residents/1/reveal", body: `{"reason":"核对信息"}`, sees: ofEast},
	"move-resident":     {path: "/residents/1/move", body: `{"village_id":"1","address":"东村3号"}`, sees: ofEast},
	"move-out-resident": {path: "/residents/1/move-out", body: `{"on":"2026-11-20"}`, sees: ofEast},
	"record-death":      {path: "/residents/1/death", body: `{"on":"2026-11-20"}`, sees: ofEast},
	"merge-resident":    {path: "/residents/1/merge", body: `{"duplicate_id":"3"}`, sees: ofEast},
	"get-timeline":      {path: "/residents/1/timeline", sees: ofEast},
	"list-memberships":  {path: "/residents/1/populations", sees: ofEast},
	"enrol-resident":    {path: "/residents/1/populations", body: `{"code":"08","begin":"2026-11-01","evidence":"残疾人证"}`, sees: ofEast},
	"close-membership":  {path: "/residents/1/populations/1/close", body: `{"end":"2026-11-20","reason":"误诊"}`, sees: ofEast},
	"list-guardians":    {path: "/residents/1/guardians", sees: ofEast},
	"add-guardian":      {path: "/residents/1/guardians", body: `{"guardian_id":"2","relation":"20","consent":"on_site","evidence":"本人同意"}`, sees: ofEast},
	"end-guardian":      {path: "/residents/1/guardians/1/end", sees: ofEast},

	"list-contracts":     {path: "/contracts", sees: ofEast, marker: ofZhang},
	"sign-contract":      {path: "/contracts", body: `{"resident_id":"1","team_id":"1"}`, sees: ofEast},
	"draft-agreement":    {path: "/contracts/draft", body: `{"resident_id":"1","team_id":"1"}`, sees: ofEast},
	"get-contract":       {path: "/contracts/1", sees: ofEast},
	"accept-contract":    {path: "/contracts/1/accept", sees: ofEast},
	"reject-contract":    {path: "/contracts/1/reject", body: `{"reason":"重复"}`, sees: ofEast},
	"confirm-contract":   {path: "/contracts/1/confirm", sees: ofEast},
	"cancel-contract":    {path: "/contracts/1/cancel", body: `{}`, sees: ofEast},
	"renew-contract":     {path: "/contracts/1/renew", body: `{}`, sees: ofEast},
	"terminate-contract": {path: "/contracts/1/terminate", body: `{"reason":"04"}`, sees: ofEast},
	"preview-transfer":   {path: "/contracts/1/transfer-preview?team_id=2", sees: ofEast},
	"transfer-contract":  {path: "/contracts/1/transfer", body: `{"team_id":"1"}`, sees: ofEast},
	"dispute-contract":   {path: "/contracts/1/dispute", body: `{"reason":"没有签过"}`, sees: ofEast},
	"settle-dispute":     {path: "/contracts/1/settle-dispute", body: `{"outcome":"dismissed","finding":"属实"}`, sees: ofEast},
	"get-agreement":      {path: "/contracts/1/agreement", sees: ofEast},
	"verify-agreement":   {path: "/agreements/QY1/verify?hash=" + strings.Repeat("a", 64), sees: everyone},
	"sign-household":     {path: "/household-signings", body: `{"household_id":"1","representative_id":"1","team_id":"1","members":[{"resident_id":"1"}]}`, sees: ofEast},

	"log-followup":           {path: "/followups", body: visit("2026-11-23"), sees: ofEast},
	"list-followups":         {path: "/followups?resident_id=1", sees: ofEast},
	"get-followup":           {path: "/followups/1", sees: ofEast},
	"photograph-followup":    {path: "/followups/1/photos", sees: everyone}, // without a picture: 422
	"get-followup-photo":     {path: "/followups/1/photos/1"},               // nobody has taken one
	"void-followup":          {path: "/followups/1/void", body: `{"reason":"录错"}`, sees: ofEast},
	"confirm-followup":       {path: "/followups/1/confirm", sees: ofEast},
	"deny-followup":          {path: "/followups/1/deny", body: `{"reason":"没有来过"}`, sees: ofEast},
	"get-entitlements":       {path: "/residents/1/entitlements", sees: ofEast},
	"list-services":          {path: "/services", sees: everyone},
	"assess-form":            {path: "/clinical/assess", body: `{"program":"hypertension","resident":{"birth_date":"1956-03-08","sex":"2"},"visited_on":"2026-11-23","visit_way":1,"form":{"sbp":150,"dbp":90}}`, sees: everyone},
	"list-programs":          {path: "/programs", sees: everyone},
	"get-program-form":       {path: "/programs/hypertension/form", sees: everyone},
	"list-tasks":             {path: "/tasks", sees: "manager liuyuan east nurse", marker: ofZhang},
	"get-task-calendar":      {path: "/tasks/calendar?from=2026-11-01&to=2026-12-31&team_id=1", sees: "manager liuyuan east nurse", marker: `"day":"2026-12-31"`},
	"get-task-route":         {path: "/tasks/route?on=2026-12-31&team_id=2", sees: "manager liuyuan west", marker: "李建国"},
	"assign-tasks":           {path: "/tasks/assign", body: `{"task_ids":["1"],"staff_id":"2"}`, sees: everyone},
	"get-task":               {path: "/tasks/1", sees: "manager liuyuan east nurse"},
	"note-attempt":           {path: "/tasks/1/attempts", body: `{"on":"2026-11-23","visit_way":3,"outcome":"not_reached"}`, sees: "manager liuyuan east nurse"},
	"give-up-task":           {path: "/tasks/1/give-up", body: `{"reason":"lost"}`, sees: "manager liuyuan east nurse"},
	"get-pregnancy":          {path: "/residents/3/pregnancy", sees: "manager liuyuan east nurse"},
	"note-pregnancy":         {path: "/residents/3/pregnancy", body: `{"lmp":"2026-09-01"}`, sees: "manager liuyuan east nurse"},
	"start-import":           {path: "/imports", sees: everyone}, // without a file: 422
	"list-imports":           {path: "/imports", sees: "manager", marker: "区里的名单"},
	"get-import":             {path: "/imports/1", sees: "manager"},
	"list-import-errors":     {path: "/imports/1/errors", sees: "manager"},
	"download-import-errors": {path: "/imports/1/errors.xlsx", sees: "manager"},

	"get-dashboard":       {path: "/stats/dashboard?by=team", sees: "manager liuyuan east nurse", marker: "东村团队"},
	"get-contract-rates":  {path: "/stats/contract-rates?by=team", sees: "manager liuyuan east nurse", marker: "东村团队"},
	"list-rate-residents": {path: "/stats/contract-rates/residents?by=team&id=1", sees: ofEast, marker: ofZhang},

	"get-indicators":           {path: "/stats/indicators?by=team&code=H01", sees: "manager liuyuan east nurse", marker: "东村团队"},
	"list-indicator-residents": {path: "/stats/indicators/residents?by=team&id=1&code=H01", sees: "manager liuyuan east nurse", marker: ofZhang},
	"get-rate-trend":           {path: "/stats/trend?scope=team&id=1", sees: "manager liuyuan east nurse"},
	"get-rate-ranking":         {path: "/stats/ranking?by=team", sees: "manager liuyuan east nurse", marker: "东村团队"},
	"get-monthly-report":       {path: "/reports/monthly?by=team", sees: "manager liuyuan east nurse", marker: "东村团队"},
	"download-monthly-report":  {path: "/reports/monthly.xlsx?by=team", sees: everyone},
	"list-targets":             {path: "/targets", sees: everyone},
	"set-target":               {path: "/targets", body: `{"year":2026,"code":"H01","percent":64}`, sees: everyone},

	"list-exports":    {path: "/exports", sees: "manager liuyuan east", marker: "东村团队"},
	"ask-export":      {path: "/exports", body: `{"kind":"residents"}`, sees: everyone},
	"get-export":      {path: "/exports/2", sees: "manager liuyuan east"},
	"approve-export":  {path: "/exports/2/approve", body: `{}`, sees: "manager liuyuan east"},
	"refuse-export":   {path: "/exports/2/refuse", body: `{"reason":"名单过大"}`, sees: "manager liuyuan east"},
	"cancel-export":   {path: "/exports/2/cancel", body: `{}`, sees: "manager liuyuan east", mayNot: "manager liuyuan"},
	"download-export": {path: "/exports/1/file.xlsx", sees: "manager liuyuan east", mayNot: "manager liuyuan"},

	"record-vital":       {path: "/residents/1/vitals", body: `{"kind":"bp","values":{"sbp":150,"dbp":90}}`, sees: ofEast},
	"list-vitals":        {path: "/residents/1/vitals", sees: ofEast},
	"get-vital-summary":  {path: "/residents/1/vitals/summary", sees: ofEast},
	"list-vital-alerts":  {path: "/vitals/alerts", sees: "manager liuyuan east nurse", marker: ofZhang},
	"handle-vital-alert": {path: "/vitals/alerts/1/handle", body: `{"outcome":"已电话指导"}`, sees: "manager liuyuan east nurse"},

	"list-gap":          {path: "/gap", sees: "manager liuyuan west", marker: "李建国"},
	"assign-gap":        {path: "/gap/assign", body: `{"resident_ids":["7"]}`, sees: everyone},
	"list-gap-contacts": {path: "/gap/1/contacts", sees: "manager liuyuan east nurse"},
	"note-gap-contact":  {path: "/gap/5/contacts", body: `{"on":"2026-11-23","visit_way":3,"outcome":"thinking"}`, sees: "manager liuyuan east nurse"},
	"get-capacity":      {path: "/stats/capacity", sees: "manager liuyuan east nurse", marker: "东村团队"},

	"list-assessment-schemes":  {path: "/assessment-schemes", sees: everyone},
	"add-assessment-scheme":    {path: "/assessment-schemes", body: aScheme, sees: everyone},
	"list-assessments":         {path: "/assessments", sees: "manager", marker: `"on":"2026-10-31"`}, // a draft
	"make-assessment":          {path: "/assessments", body: `{"on":"2026-10-31"}`, sees: everyone},
	"get-assessment":           {path: "/assessments/1", sees: "manager"},
	"list-assessment-scores":   {path: "/assessments/1/scores", sees: "manager"},
	"get-assessment-worksheet": {path: "/assessments/1/worksheet?scope_id=1", sees: "manager"},
	"close-assessment":         {path: "/assessments/1/close", sees: "manager"},
	"discard-assessment":       {path: "/assessments/1/discard", body: `{"reason":"重算"}`, sees: "manager"},
	"list-handovers":           {path: "/handovers", sees: "manager liuyuan east nurse west", marker: "东村团队"},
	"plan-handover":            {path: "/handovers", body: aLeaving, sees: "manager liuyuan"},
	"preview-handover":         {path: "/handovers/preview", body: aLeaving, sees: "manager liuyuan"},
	"get-handover":             {path: "/handovers/1", sees: "manager liuyuan east nurse west"},
	"list-handover-residents":  {path: "/handovers/1/residents", sees: "manager liuyuan east nurse west", mayNot: "west"},
	"move-handover":            {path: "/handovers/1/move", body: `{"move":"cancel","reason":"不再调整"}`, sees: "manager liuyuan"},

	"list-flags":         {path: "/flags", sees: "manager liuyuan east", marker: ofZhang},
	"get-flag":           {path: "/flags/1", sees: "manager liuyuan east"},
	"accept-flag":        {path: "/flags/1/accept", body: `{"note":"已上门核实"}`, sees: "manager liuyuan east"},
	"void-flagged-visit": {path: "/flags/1/void", body: `{"reason":"未曾上门"}`, sees: "manager liuyuan east"},

	"list-settlements":      {path: "/settlements", sees: everyone},
	"settle-fees":           {path: "/settlements/fees", body: `{"team_id":"1","from":"2026-01-01","to":"2026-10-31","settled_percent":95,"team_percent":70}`, sees: everyone},
	"settle-surplus":        {path: "/settlements/surplus", body: `{"from":"2026-01-01","to":"2026-10-31","cents":1000000,"institutions":[{"institution_id":"2","score":90}]}`, sees: everyone},
	"get-settlement":        {path: "/settlements/1", sees: "manager"}, // a draft
	"close-settlement":      {path: "/settlements/1/close", sees: "manager"},
	"discard-settlement":    {path: "/settlements/1/discard", body: `{"reason":"算错"}`, sees: "manager"},
	"create-referral":       {path: "/referrals", body: referralBody(""), sees: "manager liuyuan east nurse"},
	"list-referrals":        {path: "/referrals", sees: ofEast, marker: ofZhang},
	"list-referral-reasons": {path: "/referrals/reasons", sees: everyone},
	"get-referral":          {path: "/referrals/1", sees: ofEast},
	"amend-referral":        {path: "/referrals/1", body: strings.Replace(referralBody(""), `"resident_id":"1",`, "", 1), sees: "manager liuyuan east nurse"},
	"move-referral":         {path: "/referrals/1/move", body: move("consent"), sees: ofEast},
	"follow-up-referral":    {path: "/referrals/1/follow-up", body: `{"result":1}`, sees: "manager liuyuan east nurse"},
	"get-referral-stats":    {path: "/stats/referrals?by=team", sees: "manager liuyuan east nurse", marker: "东村团队"},

	"ask-consult":           {path: "/consults", body: consultBody, sees: "manager liuyuan east nurse"},
	"list-consults":         {path: "/consults", sees: "manager liuyuan east nurse hospital", marker: ofZhang},
	"get-consult":           {path: "/consults/1", sees: "manager liuyuan east nurse hospital"},
	"move-consult":          {path: "/consults/2/move", body: move("close"), sees: "manager liuyuan east nurse"},
	"get-consult-stats":     {path: "/stats/consults?by=team", sees: "manager liuyuan east nurse", marker: "东村团队"},
	"list-schedules":        {path: "/schedules?team_id=1", sees: everyone},
	"add-schedule":          {path: "/schedules", body: `{"team_id":"1","doctor_id":"1","on":"2026-11-25","from":"08:30","to":"09:30"}`, sees: "manager liuyuan east"},
	"get-schedule":          {path: "/schedules/1", sees: everyone},
	"move-schedule":         {path: "/schedules/1/move", body: `{"move":"withdraw","reason":"培训"}`, sees: "manager liuyuan east"},
	"book-appointment":      {path: "/appointments", body: `{"slot_id":"2","resident_id":"1"}`, sees: ofEast},
	"list-appointments":     {path: "/appointments?on=2026-11-24", sees: ofEast, marker: ofZhang},
	"get-appointment":       {path: "/appointments/1", sees: ofEast},
	"move-appointment":      {path: "/appointments/1/move", body: `{"move":"cancel"}`, sees: ofEast},
	"get-appointment-rates": {path: "/stats/appointments?by=team", sees: "manager liuyuan east nurse", marker: "东村团队"},

	"list-home-service-items": {path: "/home-service-items", sees: everyone},
	"ask-home-service":        {path: "/home-services", body: `{"resident_id":"1","applicant":"aged","items":["dressing"]}`, sees: ofEast},
	"list-home-services":      {path: "/home-services", sees: ofEast, marker: ofZhang},
	"get-home-service":        {path: "/home-services/1", sees: ofEast},
	"photograph-home-service": {path: "/home-services/1/photo", sees: everyone}, // without a picture: 422
	"get-home-service-photo":  {path: "/home-services/1/photo"},                 // nobody has taken one
	"move-home-service":       {path: "/home-services/1/move", body: `{"move":"cancel","reason":"不需要了"}`, sees: ofEast},

	"ask-prescription":     {path: "/prescriptions", body: `{"resident_id":"1","program":"diabetes","lines":[{"name":"二甲双胍","class":"ordinary","dose":"0.5g","frequency":"每日2次","days":28}]}`, sees: ofEast},
	"list-prescriptions":   {path: "/prescriptions", sees: ofEast, marker: ofZhang},
	"get-prescription":     {path: "/prescriptions/1", sees: ofEast},
	"move-prescription":    {path: "/prescriptions/1/move", body: `{"move":"cancel","reason":"不需要了"}`, sees: ofEast},
	"reissue-prescription": {path: "/prescriptions/1/reissue", sees: ofEast},
	"list-complaints":      {path: "/complaints", sees: "manager liuyuan east nurse officer qiang", marker: `"no":"SQ202611230001"`},
	"file-complaint":       {path: "/complaints", body: `{"channel":"12345","category":"fees","content":"收费问题"}`, sees: everyone},
	"get-complaint":        {path: "/complaints/1", sees: "manager liuyuan east nurse officer qiang"},
	"move-complaint":       {path: "/complaints/1/move", body: `{"move":"reassign","team_id":"1","reason":"重新分派"}`, sees: "manager liuyuan east nurse officer qiang", mayNot: "liuyuan east nurse qiang"},
	"reveal-complainant":   {path: "/complaints/1/reveal", body: `{"reason":"电话回访"}`, sees: "manager liuyuan east nurse officer qiang"},
	"get-complaint-rates":  {path: "/stats/complaints?by=team", sees: "manager liuyuan east nurse officer qiang mei dashan", mayNot: "qiang mei dashan", marker: "东村团队"},

	"answer-survey":        {path: "/surveys", body: aSurvey, sees: "qiang"},
	"list-my-surveys":      {path: "/me/surveys", sees: "qiang", marker: ofZhang},
	"list-survey-comments": {path: "/surveys/comments", sees: "manager liuyuan east nurse west shiliu officer hospital", mayNot: "liuyuan east nurse west shiliu officer hospital"},
	"get-team-survey":      {path: "/teams/1/survey", sees: everyone},
	"get-survey-rates":     {path: "/stats/surveys?by=team", sees: "manager liuyuan east nurse officer", marker: "东村团队"},

	"list-nursing-homes":   {path: "/nursing-homes", sees: everyone},
	"add-nursing-home":     {path: "/nursing-homes", body: strings.Replace(aNursingHome, "颐养", "安养", 1), sees: everyone},
	"get-nursing-home":     {path: "/nursing-homes/1", sees: everyone},
	"change-nursing-home":  {path: "/nursing-homes/1", body: aNursingHome, sees: everyone},
	"list-home-residents":  {path: "/nursing-homes/1/residents", sees: "manager liuyuan east nurse", marker: ofZhang},
	"admit-resident":       {path: "/nursing-homes/1/residents", body: `{"resident_id":"1","begin":"2026-11-20"}`, sees: "manager liuyuan east nurse"},
	"end-home-stay":        {path: "/home-stays/1/end", body: `{"end":"2026-11-22"}`, sees: "manager liuyuan east nurse"},
	"list-home-agreements": {path: "/home-agreements", sees: "manager liuyuan east nurse west", marker: "榴园颐养中心"},
	"draft-home-agreement": {path: "/home-agreements", body: aHomeAgreement, sees: everyone},
	"get-home-agreement":   {path: "/home-agreements/1", sees: "manager liuyuan east nurse west"},
	"move-home-agreement":  {path: "/home-agreements/1/move", body: `{"move":"suspend","reason":"装修"}`, sees: "manager liuyuan"},
	"log-home-round":       {path: "/home-agreements/1/rounds", body: `{"on":"2026-11-23","people":3,"staff_id":"1"}`, sees: "manager liuyuan east nurse west"},
	"get-home-figures":     {path: "/stats/home-agreements?by=institution", sees: "manager liuyuan east nurse west", marker: "榴园镇卫生院"},

	"list-events":       {path: "/events", sees: "manager liuyuan east nurse west qiang mei dashan", marker: "签约进东村"},
	"plan-event":        {path: "/events", body: anEvent, sees: "manager liuyuan east nurse west shiliu hospital", mayNot: "west shiliu hospital"},
	"check-in-event":    {path: "/events/check-in", body: `{"scene":"zzzzzzzzzz"}`},
	"get-event":         {path: "/events/1", sees: "manager liuyuan east nurse west qiang mei dashan"},
	"change-event":      {path: "/events/1", body: anEvent, sees: "manager liuyuan east nurse west"},
	"move-event":        {path: "/events/1/move", body: `{"move":"close"}`, sees: "manager liuyuan east nurse west", mayNot: "west"},
	"count-event":       {path: "/events/1/counts", body: `{"heads":1,"consultations":1,"materials":1}`, sees: "manager liuyuan east nurse west", mayNot: "west"},
	"get-event-code":    {path: "/events/1/code.png", sees: "manager liuyuan east nurse west", mayNot: "west"},
	"get-event-figures": {path: "/stats/events?by=institution", sees: "manager liuyuan east nurse west", marker: "榴园镇卫生院"},

	"list-partner-links":    {path: "/partner-links", sees: "manager liuyuan east nurse", marker: "区人民医院"},
	"begin-partner-link":    {path: "/partner-links", body: aLink, sees: "manager liuyuan east west", mayNot: "east west"},
	"get-partner-link":      {path: "/partner-links/1", sees: "manager liuyuan east nurse"},
	"move-partner-link":     {path: "/partner-links/1/move", body: `{"move":"end","on":"2026-11-22","reason":"调整"}`, sees: "manager liuyuan east", mayNot: "east"},
	"log-partner-session":   {path: "/partner-links/1/sessions", body: aSession, sees: "manager liuyuan east"},
	"list-partner-sessions": {path: "/partner-sessions", sees: "manager liuyuan east nurse", marker: "区人民医院"},
	"void-partner-session":  {path: "/partner-sessions/1/void", body: `{"reason":"登记错误"}`, sees: "manager liuyuan east"},
	"get-contributions":     {path: "/stats/partners", sees: "manager liuyuan east nurse", marker: "区人民医院"},

	"notify-discharge":      {path: "/discharges", body: dischargeBody(`"patient":{"name":"李建国","id_number":"370499197610011150"}`), sees: everyone}, // nobody's number: 422
	"list-discharges":       {path: "/discharges", sees: "manager liuyuan east nurse hospital centre", marker: ofZhang},
	"get-discharge":         {path: "/discharges/1", sees: "manager liuyuan east nurse hospital centre"},
	"move-discharge":        {path: "/discharges/1/move", body: move("fly"), sees: "manager liuyuan east nurse hospital centre"},
	"record-discharge-call": {path: "/discharges/1/calls", body: callBody(1, ""), sees: "manager liuyuan east nurse hospital centre"}, // of version 2: 412
	"get-discharge-stats":   {path: "/stats/discharges?by=team", sees: "manager liuyuan east nurse", marker: "东村团队"},

	"write-message":            {path: "/messages", body: `{"resident_id":"1","text":"您好"}`, sees: ofEast},
	"list-conversations":       {path: "/messages", sees: ofEast, marker: ofZhang},
	"count-unread-messages":    {path: "/messages/unread", sees: "manager liuyuan east nurse", marker: `"conversations":1`},
	"get-conversation":         {path: "/messages/1", sees: ofEast},
	"answer-message":           {path: "/messages/1", body: `{"text":"您好"}`, sees: ofEast},
	"read-messages":            {path: "/messages/1/read", body: `{}`, sees: ofEast},
	"move-conversation":        {path: "/messages/1/move", body: `{"move":"close","reason":"已答复"}`, sees: "manager liuyuan east nurse"},
	"send-image":               {path: "/messages/1/images", sees: everyone}, // without a picture: 422
	"get-image":                {path: "/messages/1/images/2", sees: ofEast},
	"list-notices":             {path: "/notices", sees: "qiang", marker: `"contract_result"`},
	"count-unread-notices":     {path: "/notices/unread", sees: everyone},
	"read-notice":              {path: "/notices/1/read", sees: "qiang"},
	"read-notices":             {path: "/notices/read", body: `{"up_to":"1"}`, sees: everyone},
	"list-undelivered-notices": {path: "/notices/undelivered", sees: "manager liuyuan east nurse", marker: ofZhang},
	"resend-notice":            {path: "/notices/1/resend", sees: "manager liuyuan east nurse"},
	"tell-notice":              {path: "/notices/1/told", body: `{"note":"已告知家属"}`, sees: "manager liuyuan east nurse"},
	"list-my-subscriptions":    {path: "/me/subscriptions", sees: everyone},
	"answer-subscriptions":     {path: "/me/subscriptions", body: `{"results":{"contract":"accept"}}`, sees: everyone},
	"list-purposes":            {path: "/consent-purposes", sees: everyone},
	"list-my-consents":         {path: "/me/consents?resident_id=2", sees: "qiang"},
	"give-consent":             {path: "/me/consents", body: `{"resident_id":"2","purpose":"service","version":1}`, sees: "qiang"},
	"withdraw-consent":         {path: "/me/consents/1/withdraw", sees: "qiang"},
	"export-my-data":           {path: "/me/data-export?resident_id=2", sees: "qiang"},
	"ask-correction":           {path: "/me/corrections", body: `{"resident_id":"2","field":"name","wanted":"张强强"}`, sees: "qiang"},
	"ask-deletion":             {path: "/me/deletion-requests", body: `{"resident_id":"2"}`, sees: "qiang"},
	"list-my-privacy-requests": {path: "/me/privacy-requests", sees: "qiang", marker: "张强"},
	"get-my-privacy-request":   {path: "/me/privacy-requests/1", sees: "qiang"},
	"withdraw-privacy-request": {path: "/me/privacy-requests/1/withdraw", sees: "qiang"},
	"list-privacy-requests":    {path: "/privacy-requests", sees: "manager liuyuan", marker: "张强"},
	"get-privacy-request":      {path: "/privacy-requests/1", sees: "manager liuyuan"},
	"move-privacy-request":     {path: "/privacy-requests/1/move", body: `{"move":"take"}`, sees: "manager liuyuan"},
	"get-security-policy":      {path: "/security-policy", sees: everyone},
	"list-roles":               {path: "/roles", sees: everyone},
	"list-organisation-codes":  {path: "/organisation-codes", sees: everyone},

	"list-audit":   {path: "/audit?resident_id=1", sees: everyone},
	"verify-audit": {path: "/audit/verify", sees: everyone},
}

func visit(on string) string {
	return `{"resident_id":"1","visited_on":"` + on + `","visit_way":1,"forms":{"hypertension":` + strings.Replace(hypertensionForm, "SBP", "150", 1) + `}}`
}

// matrixSite is a district with one of everything that the samples name.
func matrixSite(t *testing.T) *site {
	t.Helper()
	s := newSite(t)
	s.call("east", post, "/api/v1/contracts", `{"resident_id":"1","team_id":"1","signature":"`+signature+`"}`)
	s.call("east", post, "/api/v1/followups", visit("2026-11-20"))
	s.call("east", post, "/api/v1/residents/3/populations", `{"code":"01","begin":"2026-11-01","evidence":"母子健康手册"}`)
	s.upload("manager", "区里的名单.csv", "姓名,身份证号,村居\n赵大,,东村\n")
	s.call("qiang", post, "/api/v1/residents/1/vitals", `{"kind":"bp","values":{"sbp":190,"dbp":110}}`)
	s.doubt(storetest.EastNurse)
	s.call("manager", post, "/api/v1/settlements/fees", samples["settle-fees"].body)
	storetest.Hospital(t, s.store)
	s.call("east", post, "/api/v1/referrals", referralBody(""))
	s.call("east", post, "/api/v1/consults", consultBody)
	s.call("east", post, "/api/v1/consults", consultBody)
	s.call("hospital", post, "/api/v1/discharges", dischargeBody(`"patient":{"name":"张秀英","id_number":"`+storetest.IDNumber(calendar.MustDate("1956-03-08"), 102)+`"}`))
	s.call("hospital", post, "/api/v1/discharges/1/calls", callBody(1, ""))
	s.call("east", post, "/api/v1/consults/2/move", move("cancel", `"reason":"误操作"`))
	s.openClinic()
	s.call("qiang", post, "/api/v1/appointments", `{"slot_id":"1","resident_id":"1"}`)
	s.call("qiang", post, "/api/v1/home-services", `{"resident_id":"1","applicant":"aged","items":["dressing"]}`)
	s.call("qiang", post, "/api/v1/prescriptions", longPrescription("28"))
	s.call("qiang", post, "/api/v1/complaints", aComplaint)
	s.call("officer", post, "/api/v1/complaints/1/move", `{"move":"assign","team_id":"1"}`)
	s.homed()
	s.held()
	s.partnered()
	s.call("qiang", post, "/api/v1/messages", `{"resident_id":"1","text":"您好"}`)
	s.sendPicture("qiang", photograph(t))
	s.asked()
	s.call("manager", post, "/api/v1/handovers", aVillageHandover)
	s.published("2026-10-31")
	s.call("manager", post, "/api/v1/assessments", `{"on":"2026-10-31"}`)
	if _, err := s.store.DeliverOutbox(t.Context(), &phones{}); err != nil { // 张秀英 has no phone
		t.Fatal(err)
	}
	s.call("east", post, "/api/v1/exports", `{"kind":"rate_residents","filters":{"by":"team","id":"1"}}`)
	s.call("east", post, "/api/v1/exports", `{"kind":"residents","unmasked":true,"reason":"上门核对"}`)
	return s
}

// TestMatrix holds every route against every role, inside and outside the scope. A route
// without a sample fails the test.
func TestMatrix(t *testing.T) {
	reading, writing := matrixSite(t), newSite(t) // reads leave the one as it is, each write gets a copy of it
	full := storetest.Take(t, reading.db)
	for _, r := range api.Routes(&handlers.Handlers{}) {
		t.Run(r.ID, func(t *testing.T) {
			sm, ok := samples[r.ID]
			if !ok {
				t.Fatalf("route %s %s has no sample in the matrix", r.Method, r.Path)
			}
			s := reading
			if r.Method != http.MethodGet {
				s = writing
				s.use(t, full.Database(t))
				*s.clock = *reading.clock
			}
			s.t = t
			headers := []string{"If-Match", `"1"`}
			if r.Permission != models.Public {
				if status, _, body := s.call("", r.Method, api.Prefix+sm.path, sm.body, headers...); status != http.StatusUnauthorized {
					t.Errorf("nobody: %d %s", status, body)
				}
			}
			// The refused come first: they must leave everything as it was for those who see it.
			var insiders []string
			for name, actor := range actors {
				if sm.sees == everyone || strings.Contains(" "+sm.sees+" ", " "+name+" ") {
					insiders = append(insiders, name)
					continue
				}
				s.outside(t, r, sm, name, actor, headers)
			}
			for _, name := range insiders {
				s.inside(t, r, sm, name, actors[name], headers)
			}
		})
	}
}

func (s *site) outside(t *testing.T, r api.Route, sm sample, name string, actor models.Actor, headers []string) {
	t.Helper()
	status, _, body := s.call(name, r.Method, api.Prefix+sm.path, sm.body, headers...)
	switch {
	case !actor.Can(r.Permission):
		if status != http.StatusForbidden {
			t.Errorf("%s lacks %s but got %d %s", name, r.Permission, status, body)
		}
	case sm.marker != "":
		if status != http.StatusOK || strings.Contains(body, sm.marker) {
			t.Errorf("%s sees %q outside the scope: %d %s", name, sm.marker, status, body)
		}
	case status != http.StatusNotFound:
		t.Errorf("%s is outside the scope but got %d %s", name, status, body)
	}
}

func (s *site) inside(t *testing.T, r api.Route, sm sample, name string, actor models.Actor, headers []string) {
	t.Helper()
	status, _, body := s.call(name, r.Method, api.Prefix+sm.path, sm.body, headers...)
	switch {
	case !actor.Can(r.Permission) || strings.Contains(" "+sm.mayNot+" ", " "+name+" "):
		if status != http.StatusForbidden {
			t.Errorf("%s lacks %s but got %d %s", name, r.Permission, status, body)
		}
	case status == http.StatusUnauthorized || status == http.StatusForbidden || status == http.StatusNotFound && !strings.HasSuffix(r.ID, "-guardian") || status >= 500:
		t.Errorf("%s may do this but got %d %s", name, status, body)
	case sm.marker != "" && !strings.Contains(body, sm.marker):
		t.Errorf("%s does not see %q: %s", name, sm.marker, body)
	}
}

// TestEverySampleHasARoute keeps the matrix free of samples of routes that are gone.
func TestEverySampleHasARoute(t *testing.T) {
	known := map[string]bool{}
	for _, r := range api.Routes(&handlers.Handlers{}) {
		known[r.ID] = true
	}
	for id := range samples {
		if !known[id] {
			t.Errorf("sample %s has no route", id)
		}
	}
}
