package oembed

// The boxes that the widget is drawn for, in pixels (DESIGN, "size tiers").
const (
	fullWidth, fullHeight   = 450, 300
	compactWidth            = 280
	stripWidth, stripHeight = 250, 96
	tallestStrip            = fullHeight - 1
)

// box is a size in pixels; the zero box has no room for the widget.
type box struct{ width, height int }

// fit is the largest box of a tier within the bounds, of which 0 is none.
func fit(maxWidth, maxHeight int) box {
	width, height := within(fullWidth, maxWidth), within(fullHeight, maxHeight)
	if height >= fullHeight && width >= compactWidth {
		return box{width, fullHeight}
	}
	if width >= stripWidth && height >= stripHeight {
		return box{width, min(height, tallestStrip)}
	}
	return box{}
}

func within(size, bound int) int {
	if bound == 0 {
		return size
	}
	return min(size, bound)
}
