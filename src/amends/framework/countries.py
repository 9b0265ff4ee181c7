"""What follows from the country: time zone, currency, emergency number and the body outside the organisation.

The external bodies are a beginning that the organisation has to check before it publishes them.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Country:
    """Defaults for an organisation in one country."""

    names: dict[str, str]
    time_zone: str
    currency: str
    emergency_phone: str = "112"
    external_body: dict[str, str] = field(default_factory=dict)
    #: Whose public holidays are meant where the country has none of its own that suit most: bank holidays of England.
    holiday_region: str = ""


_ANYWHERE = {
    "en": "an independent body for complaints about organisations like ours, or a court. Ask us which body it is.",
    "et": "sõltumatu organ, mis lahendab selliste organisatsioonide kohta esitatud kaebusi, või kohus. Küsige meilt, "
    "milline organ see on.",
    "tr": "bizim gibi kuruluşlar hakkındaki şikâyetlere bakan bağımsız bir kurum veya mahkeme. Hangi kurum olduğunu "
    "bize sorabilirsiniz.",
}

COUNTRIES: dict[str, Country] = {
    "EE": Country(
        {"en": "Estonia", "et": "Eesti", "tr": "Estonya"},
        "Europe/Tallinn",
        "EUR",
        external_body={
            "en": "the Consumer Disputes Committee (Tarbijavaidluste komisjon), komisjon.ee, or a court",
            "et": "Tarbijavaidluste komisjon, komisjon.ee, või kohus",
            "tr": "Tüketici Uyuşmazlıkları Komisyonu (Tarbijavaidluste komisjon), komisjon.ee, veya mahkeme",
        },
    ),
    "TR": Country(
        {"en": "Türkiye", "et": "Türgi", "tr": "Türkiye"},
        "Europe/Istanbul",
        "TRY",
        external_body={
            "en": "the Consumer Arbitration Committee (Tüketici Hakem Heyeti), through e-Devlet, or a consumer court",
            "et": "tarbijate vahekohus (Tüketici Hakem Heyeti), e-Devleti kaudu, või tarbijakohus",
            "tr": "Tüketici Hakem Heyeti (e-Devlet üzerinden) veya tüketici mahkemesi",
        },
    ),
    "GB": Country(
        {"en": "United Kingdom", "et": "Ühendkuningriik", "tr": "Birleşik Krallık"},
        "Europe/London",
        "GBP",
        "999",
        _ANYWHERE,
        holiday_region="ENG",
    ),
    "IE": Country({"en": "Ireland", "et": "Iirimaa", "tr": "İrlanda"}, "Europe/Dublin", "EUR", "112", _ANYWHERE),
    "DE": Country({"en": "Germany", "et": "Saksamaa", "tr": "Almanya"}, "Europe/Berlin", "EUR", "112", _ANYWHERE),
    "FI": Country({"en": "Finland", "et": "Soome", "tr": "Finlandiya"}, "Europe/Helsinki", "EUR", "112", _ANYWHERE),
    "SE": Country({"en": "Sweden", "et": "Rootsi", "tr": "İsveç"}, "Europe/Stockholm", "SEK", "112", _ANYWHERE),
    "LV": Country({"en": "Latvia", "et": "Läti", "tr": "Letonya"}, "Europe/Riga", "EUR", "112", _ANYWHERE),
    "LT": Country({"en": "Lithuania", "et": "Leedu", "tr": "Litvanya"}, "Europe/Vilnius", "EUR", "112", _ANYWHERE),
    "FR": Country({"en": "France", "et": "Prantsusmaa", "tr": "Fransa"}, "Europe/Paris", "EUR", "112", _ANYWHERE),
    "NL": Country(
        {"en": "Netherlands", "et": "Madalmaad", "tr": "Hollanda"}, "Europe/Amsterdam", "EUR", "112", _ANYWHERE
    ),
    "AU": Country(
        {"en": "Australia", "et": "Austraalia", "tr": "Avustralya"}, "Australia/Sydney", "AUD", "000", _ANYWHERE
    ),
    "US": Country(
        {"en": "United States", "et": "Ameerika Ühendriigid", "tr": "Amerika Birleşik Devletleri"},
        "America/New_York",
        "USD",
        "911",
        _ANYWHERE,
    ),
    "CA": Country({"en": "Canada", "et": "Kanada", "tr": "Kanada"}, "America/Toronto", "CAD", "911", _ANYWHERE),
    "NZ": Country(
        {"en": "New Zealand", "et": "Uus-Meremaa", "tr": "Yeni Zelanda"}, "Pacific/Auckland", "NZD", "111", _ANYWHERE
    ),
}
