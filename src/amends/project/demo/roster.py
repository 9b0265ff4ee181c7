"""Who and what Larkhaven Utilities consists of: units, people, products. Names only; `founding` brings them in."""

from dataclasses import dataclass
from types import MappingProxyType

from amends.permissions.roles import Role

NAME = "Larkhaven Utilities"
EMAIL = "complaints@larkhaven.example"
PHONE = "0800 555 0142"
DOMAIN = "larkhaven.example"
#: Printed on the terminal and the same for everybody: nothing here is worth a secret.
PASSWORD = "quiet-harbour-demo"  # noqa: S105

PHONE_HOURS = MappingProxyType(
    {
        "en": "Monday to Friday, 8:00 to 18:00",
        "et": "esmaspäevast reedeni kell 8.00–18.00",
        "tr": "pazartesiden cumaya 08.00–18.00",
    }
)
POST_ADDRESS = "Larkhaven Utilities, Harbour Street 1, Larkhaven"
VISIT_ADDRESS = "Customer centre, Market Street 12, Larkhaven"

#: key → (name, key of the unit above); the organisation itself is "".
UNITS: MappingProxyType[str, tuple[str, str]] = MappingProxyType(
    {
        "water": ("Water", ""),
        "harbour": ("Harbour district", "water"),
        "hill": ("Hill district", "water"),
        "energy": ("Energy", ""),
        "service": ("Customer service", ""),
        "billing": ("Billing", "service"),
        "contact": ("Contact centre", "service"),
    }
)


@dataclass(frozen=True)
class Member:
    """One member of staff. `is_main`: whom the one-click sign-in of that role takes."""

    name: str
    role: Role
    unit: str
    manager: str = ""
    language: str = "en"
    is_main: bool = False


#: Main people read English, so that whoever clicks understands the page; the language can be changed on each.
MEMBERS: MappingProxyType[str, Member] = MappingProxyType(
    {
        "helen": Member("Helen Ashworth", Role.TOP_MANAGEMENT, "", is_main=True),
        "kadri": Member("Kadri Lepik", Role.MANAGEMENT_REPRESENTATIVE, "", "helen", is_main=True),
        "murat": Member("Murat Aydın", Role.UNIT_MANAGER, "water", "helen", is_main=True),
        "priit": Member("Priit Kuusk", Role.UNIT_MANAGER, "energy", "helen", "et"),
        "fiona": Member("Fiona Blake", Role.UNIT_MANAGER, "service", "helen"),
        "elif": Member("Elif Demir", Role.FRONT_LINE, "contact", "fiona", is_main=True),
        "maarika": Member("Maarika Ots", Role.HANDLER, "water", "murat", is_main=True),
        "deniz": Member("Deniz Kaya", Role.HANDLER, "harbour", "murat", "tr"),
        "oliver": Member("Oliver Marsh", Role.HANDLER, "energy", "priit"),
        "ayse": Member("Ayşe Yıldız", Role.HANDLER, "service", "fiona", "tr"),
        "rasmus": Member("Rasmus Vaher", Role.HANDLER, "billing", "fiona", "et"),
        "toomas": Member("Toomas Rebane", Role.HANDLER, "contact", "fiona", "et"),
        "margaret": Member("Margaret Hale", Role.DECISION_MAKER, "water", "helen", is_main=True),
        "kaarel": Member("Kaarel Mägi", Role.DECISION_MAKER, "service", "helen", "et"),
        "sevgi": Member("Sevgi Öztürk", Role.DECISION_MAKER, "", "kadri", "tr"),
        "graham": Member("Graham Pike", Role.AUDITOR, "", "helen", is_main=True),
        "triin": Member("Triin Saar", Role.DATA_PROTECTION, "", "helen", is_main=True),
        "emre": Member("Emre Çelik", Role.ADMINISTRATOR, "", "kadri", is_main=True),
    }
)

#: Further roles of people who have one above: (key, role, unit).
FURTHER_ROLES: tuple[tuple[str, Role, str], ...] = (("margaret", Role.DECISION_MAKER, "energy"),)


@dataclass(frozen=True)
class Team:
    """Who works on the complaints of a unit, by keys of MEMBERS."""

    manager: str
    handlers: tuple[str, ...]
    decider: str


TEAMS: MappingProxyType[str, Team] = MappingProxyType(
    {
        "water": Team("murat", ("maarika",), "margaret"),
        "harbour": Team("murat", ("deniz", "maarika"), "margaret"),
        "hill": Team("murat", ("maarika",), "margaret"),
        "energy": Team("priit", ("oliver",), "margaret"),
        "service": Team("fiona", ("ayse",), "kaarel"),
        "billing": Team("fiona", ("rasmus", "rasmus", "ayse"), "kaarel"),
        "contact": Team("fiona", ("toomas", "ayse"), "kaarel"),
    }
)
#: Decides where somebody else decided before: reviews, and complaints that came back.
SECOND_DECIDER = "sevgi"
RECORDERS = ("elif",)

#: code → (English, Estonian, Turkish, key of the lead unit, code of the group above).
PRODUCTS: MappingProxyType[str, tuple[str, str, str, str, str]] = MappingProxyType(
    {
        "water": ("Water", "Vesi", "Su", "water", ""),
        "water-supply": ("Water supply", "Veevarustus", "Su temini", "water", "water"),
        "water-quality": ("Water quality", "Vee kvaliteet", "Su kalitesi", "water", "water"),
        "wastewater": (
            "Sewers and wastewater",
            "Kanalisatsioon ja reovesi",
            "Kanalizasyon ve atık su",
            "water",
            "water",
        ),
        "street-works": ("Street works", "Kaevetööd tänaval", "Yol ve kazı çalışmaları", "water", "water"),
        "electricity": ("Electricity", "Elekter", "Elektrik", "energy", ""),
        "electricity-supply": ("Electricity supply", "Elektrivarustus", "Elektrik temini", "energy", "electricity"),
        "meters": ("Meters", "Arvestid", "Sayaçlar", "energy", "electricity"),
        "connections": ("New connections", "Uued liitumised", "Yeni bağlantılar", "energy", "electricity"),
        "bills-and-payments": ("Bills and payments", "Arved ja maksed", "Faturalar ve ödemeler", "billing", ""),
        "bills": ("Bills and prices", "Arved ja hinnad", "Faturalar ve fiyatlar", "billing", "bills-and-payments"),
        "payments": (
            "Payments and reminders",
            "Maksed ja meeldetuletused",
            "Ödemeler ve ihtarlar",
            "billing",
            "bills-and-payments",
        ),
        "customer-service": ("Customer service", "Klienditeenindus", "Müşteri hizmetleri", "service", ""),
        "online-account": (
            "Web page and online account",
            "Koduleht ja iseteenindus",
            "İnternet sayfası ve hesap",
            "contact",
            "customer-service",
        ),
        "telephone-and-counter": (
            "Telephone and counter",
            "Telefon ja teenindussaal",
            "Telefon ve gişe",
            "contact",
            "customer-service",
        ),
        "home-visits": ("Visits at home", "Käigud kliendi juures", "Ev ziyaretleri", "service", "customer-service"),
        "accessibility": ("Accessibility", "Ligipääsetavus", "Erişilebilirlik", "service", "customer-service"),
        "complaints": (
            "How we handled a complaint",
            "Kuidas me kaebust käsitlesime",
            "Bir şikâyeti ele alma biçimimiz",
            "service",
            "customer-service",
        ),
    }
)

#: The court, and what the committee takes, as the list of outside bodies says it.
COURT = {"en": "Court", "et": "Kohus", "tr": "Mahkeme"}
COMMITTEE_TAKES = {
    "en": "Disputes of consumers with businesses, after the business has answered",
    "et": "Tarbijate vaidlused ettevõtjatega pärast ettevõtja vastust",
    "tr": "İşletme yanıt verdikten sonra tüketicilerin işletmelerle uyuşmazlıkları",
}


def email_of(key: str) -> str:
    """The address of a member of staff."""
    return f"{key}@{DOMAIN}"


def main_members() -> dict[Role, str]:
    """Whom the one-click sign-in takes for each role, by key of MEMBERS."""
    return {member.role: key for key, member in MEMBERS.items() if member.is_main}
