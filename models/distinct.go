package models

// CheckDistinct notes a list that names something twice. A schema cannot say so: huma's
// check of uniqueItems panics at items that are lists or objects.
func CheckDistinct[T comparable](p *Problems, field string, list []T) {
	seen := map[T]bool{}
	for _, item := range list {
		if seen[item] {
			p.Add(field, "duplicate", "列表中有重复项")
			return
		}
		seen[item] = true
	}
}
