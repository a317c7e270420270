package main

import (
	"fmt"
	"os"
	"strings"
	"text/tabwriter"
	"time"
)

// row is a line of the table. What is empty was not measured.
type row struct {
	stage, wall, cpu, rate, peak, bytes, ratio string
}

// table is printed when all of it is there.
type table struct {
	title string
	rows  []row
	notes []string
}

func (t *table) add(r row) {
	t.rows = append(t.rows, r)
	fmt.Fprintf(os.Stderr, "  %s: %s\n", r.stage, strings.Join(strings.Fields(strings.Join([]string{r.wall, r.cpu, r.rate, r.peak, r.bytes, r.ratio}, "  ")), " "))
}

func (t *table) print() {
	fmt.Printf("\n%s\n\n", t.title)
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "stage\twall\tCPU\tper CPU second\tpeak\tbytes\tratio\t")
	for _, r := range t.rows {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t\n", r.stage, r.wall, r.cpu, r.rate, r.peak, r.bytes, r.ratio)
	}
	w.Flush()
	for _, note := range t.notes {
		fmt.Println(note)
	}
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.2f s", d.Seconds()) }

func millis(d time.Duration) string { return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000) }

func megabytes(n int64) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}

// perSecond is how many of n there were in a second of processor time.
func perSecond(n int, what string, cpu time.Duration) string {
	if cpu <= 0 {
		return ""
	}
	return fmt.Sprintf("%.0f %s", float64(n)/cpu.Seconds(), what)
}
