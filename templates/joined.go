package templates

import (
	"errors"
	"fmt"
)

// joined is what expressions of templates are passed through, in the place of
// templ.JoinStringErrs: the same value, but a string is not formatted again.
// The calls are written by templates/generate.
func joined[T any](value T, errs ...error) (string, error) {
	if text, ok := any(value).(string); ok && len(errs) == 0 {
		return text, nil
	}
	return fmt.Sprint(value), errors.Join(errs...)
}
