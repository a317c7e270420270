package command

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestGitTellsWhetherAFileIsAnotherThanAtACommit(t *testing.T) {
	folder := t.TempDir()
	git := func(args ...string) string {
		c := exec.Command("git", append([]string{"-C", folder, "-c", "user.name=A", "-c", "user.email=a@loans.example", "-c", "commit.gpgsign=false"}, args...)...)
		out, err := c.CombinedOutput()
		if err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
		return strings.TrimSpace(string(out))
	}
	write := func(text string) {
		if err := os.WriteFile(filepath.Join(folder, "a.md"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if gitChanged(t.Context(), folder) != nil {
		t.Fatal("a folder outside of repositories has commits")
	}
	git("init", "-q")
	write("one\n")
	git("add", "a.md")
	git("commit", "-q", "-m", "one")
	first := git("rev-parse", "--short", "HEAD")
	changed := gitChanged(t.Context(), folder)
	check := func(when, commit string, want, known bool) {
		t.Helper()
		is, err := changed(commit, "a.md")
		if is != want || (err == nil) != known {
			t.Errorf("%s: changed %t, %v", when, is, err)
		}
	}
	check("as it was committed", first, false, true)
	write("two\n")
	check("changed and not committed", first, true, true)
	git("commit", "-q", "-a", "-m", "two")
	check("changed and committed", first, true, true)
	check("a newer commit", git("rev-parse", "HEAD"), false, true)
	check("a commit that is not there", "0123456789", false, false)
	check("an option of git", "--output=x", false, false)
}
