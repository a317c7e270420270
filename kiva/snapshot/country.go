package snapshot

import (
	"strings"

	"loanleaf/kiva"
)

// countryCodes are ISO 3166-1 codes by the slugs of the names Kiva's data has
// used for its countries since 2005, and some more spellings of the same.
// March 2009's loans have no code at all.
var countryCodes = func() map[string]string {
	codes := map[string]string{}
	for entry := range strings.SplitSeq(countryNames, "\n") {
		code, names, found := strings.Cut(entry, " ")
		if !found {
			continue
		}
		for name := range strings.SplitSeq(names, "|") {
			codes[kiva.Slug(name)] = code
		}
	}
	return codes
}()

// countryCode is the code of a country by its name, "" when it is not known.
func countryCode(name string) string {
	if name == "" {
		return ""
	}
	slug := kiva.Slug(name)
	if code, known := countryCodes[slug]; known {
		return code
	}
	return countryCodes[strings.TrimPrefix(slug, "the-")]
}

const countryNames = `AF Afghanistan
AL Albania
AM Armenia
AO Angola
AR Argentina
AZ Azerbaijan
BA Bosnia and Herzegovina|Bosnia
BD Bangladesh
BF Burkina Faso
BG Bulgaria
BI Burundi
BJ Benin
BO Bolivia
BR Brazil
BT Bhutan
BW Botswana
BY Belarus
BZ Belize
CD The Democratic Republic of the Congo|Congo (Dem. Rep.)|Congo (DRC)|Democratic Republic of the Congo|DR Congo|Congo, The Democratic Republic of the
CF Central African Republic
CG Congo|Congo (Rep.)|Republic of the Congo|Congo (Brazzaville)
CI Cote D'Ivoire|Côte d'Ivoire|Ivory Coast
CL Chile
CM Cameroon
CN China
CO Colombia
CR Costa Rica
CU Cuba
CV Cape Verde
DO Dominican Republic
DZ Algeria
EC Ecuador
EG Egypt
ER Eritrea
ET Ethiopia
FJ Fiji
GA Gabon
GE Georgia
GH Ghana
GM Gambia
GN Guinea
GT Guatemala
GU Guam
GW Guinea-Bissau
GY Guyana
HN Honduras
HT Haiti
ID Indonesia
IL Israel
IN India
IQ Iraq
IR Iran
JM Jamaica
JO Jordan
KE Kenya
KG Kyrgyzstan|Kyrgyz Republic
KH Cambodia
KZ Kazakhstan
LA Lao People's Democratic Republic|Lao PDR|Laos
LB Lebanon
LK Sri Lanka
LR Liberia
LS Lesotho
LY Libya
MA Morocco
MD Moldova|Moldova, Republic of|Republic of Moldova
ME Montenegro
MG Madagascar
MK Macedonia|North Macedonia
ML Mali
MM Myanmar (Burma)|Myanmar|Burma
MN Mongolia
MR Mauritania
MW Malawi
MX Mexico
MY Malaysia
MZ Mozambique
NA Namibia
NE Niger
NG Nigeria
NI Nicaragua
NP Nepal
PA Panama
PE Peru
PG Papua New Guinea
PH Philippines
PK Pakistan
PR Puerto Rico
PS Palestine|Palestinian Territory|Palestinian Territories|Palestinian Territory, Occupied|State of Palestine
PY Paraguay
RO Romania
RS Serbia
RU Russia|Russian Federation
RW Rwanda
SB Solomon Islands
SD Sudan
SL Sierra Leone
SN Senegal
SO Somalia
SR Suriname
SS South Sudan
SV El Salvador
SY Syria
SZ Swaziland|Eswatini
TD Chad
TG Togo
TH Thailand
TJ Tajikistan
TL Timor-Leste|East Timor
TM Turkmenistan
TN Tunisia
TO Tonga
TR Turkey|Türkiye
TZ Tanzania|Tanzania, United Republic of|United Republic of Tanzania
UA Ukraine
UG Uganda
US United States|United States of America|USA
UY Uruguay
UZ Uzbekistan
VC Saint Vincent and the Grenadines
VE Venezuela
VI Virgin Islands|U.S. Virgin Islands
VN Vietnam|Viet Nam
VU Vanuatu
WS Samoa
XK Kosovo
YE Yemen
ZA South Africa
ZM Zambia
ZW Zimbabwe`
