package kiva

// Record is what tells whether the pages of a loan are still right: the loan itself need
// not be read for that.
type Record struct {
	ID        int64
	PartnerID int64 // 0: a direct loan
	ImageID   int64 // 0: no picture
	Status    Status
	// Listing and Rest stand for the body as a store keeps it: equal ones are of equal
	// loans. Listing is of all that the loan's listing shape ([Loan.Listing]) is made of,
	// Rest of what there is beyond it. Each is half a SHA-256, which nobody can make
	// to collide.
	Listing, Rest [16]byte
}
