package locale

// ListCardWords are those of the widget of a list, which shows the loans of a
// country, a sector, a partner or of all that raise funds, and of the code for it.
type ListCardWords struct {
	// The link from the widget to its list; that of all loans is AllLoans.
	AllInCountry Pattern // {country}
	AllOfSector  Pattern // {sector}, one of SectorNames, or as the data has it
	AllThrough   Pattern // {partner}

	None string // no loan of the list raises funds

	// There is no such list.
	GoneHeading string
	GoneText    string

	// Of a list's page.
	Section string // heading of the code
	Help    string
	Address string // label
	More    string // the link to the page with more forms

	// Of the page that hands out code, where it does so for a list.
	Heading string
	Intro   string
	Asked   string // label: which list

	Badge string // what a badge is of where the list it was of is not there: loans
}

var listCardEN = ListCardWords{
	AllInCountry: P("All loans in {country}"),
	AllOfSector:  P("All {sector} loans"),
	AllThrough:   P("All loans through {partner}"),
	None:         "No loan on this list is raising funds at the moment. The stories of those that did are still there to read.",
	GoneHeading:  "This list is not available",
	GoneText:     "There are no such loans on this site, or not any more. Nothing is wrong with this page.",
	Section:      "Embed this list",
	Help:         "The card shows the newest loans of this list that are raising funds, and never grows. Where pasting a link is enough, paste the address of this list.",
	Address:      "Address of this list",
	More:         "More forms and sizes",
	Heading:      "Put a list on your site",
	Intro:        "The card shows the newest loans that are raising funds, as many as it has room for, and keeps itself up to date. No cookies, and nothing about your visitors is stored.",
	Asked:        "Address of the list",
	Badge:        "loans",
}

var listCardES = ListCardWords{
	AllInCountry: P("Todos los préstamos en {country}"),
	AllOfSector:  P("Todos los préstamos del sector {sector}"),
	AllThrough:   P("Todos los préstamos a través de {partner}"),
	None:         "Ningún préstamo de esta lista recauda fondos en este momento. Las historias de los que lo hicieron siguen ahí para leerlas.",
	GoneHeading:  "Esta lista no está disponible",
	GoneText:     "En este sitio no hay préstamos así, o ya no los hay. Esta página funciona bien.",
	Section:      "Insertar esta lista",
	Help:         "La tarjeta muestra los préstamos más recientes de esta lista que recaudan fondos, y nunca crece. Donde baste con pegar un enlace, pegue la dirección de esta lista.",
	Address:      "Dirección de esta lista",
	More:         "Más formas y tamaños",
	Heading:      "Ponga una lista en su sitio",
	Intro:        "La tarjeta muestra los préstamos más recientes que recaudan fondos, tantos como caben, y se mantiene al día por sí sola. Sin cookies, y no se guarda nada sobre sus visitantes.",
	Asked:        "Dirección de la lista",
	Badge:        "préstamos",
}

var listCardFR = ListCardWords{
	AllInCountry: P("Tous les prêts {country}"),
	AllOfSector:  P("Tous les prêts du secteur {sector}"),
	AllThrough:   P("Tous les prêts par l’intermédiaire du partenaire {partner}"),
	None:         "Aucun prêt de cette liste n’est en cours de collecte en ce moment. Les histoires de ceux qui l’étaient sont toujours là.",
	GoneHeading:  "Cette liste n’est pas disponible",
	GoneText:     "Il n’y a pas de tels prêts sur ce site, ou il n’y en a plus. Cette page fonctionne bien.",
	Section:      "Intégrer cette liste",
	Help:         "La carte montre les prêts les plus récents de cette liste en cours de collecte, et ne grandit jamais. Là où il suffit de coller un lien, collez l’adresse de cette liste.",
	Address:      "Adresse de cette liste",
	More:         "Autres formes et tailles",
	Heading:      "Mettre une liste sur votre site",
	Intro:        "La carte montre les prêts les plus récents en cours de collecte, autant qu’il y a de place, et se met à jour d’elle-même. Pas de cookies, et rien n’est conservé sur vos visiteurs.",
	Asked:        "Adresse de la liste",
	Badge:        "prêts",
}

var listCardAR = ListCardWords{
	AllInCountry: P("كل القروض في {country}"),
	AllOfSector:  P("كل قروض قطاع {sector}"),
	AllThrough:   P("كل القروض عن طريق {partner}"),
	None:         "لا يوجد في هذه القائمة قرض قيد جمع التمويل في هذه اللحظة. أما قصص القروض السابقة فما زالت هنا للقراءة.",
	GoneHeading:  "هذه القائمة غير متاحة",
	GoneText:     "لا توجد قروض كهذه في هذا الموقع، أو لم تعد موجودة. هذه الصفحة تعمل كما ينبغي.",
	Section:      "تضمين هذه القائمة",
	Help:         "تعرض البطاقة أحدث قروض هذه القائمة التي هي قيد جمع التمويل، ولا يكبر حجمها أبدًا. وحيث يكفي لصق رابط، يُلصق عنوان هذه القائمة.",
	Address:      "عنوان هذه القائمة",
	More:         "أشكال ومقاسات أخرى",
	Heading:      "ضع قائمة في موقعك",
	Intro:        "تعرض البطاقة أحدث القروض التي هي قيد جمع التمويل بقدر ما يتسع لها المكان، وتُحدَّث من تلقاء نفسها. لا ملفات ارتباط، ولا يُحفظ شيء عن زوارك.",
	Asked:        "عنوان القائمة",
	Badge:        "قروض",
}
