package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestTheSameSiteAnywhere builds one site as processes that differ in everything that
// must not matter, and in the end on top of another site: the same bytes come out, the
// memo and the permissions with them.
func TestTheSameSiteAnywhere(t *testing.T) {
	for _, flags := range [][]string{nil, {"--pack"}} {
		name := strings.Join(append([]string{"build"}, flags...), " ")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRuin(t, smallEditions(), append(flags, "--languages", "en,ar")...)
			dist := filepath.Join(r.dir, "work/site/dist")
			want := photographed(t, dist)
			for _, c := range []struct {
				limits, env []string
				dist, store string
			}{
				{[]string{"-umask", "0"}, []string{"GOMAXPROCS=1", "TZ=Pacific/Kiritimati", "LANG=tr_TR.UTF-8", "LC_ALL=tr_TR.UTF-8"}, "other/place", "s1"},
				{[]string{"-umask", "077"}, []string{"GOMAXPROCS=2", "TZ=America/St_Johns", "LANG=ar_EG.UTF-8", "LC_ALL=ar_EG.UTF-8", "LC_COLLATE=C"}, "b c", "s2"},
				{[]string{"-umask", "027", "-in", r.dir}, []string{"GOMAXPROCS=8", "TZ=", "LANG=", "LC_ALL=POSIX", "GOGC=5"}, "é", "s3"},
			} {
				at := filepath.Join(r.dir, c.dist)
				if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
					t.Fatal(err)
				}
				args := replaced(r.args(0), dist, at, filepath.Join(r.dir, "work/store"), filepath.Join(r.dir, c.store))
				if c.limits[len(c.limits)-1] == r.dir { // it is named from where it is
					args = replaced(args, at, c.dist, filepath.Join(r.dir, "work/loans.jsonl"), "work/loans.jsonl")
				}
				ended := r.startIn(c.env, "limited", append(append(c.limits, "loanleaf"), args...)...).wait()
				if ended.code != r.editions[0].code {
					t.Fatalf("%q: it ended with %d: %s", c.env, ended.code, ended.said)
				}
				alike(t, strings.Join(append(c.limits, c.env...), " "), photographed(t, at), want)
			}
			for range 2 { // there and back again
				r.recover()
			}
			alike(t, "built on another edition", photographed(t, dist), want)
		})
	}
}

func replaced(args []string, pairs ...string) (other []string) {
	for _, arg := range args {
		for i := 0; i < len(pairs); i += 2 {
			if arg == pairs[i] {
				arg = pairs[i+1]
			}
		}
		other = append(other, arg)
	}
	return other
}

// photographed is everything of a folder that a reader may see, by name.
func photographed(t *testing.T, dir string) map[string]string {
	t.Helper()
	seen := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		name, _ := filepath.Rel(dir, path)
		seen[name] = info.Mode().String()
		if info.Mode().IsRegular() {
			body, err := os.ReadFile(path)
			seen[name] += " " + string(body)
			return err
		}
		return nil
	})
	if err != nil || len(seen) < 10 {
		t.Fatalf("%d files: %v", len(seen), err)
	}
	return seen
}

func alike(t *testing.T, how string, got, want map[string]string) {
	t.Helper()
	for name, is := range want {
		if other, ok := got[name]; !ok || other != is {
			at := 0
			for at < min(len(other), len(is)) && other[at] == is[at] {
				at++
			}
			t.Errorf("%s: %s differs: %.80q, want %.80q", how, name, bytes.TrimSpace([]byte(other[at:])), is[at:])
		}
	}
	if len(got) != len(want) {
		t.Errorf("%s: %d files and folders, want %d", how, len(got), len(want))
	}
}
