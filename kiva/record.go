package kiva

// Record is a loan as a store keeps it: what tells whether its pages are still
// right, and a body that need not be read for that.
type Record struct {
	ID        int64
	PartnerID int64 // 0: a direct loan
	Status    Status
	// Listing and Rest are the body in the store's own form; equal bytes are
	// equal loans. Listing is all that the loan's listing shape ([Loan.Listing])
	// is made of.
	Listing, Rest []byte
}
