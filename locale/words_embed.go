package locale

// EmbedWords are those of the page that hands out the code of a card. Forms of
// it that have a name of their own (Markdown, BBCode, WordPress, oEmbed) are
// called by it in every language.
type EmbedWords struct {
	Heading string
	Intro   string
	More    string // the link to this page from a loan's

	Loan     string // label
	LoanHelp Pattern
	Unknown  string  // what was typed is no loan of the site
	Example  Pattern // nobody has chosen a loan; {title}
	ByHand   Pattern // where no script runs; {id}
	Show     string  // button

	Size, Compact, Standard, Wide, Fluid string
	Theme, Light, Dark, Auto, ThemeHelp  string
	CardLanguage                         string

	Preview                 string
	Pixels                  Pattern // {width} {height}
	Full                    string  // the width of a fluid card
	State                   string  // label
	AsItIs                  string
	StandIn                 string // what another state than the loan's is shown by
	Ground                  string // label
	GroundLight, GroundDark string

	Form                                 string // label of the choice of forms
	Frame, Component, Quote, Text, Email string
	FrameHelp, QuoteHelp, AddressHelp    string
	ComponentHelp                        Pattern // {kb}
	MarkdownHelp, BBCodeHelp, TextHelp   string
	EmailHelp, OEmbedHelp                string
	Code                                 string  // label of the text
	Weight                               Pattern // {kb}
	WeightHelp, Requests, Cookies        string

	LoanOrName                               string // label of the loan where the site is searchable
	MoreWords                                string // not all that was found is shown
	Room                                     string // label: how wide the page around the preview is
	RoomWide, RoomNarrow                     string
	WeightScript, WeightPicture, WeightBadge string
}

var embedEN = EmbedWords{
	Heading: "Put a loan on your site",
	Intro:   "The card keeps itself up to date. No account, no cookies, and nothing about your visitors is stored.",
	More:    "More forms, sizes and languages",

	Loan:     "Address or number of the loan",
	LoanHelp: P("For example {address}"),
	Unknown:  "There is no such loan on this site. Look at its address: the number at its end is the loan's.",
	Example:  P("This is an example: {title}."),
	ByHand:   P("This form needs a script. Without it, take the code below and put the number of your loan in place of {id}."),
	Show:     "Show the code",

	Size: "Size", Compact: "Compact", Standard: "Standard", Wide: "Wide", Fluid: "Fluid",
	Theme: "Colours", Light: "Light", Dark: "Dark", Auto: "Automatic",
	ThemeHelp:    "Automatic follows the colour scheme of your page, or the reader's system where your page states none.",
	CardLanguage: "Language of the card",

	Preview: "Preview",
	Pixels:  P("{width} × {height}"),
	Full:    "full width",
	State:   "State",
	AsItIs:  "As it is now",
	StandIn: "Another loan is shown, which is in that state, or an invented one where none is.",
	Ground:  "Page background", GroundLight: "Light", GroundDark: "Dark",

	Form: "Form", Frame: "Frame", Component: "Web component", Quote: "Quotation and script", Text: "Plain text", Email: "E-mail",
	FrameHelp:     "Works on every page that allows HTML, without any script.",
	ComponentHelp: P("One script of {kb} KB, once a page for any number of cards. The card takes the height it needs; without the script the link stays."),
	QuoteHelp:     "A quotation that the same script turns into the card. Where the script may not run, readers still have the words.",
	AddressHelp:   "Paste it on a line of its own. WordPress, Drupal, Discourse, Ghost and others that know oEmbed make a card of it.",
	MarkdownHelp:  "For README files, wikis and forums.",
	BBCodeHelp:    "For forums.",
	TextHelp:      "For messages.",
	EmailHelp:     "Paste it as HTML. The figures stay those of their date.",
	OEmbedHelp:    "For programs: the answer in JSON, with this card in it.",
	Code:          "Code to copy",
	Weight:        P("{kb} KB"), WeightHelp: "the card, compressed, with its style", Requests: "requests of each reader's browser", Cookies: "cookies",

	LoanOrName: "Name, place, number or address of the loan",
	MoreWords:  "These are the first; more words find fewer.",
	Room:       "Page width", RoomWide: "Wide", RoomNarrow: "Phone",
	WeightScript: "script on your page", WeightPicture: "the card as a picture", WeightBadge: "the badge, compressed",
}

var embedES = EmbedWords{
	Heading: "Ponga un préstamo en su sitio",
	Intro:   "La tarjeta se mantiene al día por sí sola. Sin cuenta, sin cookies, y no se guarda nada sobre sus visitantes.",
	More:    "Más formas, tamaños e idiomas",

	Loan:     "Dirección o número del préstamo",
	LoanHelp: P("Por ejemplo {address}"),
	Unknown:  "No hay tal préstamo en este sitio. Mire su dirección: el número al final es el del préstamo.",
	Example:  P("Esto es un ejemplo: {title}."),
	ByHand:   P("Este formulario necesita un script. Sin él, tome el código de abajo y ponga el número de su préstamo en lugar de {id}."),
	Show:     "Mostrar el código",

	Size: "Tamaño", Compact: "Compacto", Standard: "Normal", Wide: "Ancho", Fluid: "Flexible",
	Theme: "Colores", Light: "Claros", Dark: "Oscuros", Auto: "Automáticos",
	ThemeHelp:    "Los automáticos siguen los de su página, o los del sistema del lector si su página no indica ninguno.",
	CardLanguage: "Idioma de la tarjeta",

	Preview: "Vista previa",
	Pixels:  P("{width} × {height}"),
	Full:    "ancho completo",
	State:   "Estado",
	AsItIs:  "Como está ahora",
	StandIn: "Se muestra otro préstamo que está en ese estado, o uno inventado si no hay ninguno.",
	Ground:  "Fondo de la página", GroundLight: "Claro", GroundDark: "Oscuro",

	Form: "Forma", Frame: "Marco", Component: "Componente web", Quote: "Cita y script", Text: "Texto simple", Email: "Correo electrónico",
	FrameHelp:     "Funciona en toda página que admita HTML, sin ningún script.",
	ComponentHelp: P("Un script de {kb} KB, una vez por página para cualquier número de tarjetas. La tarjeta toma la altura que necesita; sin el script queda el enlace."),
	QuoteHelp:     "Una cita que el mismo script convierte en la tarjeta. Donde el script no pueda ejecutarse, quedan las palabras.",
	AddressHelp:   "Péguela sola en una línea. WordPress, Drupal, Discourse, Ghost y otros que conocen oEmbed hacen de ella una tarjeta.",
	MarkdownHelp:  "Para archivos README, wikis y foros.",
	BBCodeHelp:    "Para foros.",
	TextHelp:      "Para mensajes.",
	EmailHelp:     "Péguelo como HTML. Las cifras siguen siendo las de su fecha.",
	OEmbedHelp:    "Para programas: la respuesta en JSON, con esta tarjeta dentro.",
	Code:          "Código para copiar",
	Weight:        P("{kb} KB"), WeightHelp: "la tarjeta comprimida, con su estilo", Requests: "peticiones del navegador de cada lector", Cookies: "cookies",

	LoanOrName: "Nombre, lugar, número o dirección del préstamo",
	MoreWords:  "Estos son los primeros; con más palabras se encuentran menos.",
	Room:       "Ancho de la página", RoomWide: "Ancha", RoomNarrow: "Teléfono",
	WeightScript: "script en su página", WeightPicture: "la tarjeta como imagen", WeightBadge: "la insignia comprimida",
}

var embedFR = EmbedWords{
	Heading: "Mettre un prêt sur votre site",
	Intro:   "La carte se met à jour d'elle-même. Pas de compte, pas de cookies, et rien n'est conservé sur vos visiteurs.",
	More:    "Autres formes, tailles et langues",

	Loan:     "Adresse ou numéro du prêt",
	LoanHelp: P("Par exemple {address}"),
	Unknown:  "Il n'y a pas de tel prêt sur ce site. Regardez son adresse : le numéro à la fin est celui du prêt.",
	Example:  P("Ceci est un exemple : {title}."),
	ByHand:   P("Ce formulaire a besoin d'un script. Sans lui, prenez le code ci-dessous et mettez le numéro de votre prêt à la place de {id}."),
	Show:     "Afficher le code",

	Size: "Taille", Compact: "Compacte", Standard: "Normale", Wide: "Large", Fluid: "Fluide",
	Theme: "Couleurs", Light: "Claires", Dark: "Sombres", Auto: "Automatiques",
	ThemeHelp:    "Automatiques, elles suivent celles de votre page, ou du système du lecteur si votre page n'en indique pas.",
	CardLanguage: "Langue de la carte",

	Preview: "Aperçu",
	Pixels:  P("{width} × {height}"),
	Full:    "toute la largeur",
	State:   "État",
	AsItIs:  "Tel qu'il est",
	StandIn: "Un autre prêt est montré, qui se trouve dans cet état, ou un prêt inventé s'il n'y en a aucun.",
	Ground:  "Fond de la page", GroundLight: "Clair", GroundDark: "Sombre",

	Form: "Forme", Frame: "Cadre", Component: "Composant web", Quote: "Citation et script", Text: "Texte brut", Email: "Courriel",
	FrameHelp:     "Fonctionne sur toute page qui admet du HTML, sans aucun script.",
	ComponentHelp: P("Un script de {kb} Ko, une fois par page pour autant de cartes que vous voulez. La carte prend la hauteur qu'il lui faut ; sans le script, le lien reste."),
	QuoteHelp:     "Une citation que le même script change en carte. Là où le script ne peut pas s'exécuter, les mots restent.",
	AddressHelp:   "Collez-la seule sur une ligne. WordPress, Drupal, Discourse, Ghost et d'autres qui connaissent oEmbed en font une carte.",
	MarkdownHelp:  "Pour les fichiers README, les wikis et les forums.",
	BBCodeHelp:    "Pour les forums.",
	TextHelp:      "Pour les messages.",
	EmailHelp:     "Collez-le comme HTML. Les chiffres restent ceux de leur date.",
	OEmbedHelp:    "Pour les programmes : la réponse en JSON, avec cette carte.",
	Code:          "Code à copier",
	Weight:        P("{kb} Ko"), WeightHelp: "la carte compressée, avec son style", Requests: "requêtes du navigateur de chaque lecteur", Cookies: "cookies",

	LoanOrName: "Nom, lieu, numéro ou adresse du prêt",
	MoreWords:  "Voici les premiers ; avec plus de mots, on en trouve moins.",
	Room:       "Largeur de la page", RoomWide: "Large", RoomNarrow: "Téléphone",
	WeightScript: "script sur votre page", WeightPicture: "la carte comme image", WeightBadge: "le badge compressé",
}

var embedAR = EmbedWords{
	Heading: "ضع قرضًا في موقعك",
	Intro:   "تُحدَّث البطاقة من تلقاء نفسها. لا حساب ولا ملفات ارتباط، ولا يُحفظ شيء عن زوارك.",
	More:    "أشكال ومقاسات ولغات أخرى",

	Loan:     "عنوان القرض أو رقمه",
	LoanHelp: P("مثلًا {address}"),
	Unknown:  "لا يوجد قرض كهذا في هذا الموقع. انظر إلى عنوانه: الرقم في آخره هو رقم القرض.",
	Example:  P("هذا مثال: {title}."),
	ByHand:   P("يحتاج هذا النموذج إلى برنامج نصي. من دونه خذ الشيفرة أدناه وضع رقم قرضك مكان {id}."),
	Show:     "أظهر الشيفرة",

	Size: "المقاس", Compact: "صغير", Standard: "عادي", Wide: "عريض", Fluid: "مرن",
	Theme: "الألوان", Light: "فاتحة", Dark: "داكنة", Auto: "تلقائية",
	ThemeHelp:    "التلقائية تتبع ألوان صفحتك، أو نظام القارئ إن لم تحدد صفحتك شيئًا.",
	CardLanguage: "لغة البطاقة",

	Preview: "معاينة",
	Pixels:  P("{width} × {height}"),
	Full:    "كامل العرض",
	State:   "الحالة",
	AsItIs:  "كما هو الآن",
	StandIn: "يُعرض قرض آخر في تلك الحالة، أو قرض متخيَّل إن لم يوجد.",
	Ground:  "خلفية الصفحة", GroundLight: "فاتحة", GroundDark: "داكنة",

	Form: "الشكل", Frame: "إطار", Component: "مكوّن ويب", Quote: "اقتباس وبرنامج نصي", Text: "نص بسيط", Email: "بريد إلكتروني",
	FrameHelp:     "يعمل في كل صفحة تقبل HTML، من دون أي برنامج نصي.",
	ComponentHelp: P("برنامج نصي واحد من {kb} كيلوبايت، مرة في الصفحة لأي عدد من البطاقات. تأخذ البطاقة ما تحتاجه من ارتفاع، ومن دونه يبقى الرابط."),
	QuoteHelp:     "اقتباس يحوّله البرنامج نفسه إلى بطاقة. وحيث لا يعمل البرنامج تبقى الكلمات للقراء.",
	AddressHelp:   "الصقه وحده في سطر. يصنع منه WordPress وDrupal وDiscourse وGhost وغيرها مما يعرف oEmbed بطاقة.",
	MarkdownHelp:  "لملفات README ومواقع الويكي والمنتديات.",
	BBCodeHelp:    "للمنتديات.",
	TextHelp:      "للرسائل.",
	EmailHelp:     "الصقه بوصفه HTML. تبقى الأرقام كما كانت في تاريخها.",
	OEmbedHelp:    "للبرامج: الجواب بصيغة JSON وفيه هذه البطاقة.",
	Code:          "الشيفرة للنسخ",
	Weight:        P("{kb} كيلوبايت"), WeightHelp: "البطاقة مضغوطة مع تنسيقها", Requests: "طلبات متصفح كل قارئ", Cookies: "ملفات ارتباط",

	LoanOrName: "اسم القرض أو مكانه أو رقمه أو عنوانه",
	MoreWords:  "هذه هي الأولى؛ كلمات أكثر تجد أقل.",
	Room:       "عرض الصفحة", RoomWide: "عريضة", RoomNarrow: "هاتف",
	WeightScript: "برنامج نصي في صفحتك", WeightPicture: "البطاقة صورةً", WeightBadge: "الشارة مضغوطة",
}
