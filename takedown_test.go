package main

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// What a loan that is taken down may have left somewhere: its id, its picture's, words
// of its own, and the list that it was alone on.
var takenDown = regexp.MustCompile(`(?i)7654321|66554433|quillborough|zanzarabbit|marktown|bhutan|country/bt|country-bt`)

const takenDownLoan = `{"id":7654321,"name":"Quillborough","status":"fundraising","loan_amount":400,"funded_amount":25,"sector":"Food","activity":"Farming",` +
	`"use":"to feed a zanzarabbit","description":{"languages":["en"],"texts":{"en":"She keeps a zanzarabbit."}},"partner_id":71,` +
	`"location":{"country":"Bhutan","country_code":"BT","town":"Marktown"},"image":{"id":66554433,"template_id":1},"posted_date":"2026-11-20T00:00:00Z"}` + "\n"

// waysDown are how a loan is taken down.
var waysDown = map[string]func(w *world){
	"it is not in the data any more": func(w *world) { w.write("loans.jsonl", twoLoans) },
	"the operator's list has it":     func(w *world) { w.write("exclude.txt", "7654321\n") },
	"the data says that it is hidden": func(w *world) {
		w.write("loans.jsonl", twoLoans+takenDownLoan+`{"id":7654321,"status":"deleted","loan_amount":400}`+"\n")
	},
}

func takedownWorld(t *testing.T) (*world, []string) {
	w := newWorld(t)
	w.write("exclude.txt", "# nobody\n")
	w.write("pictures/66554433.jpg", markedPicture(t, "a picture"))
	config := w.write("settings.yaml", "images: "+w.path("pictures")+"\nexclude: "+w.path("exclude.txt")+"\n")
	data := w.write("loans.jsonl", twoLoans+takenDownLoan)
	content := filepath.Dir(filepath.Dir(filepath.Dir(w.write("content/docs/en/index.md", "# Handbook\n\n[Home](/)\n"))))
	return w, []string{"--config", config, "--data", data, "--content", content, "--store", w.path("store"), "--base-url", "http://127.0.0.1:8080"}
}

// TestALoanTakenDownIsGoneFromEveryOutput builds a site on top of one that had the
// loan, plain and packed, and looks into every byte of what came and of what is kept.
func TestALoanTakenDownIsGoneFromEveryOutput(t *testing.T) {
	for how, takeDown := range waysDown {
		for _, pack := range []bool{false, true} {
			if pack && os.Getenv("CI") == "" && how != "the operator's list has it" {
				continue
			}
			t.Run(fmt.Sprint(how, ", packed ", pack), func(t *testing.T) {
				w, args := takedownWorld(t)
				build := append([]string{"build", "--out", w.path("dist"), "--cards", w.write("cards.txt", "7654321\n"), "--languages", "en,es", "--report", w.path("report.jsonl")}, args...)
				if pack {
					build = append(build, "--pack")
				}
				files := func() map[string]string {
					if code := w.run(build...); code != 0 {
						t.Fatalf("build ended with %d: %s", code, w.err.String())
					}
					if !pack {
						return remains(t, w.path("dist"))
					}
					if code := w.run("unpack", w.path("dist"), "--out", w.path("files")); code != 0 {
						t.Fatalf("unpack ended with %d: %s", code, w.err.String())
					}
					return remains(t, w.path("files"))
				}
				before := files()
				for _, name := range []string{
					"lend/7654321.html", "embed/7654321.html", "services/oembed/lend/7654321.json", "services/oembed/lend/7654321.xml", "es/lend/7654321.html",
					"card/7654321.jpg", "card/7654321-600.jpg", "badge/7654321.svg", "img/", "index.html", "status/fundraising/index.html", "sector/food/index.html",
					"country/bt/index.html", "partners/71/index.html", "embed/newest.html", "services/oembed/country/bt.json", "feeds/newest.rss", "feeds/newest.atom", "feeds/newest.json", "feeds/country/bt.rss", "feeds/sector/food.json",
					"sitemap/766.xml", ".loanleaf/manifest",
				} {
					if !slices.ContainsFunc(slices.Collect(maps.Keys(before)), func(had string) bool { return strings.HasPrefix(had, name) }) {
						t.Errorf("it was not in %s to begin with: this test looks in the wrong places", name)
					}
				}
				if store := remains(t, w.path("store")); store["loans.sqlite"] == "" {
					t.Errorf("the store had it nowhere: %v", store)
				}
				takeDown(w)
				for name, words := range files() {
					t.Errorf("it is left in %s: …%s…", name, words)
				}
				for name, words := range remains(t, w.path("store")) {
					if name == "report.jsonl" {
						continue // it says which record was taken away, to the operator alone
					}
					t.Errorf("it is left in the store, in %s: …%s…", name, words)
				}
				for name, words := range remains(t, w.path("dist")) { // names in archives
					t.Errorf("it is left in %s: …%s…", name, words)
				}
			})
		}
	}
}

// remains are the files of a folder that have something of the loan in their name or
// in a byte, with what it is.
func remains(t *testing.T, dir string) map[string]string {
	t.Helper()
	found := map[string]string{}
	looked := 0
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, _ := filepath.Rel(dir, path)
		if takenDown.MatchString(name) {
			found[name] = "its name"
		}
		if !entry.Type().IsRegular() {
			return nil
		}
		looked++
		body, err := os.ReadFile(path)
		if at := takenDown.FindIndex(body); at != nil {
			found[name] = fmt.Sprintf("%q", body[max(0, at[0]-40):min(len(body), at[1]+40)])
		}
		return err
	})
	if err != nil || looked < 2 {
		t.Fatalf("%d files were looked at: %v", looked, err)
	}
	return found
}

// TestALoanTakenDownIsGoneFromEveryAnswer asks a server that took the change in.
func TestALoanTakenDownIsGoneFromEveryAnswer(t *testing.T) {
	for how, takeDown := range waysDown {
		t.Run(how, func(t *testing.T) {
			w, args := takedownWorld(t)
			web := w.serve(args...)
			paths := []string{"/", "/search?q=zanza", "/search?q=quill", "/search?q=bhutan", "/feeds/newest.rss", "/feeds/newest.atom", "/feeds/newest.json", "/sitemap.xml", "/sitemap/766.xml",
				"/status/fundraising/", "/sector/food/", "/partners/71/", "/embed/newest", "/embed/sector/food", "/services/oembed?format=json&url=http://127.0.0.1:8080/", "/docs/", "/search/docs.json", "/healthz"}
			own := []string{"/lend/7654321", "/embed/7654321", "/services/oembed/lend/7654321.json", "/services/oembed/lend/7654321.xml", "/country/bt/", "/feeds/country/bt.rss", "/embed/country/bt", "/services/oembed/country/bt.xml",
				"/services/oembed?format=json&url=http://127.0.0.1:8080/lend/7654321", "/services/oembed?url=http://127.0.0.1:8080/lend/7654321&dnt=1", "/img/fullsize/66554433.jpg"}
			drawn := map[string]string{"/card/7654321.jpg": "/card/7.jpg", "/card/7654321-600.png": "/card/7-600.png", "/badge/7654321.svg": "/badge/7.svg"}
			had := 0
			for _, path := range append(paths, own...) {
				if got := web.get(path); got.code == 200 && (takenDown.MatchString(got.body) || strings.HasPrefix(path, "/img/")) {
					had++
				}
			}
			for path, nobody := range drawn {
				if web.get(path).body == web.get(nobody).body {
					t.Errorf("%s was nobody's to begin with", path)
				}
			}
			if had < 22 {
				t.Fatalf("%d answers had it to begin with: this test asks for the wrong things", had)
			}
			takeDown(w)
			w.hangup <- syscall.SIGHUP
			for deadline := time.Now().Add(20 * time.Second); web.get("/lend/7654321").code != 404; time.Sleep(10 * time.Millisecond) {
				if time.Now().After(deadline) {
					t.Fatal("it is never gone: ", w.err.String())
				}
			}
			for _, path := range paths {
				// A page may say what was asked, which is in its address.
				if got := web.get(path); got.code != 200 && got.code != 404 || !strings.Contains(path, "search?") && takenDown.MatchString(got.body) || strings.Contains(got.body, "/lend/7654321") {
					t.Errorf("%s: answered %d, and has it: %s", path, got.code, takenDown.FindString(got.body))
				}
			}
			for _, path := range own {
				if got := web.get(path); got.code != 404 {
					t.Errorf("%s: answered %d", path, got.code)
				}
			}
			for path, nobody := range drawn {
				if web.get(path).body != web.get(nobody).body {
					t.Errorf("%s is still drawn", path)
				}
			}
			if code := web.stop(); code != 0 {
				t.Errorf("serve ended with %d", code)
			}
			for name, words := range remains(t, w.path("store")) {
				if name == "report.jsonl" {
					continue
				}
				t.Errorf("it is left in the store, in %s: …%s…", name, words)
			}
		})
	}
}
