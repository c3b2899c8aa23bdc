package store_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"jiayi/internal/calendar"
	"jiayi/models"
	"jiayi/models/clinical"
	"jiayi/models/store"
	"jiayi/models/store/storetest"
)

// fresh is the actor just after entering the password.
func fresh(s *store.Store, a models.Actor) models.Actor {
	a.PasswordAt = s.Now()
	return a
}

func askExport(t *testing.T, s *store.Store, by models.Actor, d models.ExportDraft) store.ExportFile {
	t.Helper()
	if d.Unmasked && d.Reason == "" {
		d.Reason = "上门核对"
	}
	e, err := s.As(by).AskExport(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// cells opens the file of an export: its rows, watermark and header first, and the notes.
func cells(t *testing.T, v store.View, id models.ID) (rows [][]string, notes map[string]string) {
	t.Helper()
	w, _, err := v.ExportSheet(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = w.Close() }()
	var out bytes.Buffer
	if _, err := w.WriteTo(&out); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	sheets := f.GetSheetList()
	if rows, err = f.GetRows(sheets[0]); err != nil || len(sheets) != 2 || sheets[1] != "说明" {
		t.Fatalf("%v %v", sheets, err)
	}
	for _, name := range sheets {
		footer, err := f.GetHeaderFooter(name)
		if err != nil || footer == nil || !strings.Contains(footer.OddFooter, "仅限工作使用") || footer.OddFooter != "&C"+rows[0][0] {
			t.Errorf("%s: footer %+v %v", name, footer, err)
		}
	}
	lines, err := f.GetRows("说明")
	if err != nil {
		t.Fatal(err)
	}
	notes = map[string]string{}
	for _, l := range lines[2:] {
		notes[l[0]] = strings.Join(l[1:], "")
	}
	return rows, notes
}

func TestExportOfAFigure(t *testing.T) {
	s, _ := storetest.District(t)
	storetest.Logins(t, s)
	v := s.As(storetest.EastLead)
	e := askExport(t, s, storetest.EastLead, models.ExportDraft{Kind: models.ExportRate, Filter: models.ExportFilter{By: models.ScopeTeam, ID: storetest.EastTeam, Population: models.Key}})
	rates, err := v.ContractRates(t.Context(), store.RateQuery{By: models.ScopeTeam, Populations: []models.Population{models.Key}})
	if err != nil || e.Rows != rates.Rows[0].Residents || e.Rows != 2 || e.Status != models.ExportReady || e.No != "DC202611230001" || !e.Fetching {
		t.Fatalf("%+v, %v", e, err)
	}
	if got := fmt.Sprint(e.Choices, e.Applicant, e.InstitutionName, e.Actions); got != "[范围(责任团队):东村团队 人群:重点人群]east榴园镇卫生院[cancel]" {
		t.Error(got)
	}
	got, notes := cells(t, v, e.ID)
	if len(got) != 2+e.Rows || got[0][0] != "DC202611230001 | east | 2026-11-23 09:00:00 | 仅限工作使用" {
		t.Fatalf("%q", got)
	}
	if got := strings.Join(got[2], "|"); got != "1|370499001*****001|张*英|女|1956-**-**|70|居民身份证|370***********1023|199****0001|榴园镇***|是|东村|东村团队||65岁及以上老年人、高血压患者、2型糖尿病患者" {
		t.Error(got)
	}
	if notes["批准的行数"] != "2" || notes["本次导出的行数"] != "2" || notes["行数说明"] != "与批准的行数一致" || notes["显示"] != "脱敏" {
		t.Errorf("%v", notes)
	}
	var trace []string
	for _, a := range rows[models.AuditRow](t, s, "object = 'export'") {
		trace = append(trace, a.Action+" "+a.Detail)
	}
	slices.Sort(trace)
	if got := strings.Join(trace, "; "); got != "export.download rate_residents,masked,rows=2; export.issue ; export.rows 1,5" {
		t.Error(got)
	}
}

// Every kind exports exactly the rows that the actor's screen shows, in its order, and
// counts as many; a filter that names another team gives what the screen gives.
func TestExportsAreTheScreens(t *testing.T) {
	s, clock := storetest.District(t)
	storetest.Logins(t, s)
	for _, r := range []models.ID{storetest.ZhangXiuying, storetest.ZhangQiang} {
		sign(t, s, storetest.EastLead, r, storetest.EastTeam)
	}
	log(t, s, models.EncounterDraft{ResidentID: storetest.ZhangXiuying, VisitedOn: s.Today(), VisitWay: 3, Services: []clinical.Service{"consult"}})
	clock.Add(time.Minute)
	for name, actor := range map[string]models.Actor{"manager": storetest.Manager, "institution": storetest.LiuyuanBoss, "east": storetest.EastLead, "west": storetest.WestLead, "shiliu": storetest.ShiliuLead} {
		v := s.As(actor)
		all := store.Page{Limit: store.MaxLimit}
		for _, f := range []models.ExportFilter{{}, {TeamID: storetest.EastTeam}, {TeamID: storetest.ShiliuTeam}} {
			screen := map[models.ExportKind][]models.ID{}
			put := func(kind models.ExportKind, err error, ids []models.ID) {
				if err != nil {
					t.Fatal(name, kind, err)
				}
				screen[kind] = ids
			}
			residents, err := v.Residents(t.Context(), store.ResidentFilter{TeamID: f.TeamID}, all)
			put(models.ExportResidents, err, idsOf(residents.Items, func(r models.Resident) models.ID { return r.ID }))
			contracts, err := v.Contracts(t.Context(), store.ContractFilter{TeamID: f.TeamID}, all)
			put(models.ExportContracts, err, idsOf(contracts.Items, func(l store.ContractLine) models.ID { return l.Resident.ID }))
			tasks, err := v.WorkList(t.Context(), store.TaskFilter{TeamID: f.TeamID}, all)
			put(models.ExportTasks, err, idsOf(tasks.Items, func(w store.WorkItem) models.ID { return w.ResidentID }))
			gap, err := v.Gap(t.Context(), store.GapFilter{TeamID: f.TeamID}, all)
			put(models.ExportGap, err, idsOf(gap.Items, func(g store.GapEntry) models.ID { return g.Resident.ID }))
			if f.TeamID == 0 {
				visits, err := v.Encounters(t.Context(), store.EncounterFilter{}, all)
				put(models.ExportFollowups, err, idsOf(visits.Items, func(e store.Visit) models.ID { return e.ResidentID }))
			}
			for kind, want := range screen {
				e := askExport(t, s, actor, models.ExportDraft{Kind: kind, Filter: f})
				rows, _ := cells(t, v, e.ID)
				var have []models.ID
				for _, row := range rows[2:] {
					id, err := models.ParseID(row[0])
					if err != nil {
						t.Fatal(err)
					}
					have = append(have, id)
				}
				if !slices.Equal(have, want) || e.Rows != len(want) {
					t.Errorf("%s, %s of team %d: counted %d, file %v, screen %v", name, kind, f.TeamID, e.Rows, have, want)
				}
			}
		}
	}
}

func idsOf[T any](list []T, id func(T) models.ID) []models.ID {
	var out []models.ID
	for _, x := range list {
		out = append(out, id(x))
	}
	return out
}

func TestExportFromAskingToTheLastDownload(t *testing.T) {
	s, clock := storetest.District(t)
	storetest.Logins(t, s)
	e := askExport(t, s, storetest.EastLead, models.ExportDraft{Kind: models.ExportResidents, Unmasked: true})
	if e.Status != models.ExportRequested || e.Fetching {
		t.Fatalf("%+v", e)
	}
	east, boss := s.As(storetest.EastLead), s.As(storetest.LiuyuanBoss)
	refused := func(what, code string, err error) {
		t.Helper()
		if !models.IsCode(err, code) {
			t.Errorf("%s: %v", what, err)
		}
	}
	_, _, err := s.As(fresh(s, storetest.EastLead)).ExportSheet(t.Context(), e.ID)
	refused("before the approval", "wrong_state", err)
	_, err = east.MoveExport(t.Context(), e.ID, 0, models.MoveApproveExport, "")
	refused("by a lead", "forbidden", err)
	_, err = boss.MoveExport(t.Context(), e.ID, 7, models.MoveApproveExport, "")
	refused("against an old version", "stale", err)
	_, err = boss.MoveExport(t.Context(), e.ID, 1, models.MoveRefuseExport, " ")
	wantField(t, err, "reason", "required")
	for name, a := range map[string]models.Actor{"west": storetest.WestLead, "shiliu": storetest.ShiliuLead, "hospital's manager": storetest.HospitalHead, "qiang": storetest.Qiang, "auditor": storetest.AuditorOne, "nobody": {}} {
		_, err := s.As(a).Export(t.Context(), e.ID)
		if !models.IsKind(err, models.NotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	f, err := boss.MoveExport(t.Context(), e.ID, 1, models.MoveApproveExport, "")
	if err != nil || f.Status != models.ExportReady || f.Decider != "liuyuan" || f.Fetching || len(f.Actions) != 0 || len(f.History) != 2 {
		t.Fatalf("%+v %v", f, err)
	}
	var told []string
	for _, m := range rows[models.Message](t, s) {
		told = append(told, fmt.Sprint(m.Template, m.AccountID, m.Data))
	}
	if got := fmt.Sprint(told); got != `[export_requested102{"export_id":"1"} export_approved103{"export_id":"1"}]` {
		t.Error(got)
	}
	_, _, err = boss.ExportSheet(t.Context(), e.ID)
	refused("by the approver", "forbidden", err)
	stale := fresh(s, storetest.EastLead)
	clock.Add(models.ReauthWithin + time.Second)
	_, _, err = s.As(stale).ExportSheet(t.Context(), e.ID)
	refused("with the password of half an hour ago", "reauth_required", err)
	v := s.As(fresh(s, storetest.EastLead))
	for range models.MaxExportDownloads {
		got, notes := cells(t, v, e.ID)
		if len(got) != 2+5 || got[2][2] != "张秀英" || got[2][4] != "1956-03-08" || got[2][8] != "19900000001" || notes["显示"] != "明文" || notes["批准人"] != "liuyuan" || notes["原因"] != "上门核对" {
			t.Fatalf("%q %v", got, notes)
		}
	}
	_, _, err = v.ExportSheet(t.Context(), e.ID)
	refused("the fourth time", "export_spent", err)
	if n := len(rows[models.AuditRow](t, s, "action = 'export.download' AND reason = ?", "上门核对")); n != models.MaxExportDownloads {
		t.Errorf("%d downloads in the audit", n)
	}
}

// The own one is approved by nobody but somebody else: for the only manager of an
// institution that is the district.
func TestNobodyApprovesTheOwnExport(t *testing.T) {
	s, _ := storetest.District(t)
	storetest.Logins(t, s)
	for name, tt := range map[string]struct {
		by   models.Actor
		told string
	}{"institution": {storetest.LiuyuanBoss, "[101]"}, "district": {storetest.Manager, "[]"}} {
		e := askExport(t, s, tt.by, models.ExportDraft{Kind: models.ExportResidents, Unmasked: true})
		_, err := s.As(tt.by).MoveExport(t.Context(), e.ID, 0, models.MoveApproveExport, "")
		if !models.IsCode(err, "own_export") {
			t.Errorf("%s: %v", name, err)
		}
		var told []models.ID
		for _, m := range rows[models.Message](t, s) {
			if m.Data == `{"export_id":"`+e.ID.String()+`"}` {
				told = append(told, m.AccountID)
			}
		}
		if got := fmt.Sprint(told); got != tt.told {
			t.Errorf("%s: told %s", name, got)
		}
	}
}

func TestExportShrinksWithTheScope(t *testing.T) {
	s, _ := storetest.District(t)
	storetest.Logins(t, s)
	boss := fresh(s, storetest.LiuyuanBoss)
	e := askExport(t, s, boss, models.ExportDraft{Kind: models.ExportResidents})
	if e.Rows != 7 {
		t.Fatalf("%d rows", e.Rows)
	}
	moved := boss // by now with another institution
	moved.InstitutionID = storetest.Shiliu
	got, notes := cells(t, s.As(moved), e.ID)
	if len(got) != 2+2 || notes["批准的行数"] != "7" || notes["本次导出的行数"] != "2" || !strings.Contains(notes["行数说明"], "减少") {
		t.Errorf("%q %v", got, notes)
	}
	risen := boss // and with the whole district: no more than were approved
	risen.Role = models.DistrictManager
	got, notes = cells(t, s.As(risen), e.ID)
	if len(got) != 2+7 || !strings.Contains(notes["行数说明"], "未导出") {
		t.Errorf("%d rows %v", len(got), notes)
	}
}

// A contract of the past may be with somebody who is out of the scope now: such a person
// stays masked in a list in clear.
func TestExportInClearEndsWithTheScope(t *testing.T) {
	s, _ := storetest.District(t)
	storetest.Logins(t, s)
	c := sign(t, s, storetest.EastLead, storetest.ZhangQiang, storetest.EastTeam)
	log(t, s, models.EncounterDraft{ResidentID: storetest.ZhangQiang, VisitedOn: s.Today(), VisitWay: 3, Services: []clinical.Service{"consult"}})
	if _, err := s.As(storetest.Manager).Transfer(t.Context(), c.ID, 0, onSite(storetest.ZhangQiang, storetest.ShiliuTeam)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.As(storetest.Manager).MoveResident(t.Context(), storetest.ZhangQiang, 0, storetest.ShiliuVillage, "石榴社区1号"); err != nil {
		t.Fatal(err)
	}
	e := askExport(t, s, storetest.EastLead, models.ExportDraft{Kind: models.ExportContracts, Unmasked: true})
	if _, err := s.As(storetest.Manager).MoveExport(t.Context(), e.ID, 0, models.MoveApproveExport, ""); err != nil {
		t.Fatal(err)
	}
	got, _ := cells(t, s.As(fresh(s, storetest.EastLead)), e.ID)
	if len(got) != 3 || got[2][3] != "张*" || got[2][5] != "199****0002" {
		t.Errorf("%q", got)
	}
	visits := askExport(t, s, storetest.EastLead, models.ExportDraft{Kind: models.ExportFollowups})
	if got, _ := cells(t, s.As(storetest.EastLead), visits.ID); visits.Rows != 0 || len(got) != 2 {
		t.Errorf("counted %d visits to somebody who left, the file has %q", visits.Rows, got[2:])
	}
}

func TestExportsExpire(t *testing.T) {
	s, clock := storetest.District(t)
	storetest.Logins(t, s)
	waiting := askExport(t, s, storetest.EastLead, models.ExportDraft{Kind: models.ExportResidents, Unmasked: true})
	ready := askExport(t, s, storetest.EastLead, models.ExportDraft{Kind: models.ExportResidents})
	clock.Set(storetest.Today.AddDays(models.ExportDays))
	clock.Add(-time.Millisecond)
	if n, err := s.ExpireExports(t.Context()); n != 0 || err != nil {
		t.Fatalf("%d before the time, %v", n, err)
	}
	clock.Add(time.Millisecond)
	if _, _, err := s.As(storetest.EastLead).ExportSheet(t.Context(), ready.ID); !models.IsCode(err, "export_expired") {
		t.Errorf("before the night: %v", err)
	}
	if n, err := s.ExpireExports(t.Context()); n != 2 || err != nil {
		t.Fatalf("%d %v", n, err)
	}
	if n, err := s.ExpireExports(t.Context()); n != 0 || err != nil {
		t.Fatalf("%d again, %v", n, err)
	}
	for _, id := range []models.ID{waiting.ID, ready.ID} {
		e, err := s.As(storetest.EastLead).Export(t.Context(), id)
		if err != nil || e.Status != models.ExportExpired || len(e.Actions) != 0 || e.History[1].By != "system" {
			t.Errorf("%+v %v", e, err)
		}
	}
	if n := len(rows[models.Message](t, s, "template = ? AND account_id = ?", store.ExportExpiredNotice, storetest.EastLead.AccountID)); n != 2 {
		t.Errorf("%d told", n)
	}
}

// Of two managers who decide at once, one does.
func TestExportsAreDecidedOnce(t *testing.T) {
	s, _ := storetest.District(t)
	storetest.Logins(t, s)
	for range 5 {
		e := askExport(t, s, storetest.EastLead, models.ExportDraft{Kind: models.ExportResidents, Unmasked: true})
		var wait sync.WaitGroup
		errs := make([]error, 4)
		for i := range errs {
			wait.Go(func() {
				by, m := storetest.LiuyuanBoss, models.MoveApproveExport
				if i%2 == 1 {
					by, m = storetest.Manager, models.MoveRefuseExport
				}
				_, errs[i] = s.As(by).MoveExport(t.Context(), e.ID, 0, m, "已核")
			})
		}
		wait.Wait()
		won := 0
		for _, err := range errs {
			switch {
			case err == nil:
				won++
			case !models.IsCode(err, "wrong_state"):
				t.Error(err)
			}
		}
		f, err := s.As(storetest.Manager).Export(t.Context(), e.ID)
		if err != nil || won != 1 || f.Version != 2 || len(f.History) != 2 {
			t.Errorf("%d decided, %+v %v", won, f, err)
		}
	}
}

// Of many downloads at once only three are answered.
func TestDownloadsAreCountedOneByOne(t *testing.T) {
	s, _ := storetest.District(t)
	storetest.Logins(t, s)
	e := askExport(t, s, storetest.EastLead, models.ExportDraft{Kind: models.ExportResidents})
	var wait sync.WaitGroup
	errs := make([]error, 6)
	for i := range errs {
		wait.Go(func() {
			w, _, err := s.As(storetest.EastLead).ExportSheet(t.Context(), e.ID)
			if errs[i] = err; err == nil {
				errs[i] = w.Close()
			}
		})
	}
	wait.Wait()
	answered := 0
	for _, err := range errs {
		if err == nil {
			answered++
		} else if !models.IsCode(err, "export_spent") {
			t.Error(err)
		}
	}
	if answered != models.MaxExportDownloads {
		t.Errorf("%d answered", answered)
	}
}

func TestAskingTwiceIsAskingOnce(t *testing.T) {
	s, _ := storetest.District(t)
	storetest.Logins(t, s)
	ctx := store.WithRequest(t.Context(), store.Request{Key: "k1", Operation: "ask-export", Hash: "h"})
	d := models.ExportDraft{Kind: models.ExportResidents, Unmasked: true, Reason: "上门核对"}
	var wait sync.WaitGroup
	files, errs := make([]store.ExportFile, 4), make([]error, 4)
	for i := range files {
		wait.Go(func() { files[i], errs[i] = s.As(storetest.EastLead).AskExport(ctx, d) })
	}
	wait.Wait()
	for i, f := range files {
		if errs[i] != nil || f.ID != files[0].ID {
			t.Errorf("%d %v", f.ID, errs[i])
		}
	}
	if n := len(rows[models.Export](t, s)); n != 1 {
		t.Errorf("%d exports", n)
	}
	if n := len(rows[models.Message](t, s)); n != 1 {
		t.Errorf("%d notices", n)
	}
}

// A name that would act as a formula does not, in the workbook nor in a CSV made of it.
func TestExportsHoldNoFormula(t *testing.T) {
	s, _ := storetest.District(t)
	storetest.Logins(t, s)
	err := s.Load(t.Context(), func(l *store.Loader) error {
		r := models.Resident{ID: 50, RecordNo: "37049900110100050", Name: `=HYPERLINK("http://x","y")`, Sex: "1", BirthDate: calendar.MustDate("1990-01-01"), DocumentType: "01", Phone: "+8613900000000",
			Address: "@SUM(A1)", AddressKind: "home", Nationality: "01", VillageID: storetest.EastVillage, HouseholdID: 1, AreaTeamID: storetest.EastTeam, AreaInstID: storetest.Liuyuan, Status: models.Living, Version: 1,
			CreatedAt: s.Now(), UpdatedAt: s.Now()}
		l.Index(&r)
		return l.Insert([]models.Resident{r})
	})
	if err != nil {
		t.Fatal(err)
	}
	e := askExport(t, s, storetest.EastLead, models.ExportDraft{Kind: models.ExportResidents, Unmasked: true, Reason: "-1+1"})
	if _, err := s.As(storetest.LiuyuanBoss).MoveExport(t.Context(), e.ID, 0, models.MoveApproveExport, ""); err != nil {
		t.Fatal(err)
	}
	got, notes := cells(t, s.As(fresh(s, storetest.EastLead)), e.ID)
	last := got[len(got)-1]
	if last[2] != `'=HYPERLINK("http://x","y")` || last[8] != "'+8613900000000" || last[9] != "'@SUM(A1)" || notes["原因"] != "'-1+1" {
		t.Errorf("%q %v", last, notes)
	}
}

// A hidden list: what a masked list must not tell, and the sealed filters.
func TestExportsKeepSecrets(t *testing.T) {
	db := storetest.DistrictDatabase(t)
	s, _ := storetest.OpenOn(t, db, store.Options{})
	storetest.Logins(t, s)
	if _, err := s.As(storetest.EastLead).Enrol(t.Context(), storetest.ZhangQiang, store.Enrolment{Code: models.MentalDisorder, Begin: calendar.MustDate("2026-11-01"), Evidence: "诊断证明"}); err != nil {
		t.Fatal(err)
	}
	e := askExport(t, s, storetest.EastLead, models.ExportDraft{Kind: models.ExportResidents, Filter: models.ExportFilter{Q: "张强"}, Reason: "张强家人来访"})
	got, _ := cells(t, s.As(storetest.EastLead), e.ID)
	if len(got) != 3 || got[2][14] != "重点" {
		t.Errorf("%q", got)
	}
	tasks := askExport(t, s, storetest.EastLead, models.ExportDraft{Kind: models.ExportTasks, Filter: models.ExportFilter{ResidentID: storetest.ZhangQiang}})
	got, _ = cells(t, s.As(storetest.EastLead), tasks.ID)
	for _, row := range got[2:] {
		if strings.Contains(strings.Join(row, "|"), "精神") {
			t.Errorf("%q", row)
		}
	}
	if tasks.Rows == 0 {
		t.Error("no task to hide anything in")
	}
	err := store.EachCell(t.Context(), db, func(table, column, text string) {
		if table == "exports" && strings.Contains(text, "张强") {
			t.Errorf("%s.%s holds a name in clear", table, column)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
}

// An export of several pages holds everyone once, in the order of the screen, and needs a
// second person although it is masked.
func TestExportOfManyPages(t *testing.T) {
	s, _ := storetest.District(t)
	storetest.Logins(t, s)
	err := s.Load(t.Context(), func(l *store.Loader) error {
		people := many(s, 1100)
		for i := range people {
			l.Index(&people[i])
		}
		return l.Insert(people)
	})
	if err != nil {
		t.Fatal(err)
	}
	e := askExport(t, s, storetest.ShiliuLead, models.ExportDraft{Kind: models.ExportResidents, Filter: models.ExportFilter{Status: string(models.Living)}})
	if e.Rows != 1102 || e.Status != models.ExportRequested || !e.Sensitive() {
		t.Fatalf("%+v", e)
	}
	if _, err := s.As(storetest.Manager).MoveExport(t.Context(), e.ID, 0, models.MoveApproveExport, ""); err != nil {
		t.Fatal(err)
	}
	got, notes := cells(t, s.As(fresh(s, storetest.ShiliuLead)), e.ID)
	var last models.ID
	for _, row := range got[2:] {
		id, err := models.ParseID(row[0])
		if err != nil || id <= last {
			t.Fatalf("%d after %d, %v", id, last, err)
		}
		last = id
	}
	if len(got) != 2+1102 || last != 2099 || notes["本次导出的行数"] != "1102" {
		t.Errorf("%d rows up to %d, %v", len(got)-2, last, notes)
	}
	seen := 0
	for _, a := range rows[models.AuditRow](t, s, "action = 'export.rows'") {
		seen += strings.Count(a.Detail, ",") + 1
	}
	if seen != 1102 {
		t.Errorf("the audit names %d", seen)
	}
}
