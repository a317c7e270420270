package server

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path"
	"strings"
)

// contentTypes are those of the files of a built site. Nothing is told from
// content, and no table of the machine is read.
var contentTypes = map[string]string{
	".atom": "application/atom+xml; charset=utf-8", ".css": "text/css; charset=utf-8", ".html": "text/html; charset=utf-8", ".jpg": "image/jpeg", ".js": "text/javascript; charset=utf-8", ".md": "text/markdown; charset=utf-8",
	".json": "application/json; charset=utf-8", ".png": "image/png", ".rss": "application/rss+xml; charset=utf-8", ".svg": "image/svg+xml; charset=utf-8", ".txt": "text/plain; charset=utf-8",
	".xml": "text/xml; charset=utf-8",
}

// Folder serves a built site the way a file host does, knowing nothing of
// loans: "/a" is a.html, "/a/" is a/index.html, and what is not there is the
// nearest 404.html with status 404. root is the path that the site was built for, without a
// final slash. Links that lead out of the folder, and names that begin with a
// dot, are not followed, and settings for other hosts, which begin with a low
// line, are not shown. Close the result when done.
func Folder(dir, root string) (*FolderHandler, error) {
	files, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("serve a folder: %w", err)
	}
	if _, err := files.Stat("index.html"); err != nil {
		files.Close()
		return nil, fmt.Errorf("serve %s: it holds no index.html, so it is not a built site", dir)
	}
	return &FolderHandler{files: files, root: root}, nil
}

// FolderHandler is an [http.Handler] over a folder.
type FolderHandler struct {
	files *os.Root
	root  string
}

// Close ends the use of the folder.
func (f *FolderHandler) Close() error { return f.files.Close() }

// ServeHTTP answers with a file.
func (f *FolderHandler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		plain(w, r, http.StatusMethodNotAllowed, "Only GET and HEAD are answered here.")
		return
	}
	name, ok := strings.CutPrefix(r.URL.Path, f.root+"/")
	if r.URL.Path == f.root {
		name, ok = "", true
	}
	if ok {
		if body, file, err := f.read(name); err == nil {
			f.send(w, r, http.StatusOK, file, body)
			return
		}
		if name != "" && !strings.HasSuffix(name, "/") {
			if _, _, err := f.read(name + "/"); err == nil {
				http.Redirect(w, r, (&url.URL{Path: f.root + "/" + name + "/"}).EscapedPath(), http.StatusMovedPermanently)
				return
			}
		}
	}
	for _, page := range notFoundPages(name) {
		if body, file, err := f.read(page); err == nil {
			f.send(w, r, http.StatusNotFound, file, body)
			return
		}
	}
	plain(w, r, http.StatusNotFound, "There is no such page.")
}

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

// read finds the file behind a path below root.
func (f *FolderHandler) read(name string) (body []byte, file string, err error) {
	if strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") || strings.Contains(name, "/.") || strings.Contains(name, `\`) {
		return nil, "", fs.ErrNotExist
	}
	candidates := []string{name, name + ".html"}
	if name == "" || strings.HasSuffix(name, "/") {
		candidates = []string{name + "index.html"}
	}
	for _, file := range candidates {
		body, err := f.readFile(file)
		if err == nil {
			return body, file, nil
		}
	}
	return nil, "", fs.ErrNotExist
}

func (f *FolderHandler) readFile(name string) ([]byte, error) {
	file, err := f.files.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("not a file")
	}
	return io.ReadAll(file)
}

func (f *FolderHandler) send(w http.ResponseWriter, r *http.Request, status int, name string, body []byte) {
	contentType, ok := contentTypes[path.Ext(name)]
	if !ok {
		contentType = "application/octet-stream"
	}
	if status == http.StatusOK {
		status = 0
	}
	send(w, r, answer{kind: hosted, status: status, contentType: contentType, body: body})
}
