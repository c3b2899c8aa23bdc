package sheet

import "io"

// budget is a reader that gives out at most so many bytes before it is refilled.
// Whoever parses the bytes refills it after each piece, so that no single piece,
// such as a quotation that never ends, can fill the memory.
type budget struct {
	from io.Reader
	max  int
	left int
}

func newBudget(from io.Reader, limit int) *budget { return &budget{from, limit, limit} }

func (b *budget) refill() { b.left = b.max }

// Read returns ErrRowSize when the budget is used up.
func (b *budget) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, ErrRowSize
	}
	n, err := b.from.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}
