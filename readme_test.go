package main

import (
	"bytes"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestReadme runs the commands of README.md in the order in which they stand,
// in one folder, and holds what it says they print to what they print.
//
// A fenced block of the language console has a command after "$ " and below it
// everything that it prints, standard error among it. A line that is "…" alone
// stands for any lines, "…" within a line for any text. Times that something
// took differ from run to run and count as equal. A serve or dev goes on running,
// and curl asks the one that runs.
//
// Commands of the shell, of git and of Go's own tools are not run; any other
// that this test does not know fails it.
func TestReadme(t *testing.T) {
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	scenes, err := readmeScenes(string(text))
	if err != nil {
		t.Fatal(err)
	}
	terminal := newReadmeTerminal(t)
	run := 0
	for _, scene := range scenes {
		t.Run(scene.command, func(t *testing.T) {
			words, err := splitShell(scene.command)
			if err != nil {
				t.Fatalf("README.md:%d: %v", scene.line, err)
			}
			printed, known := terminal.do(t, words)
			if !known {
				return
			}
			run++
			if err := sameOutput(scene.output, printed); err != nil {
				t.Errorf("README.md:%d: %v\nit says\n%s\nit is\n%s", scene.line, err, scene.output, printed)
			}
		})
	}
	if run < 3 {
		t.Errorf("README.md has %d commands that this test runs, in blocks of the language console: too few to be a README", run)
	}
}

// scene is a command and what it prints.
type scene struct {
	line            int
	command, output string
}

// readmeScenes finds the commands of a Markdown text.
func readmeScenes(text string) ([]scene, error) {
	var scenes []scene
	inside := false
	for i, line := range strings.Split(text, "\n") {
		command, isCommand := strings.CutPrefix(line, "$ ")
		switch {
		case line == "```console":
			inside = true
			scenes = append(scenes, scene{})
		case strings.HasPrefix(line, "```"):
			inside = false
		case !inside:
		case isCommand:
			scenes = append(scenes, scene{line: i + 1, command: command})
		case scenes[len(scenes)-1].command == "":
			return nil, fmt.Errorf("README.md:%d: %q stands in a console before any command", i+1, line)
		case strings.HasSuffix(scenes[len(scenes)-1].command, `\`) && scenes[len(scenes)-1].output == "":
			scenes[len(scenes)-1].command = strings.TrimSuffix(scenes[len(scenes)-1].command, `\`) + strings.TrimSpace(line)
		default:
			scenes[len(scenes)-1].output += line + "\n"
		}
	}
	var named []scene
	for _, one := range scenes {
		if one.command != "" {
			named = append(named, one)
		}
	}
	return named, nil
}

// splitShell takes a command line apart the way a shell does, as far as a
// README needs it: words, quotes, comments. What it does not know it refuses.
func splitShell(line string) ([]string, error) {
	var words []string
	var word strings.Builder
	quote, begun := rune(0), false
	for _, c := range line {
		switch {
		case quote != 0 && c == quote:
			quote = 0
		case quote != 0:
			word.WriteRune(c)
		case c == '\'' || c == '"':
			quote, begun = c, true
		case c == ' ':
			if begun {
				words = append(words, word.String())
			}
			word.Reset()
			begun = false
		case c == '#' && !begun:
			return words, nil
		case strings.ContainsRune("|&;<>$`*?(){}", c):
			return nil, fmt.Errorf("%q: this test does not know %q outside of quotes", line, c)
		default:
			word.WriteRune(c)
			begun = true
		}
	}
	if quote != 0 {
		return nil, fmt.Errorf("%q: a quote is not closed", line)
	}
	if begun {
		words = append(words, word.String())
	}
	return words, nil
}

// readmeTerminal is the folder and the screen that the commands share.
type readmeTerminal struct {
	world  *world
	screen words
	web    *served
	code   int
	// mayFail is set where the next line asks how the command ended.
	mayFail bool
}

func newReadmeTerminal(t *testing.T) *readmeTerminal {
	r := &readmeTerminal{world: newWorld(t)}
	r.world.out.also, r.world.err.also = &r.screen, &r.screen
	t.Chdir(r.world.dir)
	return r
}

// notRun are commands that a README shows and no test needs to run.
var notRun = []string{"go test", "go install", "go generate", "git clone", "cd"}

// do runs a command and gives what it printed; false when it is one of notRun.
func (r *readmeTerminal) do(t *testing.T, line []string) (printed string, known bool) {
	all := strings.Join(line, " ")
	for _, prefix := range notRun {
		if all == prefix || strings.HasPrefix(all, prefix+" ") {
			return "", false
		}
	}
	var args []string
	switch {
	case line[0] == "curl":
		if r.web == nil {
			t.Fatal("nothing is served yet that curl could ask")
		}
		return curl(t, r.web, line[1:]), true
	case all == "echo $?":
		return strconv.Itoa(r.code) + "\n", true
	case line[0] == "loanleaf":
		args = line[1:]
	case strings.HasPrefix(all, "go run ."):
		args = line[3:]
	default:
		t.Fatalf("this test knows no command %q", line[0])
	}
	if len(args) > 0 && (args[0] == "serve" || args[0] == "dev") {
		if r.web != nil {
			r.web.stop()
		}
		r.world.out.take()
		r.screen.take()
		r.web = r.world.start(args[0], args[1:]...)
		return r.screen.take(), true
	}
	r.screen.take()
	r.code = r.world.run(args...)
	if r.code != 0 && r.code != 3 && !r.mayFail {
		t.Errorf("it ended with %d", r.code)
	}
	return r.screen.take(), true
}

// curl is the little of curl that a README shows: -s, -i, -I and -H.
func curl(t *testing.T, web *served, args []string) string {
	var headers []string
	address, head := "", false
	for i := 0; i < len(args); i++ {
		switch arg := args[i]; {
		case arg == "-s" || arg == "-g":
		case arg == "-i":
			head = true
		case arg == "-H" && i+1 < len(args):
			i++
			headers = append(headers, args[i])
		case strings.HasPrefix(arg, "-"):
			t.Fatalf("this test does not know the option %s of curl", arg)
		default:
			address = arg
		}
	}
	if address == "" {
		t.Fatal("curl is given no address")
	}
	got := web.get(address, headers...)
	if head {
		return got.String()
	}
	if got.code != 200 {
		t.Errorf("%s answered %d", address, got.code)
	}
	return got.body
}

var (
	took   = regexp.MustCompile(`\b\d+(\.\d+)?(µs|ms|s)\b|\b\d+m\d+(\.\d+)?s\b`)
	anyRun = regexp.QuoteMeta("…")
)

// sameOutput holds what a README says against what was printed.
func sameOutput(said, printed string) error {
	if strings.TrimSpace(said) == "" && strings.TrimSpace(printed) != "" {
		return fmt.Errorf("it prints something")
	}
	steady := func(s string) string { return took.ReplaceAllString(strings.TrimRight(s, "\n"), "0s") }
	var pattern bytes.Buffer
	pattern.WriteString(`\A`)
	for i, line := range strings.Split(steady(said), "\n") {
		if i > 0 {
			pattern.WriteString(`\n`)
		}
		if line == "…" {
			pattern.WriteString(`(?:.*\n?)*?.*`)
			continue
		}
		pattern.WriteString(strings.ReplaceAll(regexp.QuoteMeta(line), anyRun, `[^\n]*`))
	}
	pattern.WriteString(`\z`)
	matched, err := regexp.MatchString(pattern.String(), steady(printed))
	if err == nil && !matched {
		err = fmt.Errorf("it prints something else")
	}
	return err
}

func TestReadmeOutputIsHeldToWhatIsPrinted(t *testing.T) {
	for _, test := range []struct {
		name, said, printed string
		same                bool
	}{
		{"the same words", "a\nb\n", "a\nb\n", true},
		{"another word", "a\nb\n", "a\nc\n", false},
		{"a line less", "a\n", "a\nb\n", false},
		{"a line more", "a\nb\n", "a\n", false},
		{"nothing said", "", "a\n", false},
		{"nothing said, nothing printed", "", "", true},
		{"another time", "done; 1.2s\n", "done; 350ms\n", true},
		{"another count", "done; 12 files\n", "done; 13 files\n", false},
		{"any text within a line", "a … z\n", "a b c z\n", true},
		{"not over lines", "a … z\n", "a\nz\n", false},
		{"any lines", "a\n…\nz\n", "a\nb\nc\nz\n", true},
		{"any lines to the end", "a\n…\n", "a\nb\nc\n", true},
		{"any lines, but the last", "a\n…\nz\n", "a\nb\n", false},
		{"signs of patterns are themselves", "a.c (x)\n", "abc (x)\n", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			if err := sameOutput(test.said, test.printed); (err == nil) != test.same {
				t.Errorf("same is %t, want %t: %v", err == nil, test.same, err)
			}
		})
	}
}

func TestReadmeScenesAreFound(t *testing.T) {
	text := "# Title\n\n```console\n$ loanleaf version\nloanleaf 1\n$ loanleaf build \\\n  --out x\nmade\n```\n\n```\n$ not this\n```\n"
	got, err := readmeScenes(text)
	want := []scene{{4, "loanleaf version", "loanleaf 1\n"}, {6, "loanleaf build --out x", "made\n"}}
	if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("found %v, want %v: %v", got, want, err)
	}
	if _, err := readmeScenes("```console\nloanleaf version\n```\n"); err == nil {
		t.Error("a line before any command was taken")
	}
	for line, want := range map[string]int{`curl 'http://a/b?c=d&e' -H "A: b"`: 4, `loanleaf build # why`: 2} {
		if words, err := splitShell(line); err != nil || len(words) != want {
			t.Errorf("%s: %q %v", line, words, err)
		}
	}
	for _, line := range []string{"loanleaf sample | head", "loanleaf sample > x", "loanleaf 'x"} {
		if words, err := splitShell(line); err == nil {
			t.Errorf("%s: taken as %q", line, words)
		}
	}
}
