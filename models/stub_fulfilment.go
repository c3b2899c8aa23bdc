package models

type Fulfilment struct {
	ItemsDue, ItemsDone, ItemsConfirmed, BaseDue, BaseDone int
	NextChange                                             Date
}

func FulfilmentOn(c Contract, items []PackageItem, base map[ID]bool, visits []Encounter, day Date) Fulfilment {
	return Fulfilment{}
}

type Renewal struct{ Cohort, Kept, Expired, Renewed bool }

func RenewalOn(contracts []Contract, day Date) Renewal { return Renewal{} }
