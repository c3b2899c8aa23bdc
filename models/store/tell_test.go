package store

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"jiayi/models"
)

// telling are the ways to tell, with the place of the template among their arguments.
var telling = map[string]int{"tell": 1, "tellStaff": 1, "tellTeam": 1, "tellInstitution": 1, "tellDesk": 1, "tellEach": 2}

// TestEveryNoticeIsInTheTable reads this package: every template that is told is a row of
// models.Notices, and every row is told somewhere.
func TestEveryNoticeIsInTheTable(t *testing.T) {
	paths, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var files []*ast.File
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	told := map[string]bool{}
	note := func(e ast.Expr) {
		if lit, ok := e.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			if text, err := strconv.Unquote(lit.Value); err == nil {
				told[text] = true
			}
		}
	}
	for _, file := range files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ValueSpec: // SomethingNotice = "…": what a variable template can be
				for i, name := range n.Names {
					if strings.HasSuffix(name.Name, "Notice") && i < len(n.Values) {
						note(n.Values[i])
					}
				}
			case *ast.CallExpr:
				if sel, ok := n.Fun.(*ast.SelectorExpr); ok {
					if at, tells := telling[sel.Sel.Name]; tells && at < len(n.Args) {
						note(n.Args[at])
					}
				}
			case *ast.KeyValueExpr: // notice{template: "…"}
				if key, ok := n.Key.(*ast.Ident); ok && key.Name == "template" {
					note(n.Value)
				}
			}
			return true
		})
	}
	for code := range told {
		if _, ok := models.NoticeOf(code); !ok {
			t.Errorf("%q is told, and is no row of models.Notices", code)
		}
	}
	for _, n := range models.Notices {
		if !told[n.Code] {
			t.Errorf("nobody tells %q", n.Code)
		}
	}
}

// TestTellingRefuses what is not in the table, and the wrong kind of receiver.
func TestTellingRefuses(t *testing.T) {
	tx := &Tx{s: &Store{}}
	for _, n := range []notice{
		{template: "birthday", resident: 1, about: 1},
		{template: "contract_result", account: 1, about: 1},
		{template: "chat_to_team", resident: 1, about: 1},
		{template: "contract_result", about: 1},
		{template: "complaint_replied", resident: 1, account: 1, about: 1},
		{template: "contract_result", resident: 1},
	} {
		if _, err := tx.message(n); err == nil {
			t.Errorf("%+v is told", n)
		}
	}
	if m, err := tx.message(notice{template: "contract_result", resident: 1, about: 2}); err != nil || m.Status != models.MessageWaiting {
		t.Errorf("%+v, %v", m, err)
	}
	if m, err := tx.message(notice{template: "chat_to_team", account: 1, about: 2}); err != nil || m.Status != models.MessageInbox {
		t.Errorf("%+v, %v", m, err)
	}
}
