package store

import (
	"context"
	"errors"
	"strings"

	"gorm.io/gorm"

	"jiayi/models"
)

// links is the data scope of links with partner units: the district's managers see all, an
// institution those of its teams, a team the own ones.
func (v View) links(db *gorm.DB) *gorm.DB {
	a := v.actor
	switch {
	case !a.Role.Has(models.StatsRead):
	case a.Reach() == models.DistrictReach:
		return db
	case a.Reach() == models.InstitutionReach:
		return db.Where("team_partners.team_id IN (SELECT id FROM teams WHERE institution_id = ?)", some(a.InstitutionID))
	case a.Reach() == models.TeamReach:
		return db.Where("team_partners.team_id IN ?", anyOf(a.TeamIDs))
	}
	return db.Where("1 = 0")
}

// LinkLine is a link with its names.
type LinkLine struct {
	models.TeamPartner
	TeamName      string
	InstitutionID models.ID
	Partner       models.Partner
}

// LinkFilter chooses links; zero fields choose all.
type LinkFilter struct {
	TeamID, PartnerID models.ID
	Status            models.LinkStatus
}

// PartnerLinks lists the links of the scope.
func (v View) PartnerLinks(ctx context.Context, f LinkFilter, p Page) (List[LinkLine], error) {
	db := v.links(v.query(ctx))
	if f.TeamID != 0 {
		db = db.Where("team_partners.team_id = ?", f.TeamID)
	}
	if f.PartnerID != 0 {
		db = db.Where("team_partners.partner_id = ?", f.PartnerID)
	}
	switch f.Status {
	case models.LinkActive:
		db = db.Where("team_partners.`end` IS NULL")
	case models.LinkEnded:
		db = db.Where("team_partners.`end` IS NOT NULL")
	}
	page, err := paginate(db, p, order{columns: []string{"team_partners.id"}}, func(l models.TeamPartner) []any { return []any{int64(l.ID)} })
	if err != nil {
		return List[LinkLine]{}, err
	}
	lines, err := linkLines(v.query(ctx), page.Items)
	return List[LinkLine]{Items: lines, Next: page.Next}, err
}

func linkLines(db *gorm.DB, list []models.TeamPartner) ([]LinkLine, error) {
	var teams, partners []models.ID
	for _, l := range list {
		teams, partners = append(teams, l.TeamID), append(partners, l.PartnerID)
	}
	named, err := byID(db, teams, func(t models.Team) models.ID { return t.ID })
	if err != nil {
		return nil, err
	}
	units, err := byID(db, partners, func(p models.Partner) models.ID { return p.ID })
	if err != nil {
		return nil, err
	}
	out := make([]LinkLine, len(list))
	for i, l := range list {
		out[i] = LinkLine{l, named[l.TeamID].Name, named[l.TeamID].InstitutionID, units[l.PartnerID]}
	}
	return out, nil
}

// LinkFile is a link with its history and buttons.
type LinkFile struct {
	LinkLine
	History []models.Event
	Actions []models.LinkMove
}

// PartnerLink reads one link of the scope.
func (v View) PartnerLink(ctx context.Context, id models.ID) (LinkFile, error) {
	var l models.TeamPartner
	if err := v.links(v.query(ctx)).Take(&l, "team_partners.id = ?", id).Error; err != nil {
		return LinkFile{}, notFound(err)
	}
	return v.linkFile(ctx, l)
}

func (v View) linkFile(ctx context.Context, l models.TeamPartner) (LinkFile, error) {
	lines, err := linkLines(v.query(ctx), []models.TeamPartner{l})
	if err != nil {
		return LinkFile{}, err
	}
	out := LinkFile{LinkLine: lines[0]}
	out.Actions = models.PartnerLinkProcess.Allowed(l.Status(), v.actor, v.actor.Party(0, l.TeamID, out.InstitutionID))
	out.History, err = history(v.query(ctx), models.PartnerLinkProcess.Noun, l.ID)
	return out, err
}

// BeginLink links a team with a partner unit. It returns Invalid naming the fields, Forbidden
// for anyone but the managers of the team, and Conflict already_linked for a pair that is or
// was linked: an ended link is resumed.
func (v View) BeginLink(ctx context.Context, l models.TeamPartner) (LinkFile, error) {
	l, err := once(ctx, v, func(tx *Tx) (models.TeamPartner, error) {
		l.ID = 0
		l.Scope, l.LeadExpert = strings.TrimSpace(l.Scope), strings.TrimSpace(l.LeadExpert)
		var p models.Problems
		if l.Check(&p, tx.today); len(p) > 0 {
			return l, p.Err()
		}
		team, err := tx.signableTeam(l.TeamID)
		if err != nil {
			return l, err
		}
		if unit, err := get[models.Partner](tx.db, l.PartnerID); err != nil || !unit.Active {
			return l, unknown(orNotFound(err), "partner_id", "协作单位不存在")
		}
		e, err := l.Move(models.MoveBeginLink, l.Begin, tx.actor, team.InstitutionID, "", tx.today)
		if err != nil {
			return l, err
		}
		if err := tx.db.Create(&l).Error; errors.Is(err, gorm.ErrDuplicatedKey) {
			return l, models.Errorf(models.Conflict, "already_linked", "该团队与该单位已有协作记录,可重新协作")
		} else if err != nil {
			return l, err
		}
		return l, tx.happened(e, l.ID, 0)
	})
	if err != nil {
		return LinkFile{}, err
	}
	return v.linkFile(ctx, l)
}

func orNotFound(err error) error {
	if err == nil {
		return models.ErrNotFound
	}
	return err
}

// MoveLink ends or resumes a link of the scope on a day. It returns Forbidden for anyone but
// the managers of the team, Conflict wrong_state, and Invalid naming the field.
func (v View) MoveLink(ctx context.Context, id models.ID, m models.LinkMove, on models.Date, reason string) (LinkFile, error) {
	l, err := once(ctx, v, func(tx *Tx) (models.TeamPartner, error) {
		var l models.TeamPartner
		if err := tx.view().links(tx.forUpdate(tx.db)).Take(&l, "team_partners.id = ?", id).Error; err != nil {
			return l, notFound(err)
		}
		team, err := get[models.Team](tx.db, l.TeamID)
		if err != nil {
			return l, err
		}
		if reason = strings.TrimSpace(reason); len([]rune(reason)) > models.MaxMoveReason {
			return l, models.InvalidField("reason", "too_long", "原因不能超过200个字")
		}
		e, err := l.Move(m, on, tx.actor, team.InstitutionID, reason, tx.today)
		if err != nil {
			return l, err
		}
		if err := tx.db.Save(&l).Error; err != nil {
			return l, err
		}
		return l, tx.happened(e, l.ID, 0)
	})
	if err != nil {
		return LinkFile{}, err
	}
	return v.linkFile(ctx, l)
}

// SessionLine is a session with its names.
type SessionLine struct {
	models.PartnerSession
	TeamName, PartnerName string
}

// LogSession notes a visit of an expert under a link of the scope. It returns Invalid naming
// the fields, and Forbidden for staff who neither lead the team nor manage it.
func (v View) LogSession(ctx context.Context, link models.ID, s models.PartnerSession) (SessionLine, error) {
	s, err := once(ctx, v, func(tx *Tx) (models.PartnerSession, error) {
		var l models.TeamPartner
		if err := tx.view().links(tx.db).Take(&l, "team_partners.id = ?", link).Error; err != nil {
			return s, notFound(err)
		}
		if !tx.actor.Can(models.PartnerWrite) {
			return s, models.ErrForbidden
		}
		s.Expert, s.Notes = strings.TrimSpace(s.Expert), strings.TrimSpace(s.Notes)
		var p models.Problems
		if s.Check(&p, l, tx.today); len(p) > 0 {
			return s, p.Err()
		}
		team, err := get[models.Team](tx.db, l.TeamID)
		if err != nil {
			return s, err
		}
		s.ID, s.LinkID, s.TeamID, s.InstitutionID, s.PartnerID = 0, l.ID, l.TeamID, team.InstitutionID, l.PartnerID
		s.Voided, s.VoidReason, s.EnteredBy, s.CreatedAt = false, "", tx.actor.Name(), tx.now
		if err := tx.db.Create(&s).Error; err != nil {
			return s, err
		}
		tx.record("partner_session.log", "partner_session", s.ID, 0)
		return s, nil
	})
	if err != nil {
		return SessionLine{}, err
	}
	return v.sessionLine(ctx, s)
}

func (v View) sessionLine(ctx context.Context, s models.PartnerSession) (SessionLine, error) {
	lines, err := sessionLines(v.query(ctx), []models.PartnerSession{s})
	if err != nil {
		return SessionLine{}, err
	}
	return lines[0], nil
}

func sessionLines(db *gorm.DB, list []models.PartnerSession) ([]SessionLine, error) {
	var teams, partners []models.ID
	for _, s := range list {
		teams, partners = append(teams, s.TeamID), append(partners, s.PartnerID)
	}
	teamNames, err := names[models.Team](db, teams)
	if err != nil {
		return nil, err
	}
	unitNames, err := names[models.Partner](db, partners)
	if err != nil {
		return nil, err
	}
	out := make([]SessionLine, len(list))
	for i, s := range list {
		out[i] = SessionLine{s, teamNames[s.TeamID], unitNames[s.PartnerID]}
	}
	return out, nil
}

// sessions is the data scope of sessions, the same as of links.
func (v View) sessions(db *gorm.DB) *gorm.DB {
	if !v.actor.Role.Has(models.StatsRead) {
		return db.Where("1 = 0")
	}
	return v.ownTeams(db, "partner_sessions")
}

// SessionFilter chooses sessions; zero fields choose all that stand.
type SessionFilter struct {
	LinkID, TeamID, PartnerID models.ID
	From, To                  models.Date
}

// PartnerSessions lists the sessions of the scope that stand, the latest first.
func (v View) PartnerSessions(ctx context.Context, f SessionFilter, p Page) (List[SessionLine], error) {
	db := v.sessions(v.query(ctx)).Where("partner_sessions.voided = ?", false)
	for column, id := range map[string]models.ID{"link_id": f.LinkID, "team_id": f.TeamID, "partner_id": f.PartnerID} {
		if id != 0 {
			db = db.Where("partner_sessions."+column+" = ?", id)
		}
	}
	if !f.From.IsZero() {
		db = db.Where("partner_sessions.held_on >= ?", f.From)
	}
	if !f.To.IsZero() {
		db = db.Where("partner_sessions.held_on <= ?", f.To)
	}
	page, err := paginate(db, p, order{columns: []string{"partner_sessions.held_on", "partner_sessions.id"}, desc: true},
		func(s models.PartnerSession) []any { return []any{s.On, int64(s.ID)} })
	if err != nil {
		return List[SessionLine]{}, err
	}
	lines, err := sessionLines(v.query(ctx), page.Items)
	return List[SessionLine]{Items: lines, Next: page.Next}, err
}

// VoidSession takes back a session that was noted in error; it stays in the database.
func (v View) VoidSession(ctx context.Context, id models.ID, reason string) (SessionLine, error) {
	s, err := once(ctx, v, func(tx *Tx) (models.PartnerSession, error) {
		var s models.PartnerSession
		if err := tx.view().sessions(tx.forUpdate(tx.db)).Take(&s, "partner_sessions.id = ?", id).Error; err != nil {
			return s, notFound(err)
		}
		reason = strings.TrimSpace(reason)
		var p models.Problems
		if models.CheckNote(&p, "reason", "作废原因", reason, models.MaxMoveReason); len(p) > 0 {
			return s, p.Err()
		}
		if s.Voided {
			return s, models.Errorf(models.Conflict, "voided", "该记录已作废")
		}
		if !tx.actor.Can(models.PartnerWrite) {
			return s, models.ErrForbidden
		}
		s.Voided, s.VoidReason = true, reason
		tx.record("partner_session.void", "partner_session", s.ID, 0)
		return s, tx.db.Omit("created_at").Save(&s).Error
	})
	if err != nil {
		return SessionLine{}, err
	}
	return v.sessionLine(ctx, s)
}

// ContributionRow is what one partner unit, or all for one team, gave in a period.
type ContributionRow struct {
	ID       models.ID // of the unit or the team
	Name     string
	Links    int // that lasted on some day of the period
	Sessions int
	ByKind   map[models.SessionKind]int
	Hours    float64
	People   int
	Done     int // sessions that keep a promise: at most Expected for each link
	Expected int // sessions that the frequencies promise
}

// ContributionTable is an answer to Contributions.
type ContributionTable struct {
	From, To models.Date
	Rows     []ContributionRow
}

// Contributions sums the sessions of the scope over a period, this year by default, by
// partner unit or by team, and holds them against the frequencies of the links (domain §5.3):
// done / expected, where more under one link does not make up for less under another.
func (v View) Contributions(ctx context.Context, byTeam bool, from, to models.Date) (ContributionTable, error) {
	if err := checkPeriod(&from, &to, v.Today()); err != nil {
		return ContributionTable{}, err
	}
	out := ContributionTable{From: from, To: to}
	err := v.snapshot(ctx, func(db *gorm.DB) error {
		var links []models.TeamPartner
		if err := v.links(db).Order("id").Find(&links, "`begin` <= ? AND (`end` IS NULL OR `end` >= ?)", to, from).Error; err != nil {
			return err
		}
		var sums []struct {
			LinkID, TeamID, PartnerID models.ID
			Kind                      models.SessionKind
			N, HalfHours, People      int
		}
		err := v.sessions(db.Model(&models.PartnerSession{})).Where("partner_sessions.held_on BETWEEN ? AND ? AND partner_sessions.voided = ?", from, to, false).
			Select("link_id, team_id, partner_id, `kind`, COUNT(*) AS n, SUM(half_hours) AS half_hours, SUM(people) AS people").
			Group("link_id, team_id, partner_id, `kind`").Order("link_id").Scan(&sums).Error
		if err != nil {
			return err
		}
		rows, order := map[models.ID]*ContributionRow{}, []models.ID{}
		row := func(team, partner models.ID) *ContributionRow {
			id := partner
			if byTeam {
				id = team
			}
			if rows[id] == nil {
				rows[id] = &ContributionRow{ID: id, ByKind: map[models.SessionKind]int{}}
				order = append(order, id)
			}
			return rows[id]
		}
		held := map[models.ID]int{}
		for _, s := range sums {
			r := row(s.TeamID, s.PartnerID)
			r.Sessions, r.Hours, r.People = r.Sessions+s.N, r.Hours+float64(s.HalfHours)/2, r.People+s.People
			r.ByKind[s.Kind] += s.N
			held[s.LinkID] += s.N
		}
		for _, l := range links {
			r, expected := row(l.TeamID, l.PartnerID), l.Expected(from, to)
			r.Links, r.Expected, r.Done = r.Links+1, r.Expected+expected, r.Done+min(held[l.ID], expected)
		}
		var found map[models.ID]string
		if byTeam {
			found, err = names[models.Team](db, order)
		} else {
			found, err = names[models.Partner](db, order)
		}
		for _, id := range order {
			rows[id].Name = found[id]
			out.Rows = append(out.Rows, *rows[id])
		}
		return err
	})
	return out, err
}
