package locale

// DocsWords are those around documents: documentation, and pages of the
// operator's own.
type DocsWords struct {
	Menu      string  // of the menu of documentation, where it is folded up
	Edit      string  // link
	Translate string  // link, of a page that is not translated
	Updated   Pattern // {date}
	UpdatedBy Pattern // {date} {author}

	Markdown string // link to the text in Markdown
	Copy     string // button that copies it

	Feed            string  // link to the feed of changes
	FeedTitle       Pattern // {site}
	FeedDescription Pattern // {site}

	Moved   string  // heading where a document was
	MovedTo Pattern // {title}; the link to where it is

	Missing string // where no document is, and the menu stands beside the words

	// Those of the list of documents for language models.
	About          Pattern // {site}
	WholeText      string  // a link to all documents in one file
	OtherLanguages string  // heading
	In             Pattern // {language}; of a document that is not translated
}

var docsEN = DocsWords{
	Menu:      "Contents of the documentation",
	Edit:      "Edit this page",
	Translate: "Translate this page",
	Updated:   P("Last updated on {date}"),
	UpdatedBy: P("Last updated on {date} by {author}"),

	Markdown: "This page in Markdown",
	Copy:     "Copy page as Markdown",

	Feed:            "Changes to the documentation",
	FeedTitle:       P("{site} - changes to the documentation"),
	FeedDescription: P("What is new or was changed in the documentation of {site}."),

	Moved:   "This page has moved",
	MovedTo: P("It is here now: {title}"),

	Missing: "The documentation has no such page. It may have been renamed: look for it in the contents.",

	About:          P("Documentation and pages of {site}."),
	WholeText:      "All pages in one file",
	OtherLanguages: "Other languages",
	In:             P("in {language}"),
}

var docsES = DocsWords{
	Menu:      "Contenido de la documentación",
	Edit:      "Editar esta página",
	Translate: "Traducir esta página",
	Updated:   P("Última actualización: {date}"),
	UpdatedBy: P("Última actualización: {date}, por {author}"),

	Markdown: "Esta página en Markdown",
	Copy:     "Copiar la página en Markdown",

	Feed:            "Cambios en la documentación",
	FeedTitle:       P("{site} - cambios en la documentación"),
	FeedDescription: P("Lo nuevo y lo cambiado en la documentación de {site}."),

	Moved:   "Esta página ha cambiado de dirección",
	MovedTo: P("Ahora está aquí: {title}"),

	Missing: "La documentación no tiene esa página. Puede que haya cambiado de nombre: búsquela en el contenido.",

	About:          P("Documentación y páginas de {site}."),
	WholeText:      "Todas las páginas en un archivo",
	OtherLanguages: "Otros idiomas",
	In:             P("en {language}"),
}

var docsFR = DocsWords{
	Menu:      "Sommaire de la documentation",
	Edit:      "Modifier cette page",
	Translate: "Traduire cette page",
	Updated:   P("Dernière mise à jour le {date}"),
	UpdatedBy: P("Dernière mise à jour le {date} par {author}"),

	Markdown: "Cette page en Markdown",
	Copy:     "Copier la page en Markdown",

	Feed:            "Modifications de la documentation",
	FeedTitle:       P("{site} - modifications de la documentation"),
	FeedDescription: P("Ce qui est nouveau ou a changé dans la documentation de {site}."),

	Moved:   "Cette page a changé d’adresse",
	MovedTo: P("Elle est maintenant ici\u00a0: {title}"),

	Missing: "La documentation n’a pas de page à cette adresse. Elle a peut-être changé de nom\u00a0: cherchez-la dans le sommaire.",

	About:          P("Documentation et pages de {site}."),
	WholeText:      "Toutes les pages en un seul fichier",
	OtherLanguages: "Autres langues",
	In:             P("en {language}"),
}

var docsAR = DocsWords{
	Menu:      "محتويات الوثائق",
	Edit:      "تعديل هذه الصفحة",
	Translate: "ترجمة هذه الصفحة",
	Updated:   P("آخر تحديث: {date}"),
	UpdatedBy: P("آخر تحديث: {date}، بقلم {author}"),

	Markdown: "هذه الصفحة بصيغة Markdown",
	Copy:     "نسخ الصفحة بصيغة Markdown",

	Feed:            "التغييرات في الوثائق",
	FeedTitle:       P("{site} - التغييرات في الوثائق"),
	FeedDescription: P("الجديد وما تغيّر في وثائق {site}."),

	Moved:   "انتقلت هذه الصفحة إلى عنوان آخر",
	MovedTo: P("هي الآن هنا: {title}"),

	Missing: "لا توجد صفحة كهذه في الوثائق. ربما تغيّر اسمها: ابحث عنها في المحتويات.",

	About:          P("وثائق {site} وصفحاته."),
	WholeText:      "كل الصفحات في ملف واحد",
	OtherLanguages: "لغات أخرى",
	In:             P("باللغة {language}"),
}
