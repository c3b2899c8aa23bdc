package limit

// SetMost sets the most keys of a limiter.
func SetMost(l *Local, n int) { l.most = n }

// Keys is the number of keys a limiter remembers.
func Keys(l *Local) int { return len(l.buckets) }
