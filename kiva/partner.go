package kiva

import "time"

// Partner is a field partner: the microfinance institution that finds the
// borrowers, disburses the money and collects it.
type Partner struct {
	ID        int64            `cbor:"1,keyasint"`
	Name      string           `cbor:"2,keyasint"`
	Status    string           `cbor:"3,keyasint,omitempty"` // active, pilot, paused, closed, inactive
	Rating    int              `cbor:"4,keyasint,omitempty"` // tenths of a star, 5 to 50; 0: not rated
	ImageID   int64            `cbor:"5,keyasint,omitempty"`
	Started   time.Time        `cbor:"6,keyasint,omitzero"`
	Countries []PartnerCountry `cbor:"7,keyasint,omitempty"`

	// Rates in millionths, nil when not stated. API v1 states percents:
	// its 47.613 is 476130 here.
	DelinquencyRate *int64 `cbor:"8,keyasint,omitempty"`
	DefaultRate     *int64 `cbor:"9,keyasint,omitempty"`

	TotalRaised     Money `cbor:"10,keyasint,omitzero"` // total_amount_raised
	LoansPosted     int   `cbor:"11,keyasint,omitempty"`
	ChargesInterest *bool `cbor:"12,keyasint,omitempty"` // charges_fees_and_interest
}

// PartnerCountry is a country a partner works in.
type PartnerCountry struct {
	Code   string `cbor:"1,keyasint,omitempty"` // ISO 3166-1 alpha-2
	Name   string `cbor:"2,keyasint,omitempty"`
	Region string `cbor:"3,keyasint,omitempty"` // "Asia", "South America"
}
