package snapshot

import "strings"

// languageNamed is the code of a language by its English name, which is how the
// CSV snapshot gives it, or by its code; "" when it is neither.
func languageNamed(name string) string {
	name = strings.ToLower(name)
	if code, known := languageCodes[name]; known {
		return code
	}
	if code, fits := languageCode(name); fits && len(code) == 2 {
		return code
	}
	return ""
}

// languageCodes are IANA subtags by English names. Kiva's tables have had the
// first eight; the others are languages of the countries it works in.
var languageCodes = map[string]string{
	"english": "en", "spanish": "es", "french": "fr", "russian": "ru", "portuguese": "pt", "vietnamese": "vi",
	"indonesian": "id", "arabic": "ar",

	"albanian": "sq", "amharic": "am", "armenian": "hy", "azerbaijani": "az", "bengali": "bn", "bosnian": "bs",
	"bulgarian": "bg", "burmese": "my", "chinese": "zh", "creole": "ht", "dari": "prs", "dutch": "nl", "fijian": "fj",
	"filipino": "fil", "georgian": "ka", "german": "de", "guarani": "gn", "haitian creole": "ht", "hausa": "ha",
	"hebrew": "he", "hindi": "hi", "italian": "it", "japanese": "ja", "kazakh": "kk", "khmer": "km", "kinyarwanda": "rw",
	"korean": "ko", "kyrgyz": "ky", "lao": "lo", "macedonian": "mk", "malagasy": "mg", "malay": "ms", "mongolian": "mn",
	"nepali": "ne", "pashto": "ps", "persian": "fa", "polish": "pl", "quechua": "qu", "romanian": "ro", "samoan": "sm",
	"serbian": "sr", "somali": "so", "swahili": "sw", "tagalog": "tl", "tajik": "tg", "tamil": "ta", "thai": "th",
	"turkish": "tr", "ukrainian": "uk", "urdu": "ur", "uzbek": "uz", "wolof": "wo",
}
