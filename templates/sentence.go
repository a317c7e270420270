package templates

import (
	"github.com/a-h/templ"

	"loanleaf/templates/view"
)

// Sentence writes a sentence with the values in it set apart: an amount is
// strong and isolated from the direction of the words around it, as a name is;
// words of the data say which language they are in; a date carries its day in
// a form that programs read. Plain words are written as they are. Nothing is
// added between spans: the spaces are in the sentence.
//
// Sentences and the rows of tables are written in Go, unlike most other HTML: there
// are hundreds of them a page, and their spaces count.
func Sentence(s view.Sentence) templ.Component {
	return written(func(out *markupWriter) { out.Sentence(s) })
}

func (w *markupWriter) Sentence(s view.Sentence) {
	for _, span := range s {
		switch span.Kind {
		case view.Amount:
			w.markup("<strong><bdi>")
			w.text(span.Text)
			w.markup("</bdi></strong>")
		case view.Name:
			w.isolated(span.Text)
		case view.Words:
			if span.Lang == "" {
				w.isolated(span.Text)
				continue
			}
			w.markup(`<span lang="`)
			w.text(span.Lang)
			w.markup(`" dir="auto">`)
			w.text(span.Text)
			w.markup("</span>")
		case view.Date:
			w.date(span.Time, span.Text)
		default:
			w.text(span.Text)
		}
	}
}

// rows are the lines of a table of payments.
func (w *markupWriter) rows(t view.Table) {
	for _, row := range t.Rows {
		w.markup(`<tr><th scope="row">`)
		w.date(row.Date, row.When)
		w.markup("</th>")
		for column := range len(t.Columns) - 1 {
			if row.Amiss && column == len(t.Columns)-2 {
				w.markup("<td><strong>")
				w.text(amount(row, column))
				w.markup("</strong></td>")
				continue
			}
			w.markup("<td>")
			w.text(amount(row, column))
			w.markup("</td>")
		}
		w.markup("</tr>")
	}
}
