// Sbom writes which modules are in a Go program, as a bill of materials in
// CycloneDX 1.6, in JSON, to standard output:
//
//	go run ./packaging/sbom PROGRAM
//
// It says what the linker recorded in the program (debug/buildinfo), so neither
// more nor less than is in it: modules of tests and tools are not. Hashes of
// modules are those of go.sum, and the program's its own. The same program gives
// the same bytes.
//
// It does not say which module needs which, since programs do not record it, and
// no licences: packaging/build collects their texts.
package main

import (
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"slices"
	"strings"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "sbom:", err)
		os.Exit(1)
	}
}

func run(args []string, out io.Writer) error {
	if len(args) != 1 {
		return errors.New("name one program")
	}
	body, err := os.ReadFile(args[0])
	if err != nil {
		return err
	}
	info, err := buildinfo.ReadFile(args[0])
	if err != nil {
		return err
	}
	b, err := billOf(info, sha256.Sum256(body))
	if err != nil {
		return err
	}
	encoder := json.NewEncoder(out)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(b)
}

// bill is the part of CycloneDX 1.6 that is written
// (https://cyclonedx.org/docs/1.6/json/).
type bill struct {
	Schema       string       `json:"$schema"`
	Format       string       `json:"bomFormat"`
	SpecVersion  string       `json:"specVersion"`
	SerialNumber string       `json:"serialNumber"`
	Version      int          `json:"version"`
	Metadata     metadata     `json:"metadata"`
	Components   []component  `json:"components"`
	Dependencies []dependency `json:"dependencies"`
}

type metadata struct {
	Timestamp string    `json:"timestamp,omitempty"` // of the commit
	Component component `json:"component"`
}

type component struct {
	Ref        string     `json:"bom-ref"`
	Type       string     `json:"type"`
	Name       string     `json:"name"`
	Version    string     `json:"version"`
	Hashes     []hash     `json:"hashes,omitempty"`
	PURL       string     `json:"purl"`
	Properties []property `json:"properties,omitempty"`
}

type hash struct {
	Algorithm string `json:"alg"`
	Content   string `json:"content"`
}

type property struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type dependency struct {
	Ref       string   `json:"ref"`
	DependsOn []string `json:"dependsOn,omitempty"`
}

// billOf makes the bill of a program with this build information and SHA-256.
func billOf(info *debug.BuildInfo, sum [sha256.Size]byte) (*bill, error) {
	program := newComponent("application", info.Main.Path, info.Main.Version)
	program.Hashes = []hash{{"SHA-256", hex.EncodeToString(sum[:])}}
	b := &bill{
		Schema: "http://cyclonedx.org/schema/bom-1.6.schema.json", Format: "CycloneDX", SpecVersion: "1.6",
		SerialNumber: serial(sum), Version: 1,
	}
	for _, setting := range info.Settings {
		if setting.Key == "vcs.time" {
			b.Metadata.Timestamp = setting.Value
		}
		program.Properties = append(program.Properties, property{"go:build:" + setting.Key, setting.Value})
	}
	b.Components = []component{newComponent("library", "std", strings.TrimPrefix(info.GoVersion, "go"))}
	for _, module := range info.Deps {
		c, err := moduleComponent(module)
		if err != nil {
			return nil, err
		}
		b.Components = append(b.Components, c)
	}
	needs := dependency{Ref: program.Ref}
	for _, c := range b.Components {
		needs.DependsOn = append(needs.DependsOn, c.Ref)
		b.Dependencies = append(b.Dependencies, dependency{Ref: c.Ref})
	}
	b.Dependencies = append([]dependency{needs}, b.Dependencies...)
	b.Metadata.Component = program
	return b, nil
}

// newComponent names something of Go by its package URL
// (https://github.com/package-url/purl-spec, type golang).
func newComponent(kind, path, version string) component {
	at := "pkg:golang/" + strings.ToLower(path) + "@" + strings.ReplaceAll(version, "+", "%2B")
	return component{Ref: at, Type: kind, Name: path, Version: version, PURL: at}
}

// moduleComponent is a module, or what stands in its place.
func moduleComponent(module *debug.Module) (component, error) {
	if module.Replace != nil {
		module = module.Replace
	}
	c := newComponent("library", module.Path, module.Version)
	// The sum of go.sum is "h1:" and the base64 of a SHA-256 of the module's files.
	coded, ok := strings.CutPrefix(module.Sum, "h1:")
	sum, err := base64.StdEncoding.DecodeString(coded)
	if !ok || err != nil || len(sum) != sha256.Size {
		return component{}, fmt.Errorf("%s %s has the sum %q, which go.sum does not know", module.Path, module.Version, module.Sum)
	}
	c.Hashes = []hash{{"SHA-256", hex.EncodeToString(sum)}}
	return c, nil
}

// serial is a UUID that follows from the program (RFC 9562, version 8).
func serial(sum [sha256.Size]byte) string {
	id := slices.Clone(sum[:16])
	id[6] = id[6]&0x0f | 0x80
	id[8] = id[8]&0x3f | 0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", id[:4], id[4:6], id[6:8], id[8:10], id[10:])
}
