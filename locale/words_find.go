package locale

// FindWords are those of the box that searches the documentation.
type FindWords struct {
	Label   string  // of the box
	Count   Pattern // how many pages there are; {n}, at most {shown}
	More    Pattern // the same where not all are shown; {n} {shown}
	Nothing string
	Failed  string // the index cannot be had
	Key     string // label of the choice whether the key / leads to the box
}

var findEN = FindWords{
	Label:   "Search the documentation",
	Count:   P("Pages found: {n}"),
	More:    P("Pages found: {n}. The best {shown} are shown."),
	Nothing: "Nothing was found.",
	Failed:  "The search could not be loaded. Go on typing to try again.",
	Key:     "The / key leads here",
}

var findES = FindWords{
	Label:   "Buscar en la documentación",
	Count:   P("Páginas encontradas: {n}"),
	More:    P("Páginas encontradas: {n}. Se muestran las {shown} mejores."),
	Nothing: "No se encontró nada.",
	Failed:  "No se pudo cargar la búsqueda. Siga escribiendo para volver a intentarlo.",
	Key:     "La tecla / lleva aquí",
}

var findFR = FindWords{
	Label:   "Rechercher dans la documentation",
	Count:   P("Pages trouvées\u00a0: {n}"),
	More:    P("Pages trouvées\u00a0: {n}. Les {shown} meilleures sont affichées."),
	Nothing: "Aucun résultat.",
	Failed:  "La recherche n’a pas pu être chargée. Continuez à écrire pour réessayer.",
	Key:     "La touche / mène ici",
}

var findAR = FindWords{
	Label:   "البحث في الوثائق",
	Count:   P("عدد الصفحات: {n}"),
	More:    P("عدد الصفحات: {n}. تظهر أفضل {shown} منها."),
	Nothing: "لم يُعثر على شيء.",
	Failed:  "تعذّر تحميل البحث. تابع الكتابة لإعادة المحاولة.",
	Key:     "المفتاح / ينقل إلى هنا",
}
