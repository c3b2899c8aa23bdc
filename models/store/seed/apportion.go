package seed

import "sort"

// split divides total over the weights by largest remainder, ties to the earlier one.
// Weights of exactly that total come back unchanged. With no weight at all everything
// goes to the first.
func split(total int, weights []int) []int {
	out := make([]int, len(weights))
	sum := 0
	for _, w := range weights {
		sum += w
	}
	if sum == 0 {
		out[0] = total
		return out
	}
	order := make([]int, len(weights))
	left := total
	for i, w := range weights {
		out[i], order[i] = total*w/sum, i
		left -= out[i]
	}
	sort.SliceStable(order, func(a, b int) bool { return total*weights[order[a]]%sum > total*weights[order[b]]%sum })
	for _, i := range order[:left] {
		out[i]++
	}
	return out
}

// table fills a table with whole numbers so that every row and every column has exactly
// its sum and every cell is row × column / total rounded down or up (controlled
// rounding). Rows and columns must have the same total.
func table(rows, cols []int) [][]int {
	t := rounding{rows: append([]int{}, rows...), cols: append([]int{}, cols...)}
	total, check := 0, 0
	for _, r := range rows {
		total += r
	}
	for _, c := range cols {
		check += c
	}
	if total != check {
		panic("seed: rows and columns of a table differ")
	}
	for i, r := range rows {
		line, rest := make([]int, len(cols)), make([]int, len(cols))
		for j, c := range cols {
			if total > 0 {
				line[j], rest[j] = r*c/total, r*c%total
			}
			t.rows[i] -= line[j]
			t.cols[j] -= line[j]
		}
		t.cells, t.rest, t.up = append(t.cells, line), append(t.rest, rest), append(t.up, make([]bool, len(cols)))
	}
	t.roundUp()
	return t.cells
}

// rounding is a table under way: rows and cols hold what is still missing, up tells
// which cells were rounded up.
type rounding struct {
	rows, cols []int
	cells      [][]int
	rest       [][]int
	up         [][]bool
}

// roundUp raises cells with a remainder until nothing is missing. Where a column is full
// already, another row gives its place up: an augmenting path, which always exists
// because the fractions themselves are a solution.
func (t *rounding) roundUp() {
	for i := range t.rows {
		for t.rows[i] > 0 {
			if !t.raise(i, make([]bool, len(t.cols))) {
				panic("seed: a table cannot be rounded")
			}
			t.rows[i]--
		}
	}
}

func (t *rounding) raise(row int, seen []bool) bool {
	order := make([]int, len(t.cols))
	for j := range order {
		order[j] = j
	}
	sort.SliceStable(order, func(a, b int) bool { return t.rest[row][order[a]] > t.rest[row][order[b]] })
	for _, j := range order {
		if seen[j] || t.up[row][j] || t.rest[row][j] == 0 {
			continue
		}
		seen[j] = true
		if t.cols[j] > 0 {
			t.cols[j]--
		} else if !t.yield(j, seen) {
			continue
		}
		t.up[row][j] = true
		t.cells[row][j]++
		return true
	}
	return false
}

// yield makes a row that was raised in the column take its unit elsewhere.
func (t *rounding) yield(col int, seen []bool) bool {
	for k := range t.rows {
		if t.up[k][col] && t.raise(k, seen) {
			t.up[k][col] = false
			t.cells[k][col]--
			return true
		}
	}
	return false
}
