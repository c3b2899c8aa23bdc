package store

import (
	"context"
	"strings"
	"unicode"

	"gorm.io/gorm"

	"jiayi/models"
	"jiayi/models/codes"
)

// ResidentFilter narrows a list of residents. Q takes a name, pinyin initials, a phone
// number, a document number or a record number.
type ResidentFilter struct {
	Q             string
	Population    models.Population
	Signed        *bool
	TeamID        models.ID // of responsibility or signed with
	InstitutionID models.ID
	VillageID     models.ID
	HouseholdID   models.ID
	Status        models.LifeStatus // empty for living
	ByName        bool              // order by name instead of by id
	// CountedIn limits the list to the residents a figure of the contract rates counts.
	CountedIn Area
	Care      CareFilter
}

// Area is a scope of the contract rates; the zero Area is none.
type Area struct {
	Kind models.ScopeKind
	ID   models.ID
}

// Residents lists the residents of the actor's scope; the list is witnessed as one read.
func (v View) Residents(ctx context.Context, f ResidentFilter, p Page) (List[models.Resident], error) {
	l, err := v.residentListing(ctx, f)
	if err != nil {
		return List[models.Resident]{}, err
	}
	out, err := l.page(p)
	if err != nil {
		return out, err
	}
	return witnessedList(ctx, v, "resident", 0, out, func(r models.Resident) models.ID { return r.ID })
}

func (v View) residentListing(ctx context.Context, f ResidentFilter) (listing[models.Resident], error) {
	db, err := v.matching(v.residents(v.query(ctx)), f)
	o, key := f.order()
	return listing[models.Resident]{db, o, key}, err
}

// order is the order of the list. A search by the start of a name or of initials is
// listed in that order, so that the index that finds the page also sorts it.
func (f ResidentFilter) order() (order, func(models.Resident) []any) {
	switch {
	case f.ByName || searchKind(f.Q) == byName:
		return order{columns: []string{"residents.name", "residents.id"}}, func(r models.Resident) []any { return []any{r.Name, int64(r.ID)} }
	case searchKind(f.Q) == byInitials:
		return order{columns: []string{"residents.initials", "residents.id"}}, func(r models.Resident) []any { return []any{r.Initials, int64(r.ID)} }
	}
	return order{columns: []string{"residents.id"}}, func(r models.Resident) []any { return []any{int64(r.ID)} }
}

// What a search text is taken for.
const (
	byNothing = iota
	byDocument
	byRecordNo
	byPhone
	byInitials
	byName
)

// searchKind reads what was typed: digits are a phone, document or record number; Latin
// letters are initials or a passport; the rest is the start of a name.
func searchKind(q string) int {
	text := codes.NormaliseDocument(q)
	digits := strings.IndexFunc(strings.TrimSuffix(text, "X"), func(r rune) bool { return !unicode.IsDigit(r) }) < 0 && len(text) > 1
	switch {
	case q == "":
		return byNothing
	case digits && (len(text) == 15 || len(text) == 18):
		return byDocument
	case digits && len(text) == 17:
		return byRecordNo
	case digits:
		return byPhone
	case strings.IndexFunc(q, func(r rune) bool { return r >= 0x80 }) < 0:
		return byInitials
	}
	return byName
}

func (v View) matching(db *gorm.DB, f ResidentFilter) (*gorm.DB, error) {
	status := f.Status
	if status == "" {
		status = models.Living
	}
	db = db.Where("residents.status = ?", status)
	if f.Q != "" {
		db = v.search(db, f.Q)
	}
	if f.Population != "" {
		if !f.Population.Known() {
			return nil, models.InvalidField("population", "enum", "人群代码不存在")
		}
		db = inPopulation(db, f.Population)
	}
	if f.Signed != nil {
		db = db.Where("residents.counted_signed = ?", *f.Signed)
	}
	if f.CountedIn.Kind != "" {
		db = countedIn(db, f.CountedIn)
	}
	if f.Care.Indicator != "" {
		var err error
		if db, err = f.Care.of(db); err != nil {
			return nil, err
		}
	}
	if f.TeamID != 0 {
		db = db.Where("(residents.area_team_id = ? OR residents.signed_team_id = ?)", f.TeamID, f.TeamID)
	}
	if f.InstitutionID != 0 {
		db = db.Where("(residents.area_inst_id = ? OR residents.signed_inst_id = ?)", f.InstitutionID, f.InstitutionID)
	}
	if f.VillageID != 0 {
		db = db.Where("residents.village_id = ?", f.VillageID)
	}
	if f.HouseholdID != 0 {
		db = db.Where("residents.household_id = ?", f.HouseholdID)
	}
	return db, nil
}

// countedIn keeps the residents that the figures of an area count.
func countedIn(db *gorm.DB, a Area) *gorm.DB {
	if a.Kind == models.ScopePanel {
		return db.Where("residents.counted_panel_id = ?", some(a.ID))
	}
	db = db.Where("residents.counted = ?", true)
	switch a.Kind {
	case models.ScopeInstitution:
		return db.Where("residents.area_inst_id = ?", some(a.ID))
	case models.ScopeTeam:
		return db.Where("residents.area_team_id = ?", some(a.ID))
	case models.ScopeVillage:
		return db.Where("residents.counted_village_id = ?", some(a.ID))
	}
	return db
}

// inPopulation keeps the residents a population's figures count: exactly those whose
// standing holds it. Populations with rows of their own are driven from those rows.
func inPopulation(db *gorm.DB, p models.Population) *gorm.DB {
	db = db.Where("residents.counted_mask & ? <> 0", int64(models.MaskOf(p)))
	if spec, ok := p.Spec(); ok && !spec.Derived {
		db = db.Where("residents.id IN (SELECT resident_id FROM memberships WHERE code = ? AND `open` = ?)", p, true)
	}
	return db
}

// search finds what was typed through the index of its kind.
func (v View) search(db *gorm.DB, q string) *gorm.DB {
	text := codes.NormaliseDocument(q)
	switch searchKind(q) {
	case byDocument:
		number := text
		if doc, err := v.idRules().ParseIDNumber(text); err == nil {
			number = doc.Number
		}
		return db.Where("residents.document_index = ?", v.documentIndex(string(codes.DocResidentID), number))
	case byRecordNo:
		return db.Where("residents.record_no = ?", text)
	case byPhone:
		if phone, err := codes.ParsePhone(text); err == nil {
			text = phone.Number
		}
		return db.Where("residents.phone_index = ?", v.blind(indexPhone, text))
	case byInitials:
		if doc, err := v.idRules().ParseDocument(codes.DocPassport, text); err == nil {
			return db.Where("(residents.initials = ? OR residents.document_index = ?)", strings.ToLower(text), v.documentIndex(string(codes.DocPassport), doc.Number))
		}
		return startsWith(db, "residents.initials", strings.ToLower(text))
	}
	return startsWith(db, "residents.name", strings.TrimSpace(q))
}

// startsWith is a prefix match that an index bounds, with nothing to escape.
func startsWith(db *gorm.DB, column, prefix string) *gorm.DB {
	return db.Where(column+" >= ? AND "+column+" < ?", prefix, prefix+"\U0010FFFF")
}

// Person is one resident with what belongs to the person.
type Person struct {
	Resident    models.Resident
	Village     models.Village
	Team        models.Team // that cares for the resident
	Memberships []models.Membership
	Populations models.Mask // as of today
}

// Resident reads one resident of the scope, witnessed.
func (v View) Resident(ctx context.Context, id models.ID) (Person, error) {
	db := v.query(ctx)
	r, err := v.resident(db, id)
	if err != nil {
		return Person{}, err
	}
	out, err := v.person(db, r)
	if err != nil {
		return Person{}, err
	}
	return out, v.witnessed(ctx, "resident.read", "resident", id, id)
}

func (v View) person(db *gorm.DB, r models.Resident) (Person, error) {
	out := Person{Resident: r}
	var err error
	if out.Village, err = get[models.Village](db, r.VillageID); err != nil {
		return out, err
	}
	if out.Team, err = get[models.Team](db, r.CareTeamID()); err != nil {
		return out, err
	}
	if err := db.Order("id").Find(&out.Memberships, "resident_id = ?", r.ID).Error; err != nil {
		return out, err
	}
	out.Populations = models.PopulationsOn(r.BirthDate, out.Memberships, v.Today())
	return out, nil
}

// Revealed is what a reveal shows in clear.
type Revealed struct{ DocumentNo, Phone, Address string }

// MaxRevealsPerDay bounds the reveals of one account (domain §8.4).
const MaxRevealsPerDay = 50

// Reveal shows a resident's sealed fields in clear. It needs a stated reason, is recorded
// before it answers and is limited per day.
func (v View) Reveal(ctx context.Context, id models.ID, reason string) (Revealed, error) {
	if !v.actor.Can(models.ResidentReveal) {
		return Revealed{}, models.ErrForbidden
	}
	if strings.TrimSpace(reason) == "" {
		return Revealed{}, models.InvalidField("reason", "required", "请填写查看原因")
	}
	var out Revealed
	err := v.transact(ctx, func(tx *Tx) error {
		r, err := v.caredFor(tx.db, id)
		if err != nil {
			return err
		}
		if err := tx.mayReveal(); err != nil {
			return err
		}
		tx.record("resident.reveal", "resident", id, id, "id_number", "phone", "address").Reason = reason
		out = Revealed{r.DocumentNo, r.Phone, r.Address}
		return nil
	})
	return out, err
}

// mayReveal refuses an account that has seen enough in clear today, of whatever noun.
func (tx *Tx) mayReveal() error {
	var n int64
	err := tx.db.Model(&models.AuditRow{}).Where("actor = ? AND action IN ? AND at >= ?", tx.actor.Name(), []string{"resident.reveal", "complaint.reveal"}, tx.today.Start()).Count(&n).Error
	if err == nil && n >= MaxRevealsPerDay {
		err = models.Errorf(models.TooMany, "reveal_limit", "今天查看明文的次数已达上限(%d次)", MaxRevealsPerDay)
	}
	return err
}
