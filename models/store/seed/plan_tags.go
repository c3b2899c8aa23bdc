package seed

import "jiayi/models"

// placeThreeHigh places everyone with hypertension, diabetes or dyslipidaemia so that
// the Venn diagram of §9.4, its signed figures and each institution's total of §9.5 hold.
// The chronic crowd and the few pregnant are placed already; the elderly with disease
// and those with dyslipidaemia alone make up the rest of each institution's figure.
func (p *plan) placeThreeHigh(m margins) {
	chronicCrowd := make([]int, institutions)
	for i := range institutions {
		chronicCrowd[i] = p.people[i][chronic][unsigned] + p.people[i][chronic][signed]
	}
	expecting := split(m.scaled(chronicIn[maternal].residents), p.residents(maternal))
	rest := make([]int, institutions)
	for i := range institutions {
		rest[i] = max(0, m.threeHigh[i]-chronicCrowd[i]-expecting[i])
	}
	total := max(0, sum(m.threeHigh[:])-sum(chronicCrowd)-sum(expecting))
	kinds := split(total, []int{chronicIn[elderly].residents, regionFigures[regionL].residents})
	placed := table(split(total, rest), kinds)

	var ill [crowds][signedness][]int // with hypertension or diabetes, by institution
	old := make([]int, institutions)
	lipids := make([]int, institutions)
	for i, line := range placed {
		old[i], lipids[i] = line[0], line[1]
	}
	ill[elderly] = signedParts(old, chronicIn[elderly])
	ill[maternal] = signedParts(expecting, chronicIn[maternal])
	for s := range signedness {
		for i := range institutions {
			ill[chronic][s] = append(ill[chronic][s], p.people[i][chronic][s])
		}
	}
	p.placeRegions(ill)
	p.placeLipids(lipids)
}

// residents lists a crowd by institution.
func (p *plan) residents(c crowd) []int {
	out := make([]int, institutions)
	for i := range institutions {
		out[i] = p.people[i][c][unsigned] + p.people[i][c][signed]
	}
	return out
}

// signedParts divides numbers by institution into unsigned and signed as in f.
func signedParts(rows []int, f count) (out [signedness][]int) {
	for _, line := range table(rows, split(sum(rows), []int{f.unsigned(), f.signed})) {
		out[unsigned], out[signed] = append(out[unsigned], line[0]), append(out[signed], line[1])
	}
	return out
}

// placeRegions divides the people with hypertension or diabetes over the regions.
func (p *plan) placeRegions(ill [crowds][signedness][]int) {
	for s := range signedness {
		var rows, shape []int
		for _, r := range chronicRegions {
			shape = append(shape, [signedness]int{regionFigures[r].unsigned(), regionFigures[r].signed}[s])
		}
		in := []crowd{elderly, maternal, chronic}
		for _, c := range in {
			rows = append(rows, ill[c][s]...)
		}
		for k, line := range table(rows, split(sum(rows), shape)) {
			for j, n := range line {
				p.threeHigh[chronicRegions[j]][k%institutions][in[k/institutions]][s] = n
			}
		}
	}
}

// placeLipids places those with dyslipidaemia alone.
func (p *plan) placeLipids(rows []int) {
	shape := []int{lipidsIn[elderly].unsigned(), lipidsIn[elderly].signed, lipidsIn[others].unsigned(), lipidsIn[others].signed}
	for i, line := range table(rows, split(sum(rows), shape)) {
		p.threeHigh[regionL][i][elderly] = [signedness]int{line[0], line[1]}
		p.threeHigh[regionL][i][others] = [signedness]int{line[2], line[3]}
	}
}

// placeOverlap spreads n people of a crowd who also carry the code, in proportion to the
// crowd's cells; those of a sworn list are taken from the signed alone.
func (p *plan) placeOverlap(o overlap, n int) {
	if p.tags[o.code] == nil {
		p.tags[o.code] = &grid{}
	}
	var cells []int
	for i := range institutions {
		for s := range signedness {
			size := p.people[i][o.in][s]
			if o.sworn && s == unsigned {
				size = 0
			}
			cells = append(cells, size)
		}
	}
	for k, n := range split(min(n, sum(cells)), cells) {
		p.tags[o.code][k/signedness][o.in][k%signedness] = n
	}
}

// codesOf are the populations of a region of the Venn diagram.
func codesOf(region int) models.Mask {
	var m models.Mask
	for bit, code := range map[int]models.Population{regionH: models.Hypertension, regionD: models.Diabetes, regionL: models.Dyslipidaemia} {
		if region&bit != 0 {
			m |= models.MaskOf(code)
		}
	}
	return m
}
