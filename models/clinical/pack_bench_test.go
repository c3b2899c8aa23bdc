package clinical

import "testing"

// BenchmarkAssess checks and judges every vector of every form: the rule pack's share of a
// visit.
//
//	go test -run '^$' -bench Assess -count 10 ./models/clinical | tee new.txt; benchstat new.txt
func BenchmarkAssess(b *testing.B) {
	for _, program := range Programs() {
		list := vectors(b, program.Code)
		b.Run(program.Code, func(b *testing.B) {
			b.ReportAllocs()
			for i := range b.N {
				v := list[i%len(list)]
				pack := PackOn(v.On)
				form, _ := pack.Form(program.Code)
				if values, problems := form.Check(v.Visit, v.Form, Draft); len(problems) == 0 {
					pack.Assess(program.Code, v.Subject, v.History, v.Visit, values)
				}
			}
		})
	}
}
