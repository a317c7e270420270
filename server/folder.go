package server

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"path"
	"strings"

	"loanleaf/generator/docs"
	"loanleaf/generator/hosting"
)

// contentTypes are those of the files of a built site that are none beside documents, as
// the server has them. Nothing is told from content, and no table of the machine is read.
var contentTypes = map[string]string{
	".atom": "application/atom+xml; charset=utf-8", ".css": "text/css; charset=utf-8", ".html": htmlType, ".ico": "image/vnd.microsoft.icon",
	".js": "text/javascript; charset=utf-8", ".md": "text/markdown; charset=utf-8", ".rss": "application/rss+xml; charset=utf-8", ".xml": "text/xml; charset=utf-8",
}

// contentTypeOf is the type of a file by its name, where an ending says too little by
// the names of its folders, which are those of package site.
func contentTypeOf(name string) string {
	ending := path.Ext(name)
	switch {
	case ending == ".json" && strings.Contains("/"+name, "/feeds/"):
		return "application/feed+json; charset=utf-8"
	case ending == ".xml" && strings.HasPrefix(name, "sitemap"):
		return "application/xml; charset=utf-8"
	}
	return cmp.Or(contentTypes[ending], docs.FileType(name), "application/octet-stream")
}

// Folder serves a built site the way a file host does, knowing nothing of
// loans: "/a" is a.html, "/a/" is a/index.html, each leads to the other where that one
// alone is there, and what is not there is the nearest 404.html with status 404. root is the path that the site was built for, without a
// final slash. Links that lead out of the folder, and names that begin with a
// dot, are not followed, and settings for other hosts, which begin with a low
// line, are not shown; of these, the headers in _headers are sent, as the hosts do which
// read that file. The folder may hold a packed site (package pack), which is
// served as its files would be. When a build
// swaps another generation in, the next request is answered from it, packed or not; the
// old one is used until the new one can be opened whole. Close the result when done.
func Folder(dir, root string) (*FolderHandler, error) {
	files, err := openRenewed(dir)
	if err != nil {
		return nil, fmt.Errorf("serve %s: %w", dir, err)
	}
	return &FolderHandler{files: files, root: root}, nil
}

// FolderHandler is an [http.Handler] over a folder.
type FolderHandler struct {
	files *renewed
	root  string
}

// BuiltFor is the path of the base address that the site in the folder was built for,
// without a final slash, as far as the folder tells it; else "".
func (f *FolderHandler) BuiltFor() string {
	now, err := f.files.current()
	if err != nil {
		return ""
	}
	defer now.use.Done()
	found, err := now.files.file(hosting.RedirectsFile)
	if err != nil {
		return ""
	}
	text, err := found.bytes(new(bytes.Buffer), false)
	if err != nil {
		return ""
	}
	return hosting.Root(text)
}

// Close ends the use of the folder, when the requests under way have ended.
func (f *FolderHandler) Close() error { return f.files.Close() }

// Run serves connections of l as [Server.Run] does, as an operation says, and
// answers /healthz and /readyz beside the files. A folder draws and searches
// nothing, so only what is said of everything limits anybody.
func (f *FolderHandler) Run(ctx context.Context, l net.Listener, o Operation) error {
	front := newFront(o)
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		front.serve(w, r, func(v *visit, r *http.Request) {
			switch path := r.URL.EscapedPath(); {
			case v.isHealth(path) && path == healthPath:
				tellJSON(v, r, http.StatusOK, fmt.Appendf(nil, "{\"status\":%q}\n", front.word(true)))
			case v.isHealth(path):
				front.tellReady(v, r, true)
			case !v.may(r, anything):
				v.refuse(r)
			default:
				v.family, v.path = fileFamily, path
				f.ServeHTTP(v, r)
			}
		})
	})
	return run(ctx, l, h, front, func() {})
}

// ServeHTTP answers with a file.
func (f *FolderHandler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		onlyReads(w, r)
		return
	}
	name, ok := strings.CutPrefix(r.URL.Path, f.root+"/")
	if r.URL.Path == f.root {
		name, ok = "", true
	}
	now, err := f.files.current()
	if err != nil {
		plain(w, r, http.StatusServiceUnavailable, "This server stops.")
		return
	}
	defer func() { now.use.Done() }()
	if ok {
		found, file, err := now.read(name)
		if err != nil {
			if next, newer := f.files.newer(now); newer {
				now.use.Done()
				now = next
				found, file, err = now.read(name)
			}
		}
		if err == nil {
			f.send(w, r, http.StatusOK, now, file, found)
			return
		}
		if errors.Is(err, errDamaged) {
			plain(w, r, http.StatusInternalServerError, damaged)
			return
		}
		if other := now.otherwise(name); other != "" {
			redirect(w, (&url.URL{Path: f.root + "/" + other, RawQuery: r.URL.RawQuery}).RequestURI())
			return
		}
	}
	for _, page := range notFoundPages(name) {
		if found, file, err := now.read(page); err == nil {
			f.send(w, r, http.StatusNotFound, now, file, found)
			return
		}
	}
	plain(w, r, http.StatusNotFound, "There is no such page.")
}

// otherwise is the name of what is there with a final slash where name has none, or
// without the one that it has; empty where neither is.
func (g *generation) otherwise(name string) string {
	other, less := strings.CutSuffix(name, "/")
	if !less {
		other += "/"
	}
	if name == "" || other == "" {
		return ""
	}
	if _, file, err := g.read(other); err != nil || path.Base(file) == missingPage {
		return ""
	}
	return other
}

// missingPage is what the page for what is not there is called, in any folder.
const missingPage = "404.html"

// notFoundPages are the pages for what is not there: that of the nearest folder of
// the path which has one, as that of a language and of documentation does, and last
// that of the whole site.
func notFoundPages(name string) []string {
	const longest = 500 // of a path whose folders are looked through; no address of a site is longer
	var pages []string
	for folder := path.Dir(name); len(name) <= longest && folder != "." && folder != "/"; folder = path.Dir(folder) {
		pages = append(pages, folder+"/404")
	}
	return append(pages, "404")
}

func (f *FolderHandler) send(w http.ResponseWriter, r *http.Request, status int, from *generation, name string, found hostedFile) {
	if path.Base(name) == missingPage {
		status = http.StatusNotFound // asked for by its name
	}
	sendFile(w, r, status, contentTypeOf(name), from.rules.For(f.root, name), found)
}
