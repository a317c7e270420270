package templates

// Trial is what was tried on a [TrialPage], and what came of it. Everything in
// it is text; what came from the reader is escaped like any other.
type Trial struct {
	Action string // path of the page itself
	Style  string // path of the style of documents
	Fields struct{ URL, Width, Height TrialField }

	Notice  string // why there is no report; may be empty
	Frames  []TrialFrame
	Report  *TrialReport // nil: nothing was checked
	Answers []TrialAnswer
}

// TrialField is an input of the form.
type TrialField struct{ Name, Value string }

// TrialFrame is a document in a frame, as a program would frame it. Width and
// Height are in CSS pixels.
type TrialFrame struct{ Caption, URL, Width, Height, Sandbox string }

// TrialReport is what a check found.
type TrialReport struct {
	Held, All string // how many rules
	Programs  []TrialProgram
	Broken    []TrialRule
}

// TrialProgram is a program that reads oEmbed, and what it shows in English;
// nothing where that is empty.
type TrialProgram struct{ Name, Shows string }

// TrialRule is a rule that does not hold, in English.
type TrialRule struct{ ID, Rule, Seen, Mend, Source string }

// TrialAnswer is an answer of the endpoint as it was sent.
type TrialAnswer struct{ Format, URL, Status, Body string }
