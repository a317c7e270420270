package public

import _ "embed"

//go:embed widget.css
var widgetStyle string

// WidgetStyle is the source of the widget document's style, with its comments.
// Package templates puts it into the document; it is not served as a file.
func WidgetStyle() string { return widgetStyle }
