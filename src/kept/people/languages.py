"""First languages by their ISO 639-3 code, those most spoken in English schools."""

LANGUAGES: dict[str, str] = {
    "eng": "English", "bfi": "British Sign Language", "aka": "Akan (Twi, Fante)", "sqi": "Albanian", "amh": "Amharic",
    "ara": "Arabic", "hye": "Armenian", "ben": "Bengali", "bul": "Bulgarian", "yue": "Chinese (Cantonese)",
    "cmn": "Chinese (Mandarin)", "ces": "Czech", "prs": "Dari", "nld": "Dutch", "fra": "French", "kat": "Georgian",
    "deu": "German", "ell": "Greek", "guj": "Gujarati", "hau": "Hausa", "heb": "Hebrew", "hin": "Hindi",
    "hun": "Hungarian", "ibo": "Igbo", "gle": "Irish", "ita": "Italian", "jpn": "Japanese", "kor": "Korean",
    "kur": "Kurdish", "lav": "Latvian", "lin": "Lingala", "lit": "Lithuanian", "mal": "Malayalam", "mar": "Marathi",
    "nep": "Nepali", "pan": "Panjabi", "pus": "Pashto", "fas": "Persian (Farsi)", "pol": "Polish", "por": "Portuguese",
    "rom": "Romani", "ron": "Romanian", "rus": "Russian", "sna": "Shona", "sin": "Sinhala", "slk": "Slovak",
    "som": "Somali", "spa": "Spanish", "swa": "Swahili", "syl": "Sylheti", "tgl": "Tagalog", "tam": "Tamil",
    "tel": "Telugu", "tha": "Thai", "tir": "Tigrinya", "tur": "Turkish", "ukr": "Ukrainian", "urd": "Urdu",
    "vie": "Vietnamese", "cym": "Welsh", "yid": "Yiddish", "yor": "Yoruba", "mis": "Another language",
}  # fmt: skip


def language_name(code: str) -> str:
    """A language's name; an unknown code is shown as it is, none as "Not recorded"."""
    return LANGUAGES.get(code.lower(), code) or "Not recorded"
