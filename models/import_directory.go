package models

import "strings"

// directory finds rows by the texts they go by, in layers: a text that is found in an
// earlier layer is not looked for in a later one.
type directory struct{ layers []map[string]ID }

// several marks a text that more than one row goes by.
const several ID = -1

func (d *directory) add(layer int, text string, id ID) {
	for len(d.layers) <= layer {
		d.layers = append(d.layers, map[string]ID{})
	}
	key := foldWord(text)
	if key == "" {
		return
	}
	if have, taken := d.layers[layer][key]; taken && have != id {
		id = several
	}
	d.layers[layer][key] = id
}

func (d directory) find(texts ...string) ID {
	for _, layer := range d.layers {
		for _, text := range texts {
			if id := layer[foldWord(text)]; id != 0 {
				return id
			}
		}
	}
	return 0
}

// VillageDirectory finds the villages of a scope by code or name.
type VillageDirectory struct{ directory }

// NewVillageDirectory lists the villages that may be named.
func NewVillageDirectory(villages []Village) VillageDirectory {
	var d VillageDirectory
	for _, v := range villages {
		// The same 12 digits may be the record code of one village and the statistics code of another (domain §4.4).
		for layer, text := range []string{v.Code, v.EHRCode, v.StatCode, v.Name, v.Town + v.Name} {
			d.add(layer, text, v.ID)
		}
	}
	return d
}

// committees are the endings of a committee's name, with what the place itself ends in.
var committees = []struct{ ending, place string }{
	{"村村民委员会", "村"}, {"村民委员会", "村"}, {"村委会", "村"}, {"社区居民委员会", "社区"}, {"社区居委会", "社区"},
	{"居民委员会", ""}, {"居委会", ""}, {"居民委员会", "社区"}, {"居委会", "社区"}, {"村委会", ""}, {"村民委员会", ""},
}

// Find returns the village of a code, of a name with or without its town, or of its
// committee's name. The code is "unknown" or "ambiguous" when there is not exactly one.
func (d VillageDirectory) Find(text string) (id ID, code string) {
	names := []string{text}
	for _, c := range committees {
		if place, ok := strings.CutSuffix(foldWord(text), c.ending); ok {
			names = append(names, place+c.place)
		}
	}
	return found(d.find(names...))
}

// TeamDirectory finds the teams of a scope by code or name.
type TeamDirectory struct {
	directory
	closed map[ID]bool
}

// NewTeamDirectory lists the teams that may be named.
func NewTeamDirectory(teams []Team) TeamDirectory {
	d := TeamDirectory{closed: map[ID]bool{}}
	for _, t := range teams {
		d.add(0, t.Code, t.ID)
		d.add(1, t.Name, t.ID)
		d.closed[t.ID] = t.Status != TeamActive
	}
	return d
}

// Find returns the team of a code or name. The code is "unknown", "ambiguous" or
// "closed" when there is not exactly one that works.
func (d TeamDirectory) Find(text string) (id ID, code string) {
	id, code = found(d.find(text))
	if d.closed[id] {
		return 0, "closed"
	}
	return id, code
}

func found(id ID) (ID, string) {
	switch id {
	case 0:
		return 0, "unknown"
	case several:
		return 0, "ambiguous"
	}
	return id, ""
}
