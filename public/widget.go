package public

import _ "embed"

//go:embed widget.css
var widgetStyle string

//go:embed frame.js
var frameScript string

// WidgetStyle is the source of the widget document's style, with its comments.
// Package templates puts it into the document; it is not served as a file.
func WidgetStyle() string { return widgetStyle }

// FrameScript is the source of the widget document's script, with its comments,
// which say what it tells the page around the frame and to whom. Package
// templates puts it into the document; it is not served as a file.
func FrameScript() string { return frameScript }
