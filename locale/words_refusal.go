package locale

// RefusalWords stand in place of a page that is not given now.
type RefusalWords struct {
	Heading string  // the reader asked for too much in a minute
	Text    Counted // {n} seconds to wait
	// A picture that is looked at by itself, while too many are being drawn.
	DrawingHeading string
	DrawingText    string
	// The program was started a moment ago, and reads its data.
	StartingHeading string
	StartingText    string
}

var refusalEN = RefusalWords{
	Heading: "Too many requests in one minute",
	Text: Counted{
		One:   P("This site answers each reader a limited number of times a minute. Ask again in {n} second."),
		Other: P("This site answers each reader a limited number of times a minute. Ask again in {n} seconds."),
	},
	DrawingHeading:  "This picture is not drawn yet",
	DrawingText:     "Too many pictures are being drawn at this moment. Ask again in a few seconds.",
	StartingHeading: "This site is starting",
	StartingText:    "Its loans are being read in. Ask again in a moment.",
}

var refusalES = RefusalWords{
	Heading: "Demasiadas peticiones en un minuto",
	Text: Counted{
		One:   P("Este sitio responde a cada lector un número limitado de veces por minuto. Vuelva a preguntar dentro de {n} segundo."),
		Many:  P("Este sitio responde a cada lector un número limitado de veces por minuto. Vuelva a preguntar dentro de {n} de segundos."),
		Other: P("Este sitio responde a cada lector un número limitado de veces por minuto. Vuelva a preguntar dentro de {n} segundos."),
	},
	DrawingHeading:  "Esta imagen aún no está dibujada",
	DrawingText:     "Se están dibujando demasiadas imágenes en este momento. Vuelva a preguntar dentro de unos segundos.",
	StartingHeading: "Este sitio está arrancando",
	StartingText:    "Se están leyendo sus préstamos. Vuelva a preguntar dentro de un momento.",
}

var refusalFR = RefusalWords{
	Heading: "Trop de demandes en une minute",
	Text: Counted{
		One:   P("Ce site répond à chaque lecteur un nombre limité de fois par minute. Redemandez dans {n} seconde."),
		Many:  P("Ce site répond à chaque lecteur un nombre limité de fois par minute. Redemandez dans {n} de secondes."),
		Other: P("Ce site répond à chaque lecteur un nombre limité de fois par minute. Redemandez dans {n} secondes."),
	},
	DrawingHeading:  "Cette image n’est pas encore dessinée",
	DrawingText:     "Trop d’images sont en cours de dessin en ce moment. Redemandez dans quelques secondes.",
	StartingHeading: "Ce site démarre",
	StartingText:    "Ses prêts sont en cours de lecture. Redemandez dans un instant.",
}

var refusalAR = RefusalWords{
	Heading: "طلبات كثيرة في دقيقة واحدة",
	Text: Counted{
		Zero:  P("يجيب هذا الموقع كل قارئ عددًا محدودًا من المرات في الدقيقة. تمكن إعادة المحاولة الآن."),
		One:   P("يجيب هذا الموقع كل قارئ عددًا محدودًا من المرات في الدقيقة. تمكن إعادة المحاولة بعد ثانية واحدة."),
		Two:   P("يجيب هذا الموقع كل قارئ عددًا محدودًا من المرات في الدقيقة. تمكن إعادة المحاولة بعد ثانيتين."),
		Few:   P("يجيب هذا الموقع كل قارئ عددًا محدودًا من المرات في الدقيقة. تمكن إعادة المحاولة بعد {n} ثوانٍ."),
		Many:  P("يجيب هذا الموقع كل قارئ عددًا محدودًا من المرات في الدقيقة. تمكن إعادة المحاولة بعد {n} ثانيةً."),
		Other: P("يجيب هذا الموقع كل قارئ عددًا محدودًا من المرات في الدقيقة. تمكن إعادة المحاولة بعد {n} ثانية."),
	},
	DrawingHeading:  "لم تُرسم هذه الصورة بعد",
	DrawingText:     "تُرسم صور كثيرة جدًا في هذه اللحظة. تمكن إعادة المحاولة بعد ثوانٍ.",
	StartingHeading: "هذا الموقع قيد بدء التشغيل",
	StartingText:    "تُقرأ قروضه الآن. تمكن إعادة المحاولة بعد لحظات.",
}
