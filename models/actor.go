package models

import (
	"context"
	"time"
)

// Actor is who a request or a job acts as. Its scope decides which patients exist
// for it; the zero Actor is nobody and sees nothing.
type Actor struct {
	Role          Role
	AccountID     ID        // staff account
	WechatID      ID        // resident's WeChat account
	StaffID       ID        //
	ResidentID    ID        // the resident bound to the WeChat account
	WardIDs       []ID      // residents the actor is guardian of, today
	TeamIDs       []ID      // teams the staff member serves in, today
	PastTeamIDs   []ID      // teams the staff member left of late; what they handed over may still be read
	InstitutionID ID        //
	SessionID     string    //
	PasswordAt    time.Time // when the password was last entered in the session; zero for never
	Owes          Duty      // what must be done before anything else
	IP            string    // for evidence and audit
	Device        string    // user agent, cut short
	RequestID     string    //
}

// System is the explicit actor of jobs and commands.
func System(name string) Actor {
	return Actor{Role: SystemRole, RequestID: name}
}

// IsStaff tells whether the actor is a staff member (or the system).
func (a Actor) IsStaff() bool { return a.Role != ResidentRole && a.Role != "" }

// Reach is the extent of the actor's data scope.
func (a Actor) Reach() Reach {
	spec, _ := a.Role.Spec()
	return spec.Reach
}

// Can tells whether the actor holds the permission and owes nothing that comes first.
func (a Actor) Can(p Permission) bool { return a.Refusal(p) == nil }

// Reauthenticated tells whether the password was entered within ReauthWithin.
func (a Actor) Reauthenticated(now time.Time) bool {
	return !a.PasswordAt.IsZero() && now.Sub(a.PasswordAt) <= ReauthWithin
}

// Serves tells whether the actor works in the team.
func (a Actor) Serves(team ID) bool { return containsID(a.TeamIDs, team) }

// WorksAt tells whether the actor is clinical staff or the manager of the institution, not
// one of a desk of the district that has its place there.
func (a Actor) WorksAt(institution ID) bool {
	r := a.Reach()
	return a.IsStaff() && institution != 0 && a.InstitutionID == institution && (r == TeamReach || r == InstitutionReach)
}

// ActsFor tells whether the actor is the resident or a guardian of the resident.
func (a Actor) ActsFor(resident ID) bool {
	return resident != 0 && (a.ResidentID == resident || containsID(a.WardIDs, resident))
}

func containsID(ids []ID, id ID) bool {
	for _, x := range ids {
		if x == id {
			return true
		}
	}
	return false
}

type actorKey struct{}

// WithActor puts the actor into the context of a request.
func WithActor(ctx context.Context, a Actor) context.Context {
	return context.WithValue(ctx, actorKey{}, a)
}

// ActorFrom returns the actor of the request; the zero Actor when there is none.
func ActorFrom(ctx context.Context) Actor {
	a, _ := ctx.Value(actorKey{}).(Actor)
	return a
}
