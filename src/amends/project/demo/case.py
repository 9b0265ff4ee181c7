"""A complaint of the demonstration in the making: who complains about what, and what its texts say."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from amends.complaints.actors import Complainant
from amends.complaints.intake import Contact, Representative
from amends.complaints.models import Complaint, Party
from amends.complaints.queries import speaking_for
from amends.correspondence.models.message import Channel
from amends.files.models import StoredFile
from amends.kit.text import fold
from amends.people.models import Person, Unit
from amends.people.standing import Staff
from amends.project.demo import roster
from amends.project.demo.founding import World
from amends.project.demo.telling import (
    Offer,
    Story,
    filled,
    names,
    phrases,
    places,
    written_amount,
    written_day,
)

NEEDS = ("large_print", "call_first", "easy_language", "sign_language")


@dataclass(frozen=True)
class Persona:
    """Who complains, with the details that the texts mention."""

    contact: Contact
    representative: Representative | None
    is_anonymous: bool
    slots: dict[str, str]
    cents: int
    number: str
    district: str


@dataclass
class Case:
    """One complaint on its way. Acts (see `acts`) move it on; `complaint` is there from receipt on."""

    world: World
    rng: Random
    story: Story
    language: str
    channel: str
    telling: int
    persona: Persona
    title: str
    text: str
    token: str
    points: int = 1
    files: Sequence[StoredFile] = ()
    #: Until when remedies are promised, in days from now; None: some days after the decision.
    remedy_due: tuple[int, int] | None = None
    #: Whether nobody confirms receipt, and whether the complaint came in by telephone without an address.
    is_silent: bool = False
    #: Member of staff who is complained about.
    subject: str = ""
    now: datetime = field(kw_only=True)
    team: roster.Team = field(init=False)
    unit: Unit = field(init=False)
    handler: str = field(init=False)
    said: set[str] = field(default_factory=set)
    round: int = 1
    found: Complaint | None = None

    def __post_init__(self) -> None:
        lead = self.world.products[self.story.product].lead_unit
        assert lead is not None
        key = self.world.unit_key(lead)
        if key == "water" and self.persona.district:
            key = self.persona.district
        self.team, self.unit = roster.TEAMS[key], self.world.units[key]
        self.handler = self.rng.choice([who for who in self.team.handlers if who != self.subject])

    @property
    def complaint(self) -> Complaint:
        """The complaint, once it was received."""
        assert self.found is not None, "nothing was received yet"
        return self.found

    @property
    def is_by_staff(self) -> bool:
        """Whether a member of staff wrote it down."""
        return self.channel != Channel.PORTAL

    @property
    def is_confirmed_by_itself(self) -> bool:
        """Whether receipt is confirmed without anybody doing anything."""
        return not self.is_silent and (not self.is_by_staff or bool(self.persona.contact.email))

    def staff(self, key: str) -> Staff:
        """A member of staff as an actor."""
        return self.world.standing[key]

    def person(self, key: str) -> Person:
        """A member of staff."""
        return self.world.people[key]

    @property
    def complainant(self) -> Complainant:
        """The complainant as an actor."""
        return speaking_for(self.complaint)

    @property
    def answers_online(self) -> bool:
        """Whether the complainant answers on the tracking page; otherwise staff write down what they say."""
        return not self.is_by_staff

    def told(self, name: str) -> str:
        """A text of the story in the language of the complaint."""
        return filled(self.story.texts[self.language][name], self.persona.slots)

    def second_told(self, name: str) -> str:
        """A text about the second point."""
        return filled(self.story.texts[self.language]["second"][name], self.persona.slots)

    def phrase(self, name: str) -> str:
        """One of the sentences that fit every story; nobody says the same twice while there is something else."""
        known: list[str] = phrases(self.language)[name]
        said = str(self.rng.choice([text for text in known if text not in self.said] or known))
        self.said.add(said)
        return said

    def offer_text(self, place: int) -> str:
        """What a remedy of the story is called."""
        return str(self.story.texts[self.language]["remedies"][place])

    def cents_of(self, offer: Offer) -> int | None:
        """How much money an offer is, in cents; never more than was claimed."""
        if offer.whole:
            return self.persona.cents
        if not offer.most:
            return None
        drawn = 100 * self.rng.randrange(offer.least, offer.most + 1, 5)
        return min(drawn, self.persona.cents) if self.story.claims else drawn

    def chance(self, probability: float) -> bool:
        """Whether something happens that happens so often."""
        return self.rng.random() < probability


def a_persona(
    rng: Random, story: Story, language: str, channel: str, *, is_anonymous: bool, telling: int, received: datetime
) -> Persona:
    """Somebody who complains, invented anew."""
    place = rng.choice(places())
    least, most = story.amount
    cents = rng.randrange(least * 10, most * 10 + 1) * 10
    number = str(rng.randrange(4_100_000, 4_999_999))
    happened = (received - timedelta(days=rng.randint(*story.days_ago))).date()
    happened -= timedelta(days=max(0, happened.isoweekday() - 5))
    slots = {
        "street": place[language],
        "day": written_day(happened, language),
        "amount": written_amount(cents, language),
        "number": number,
    }
    contact = _contact(rng, language, channel, place[language])
    representative = None
    if not is_anonymous and story.organisation_tells == telling and rng.random() < 0.7:
        name = rng.choice(names()[language]["organisations"])
        representative = Representative(contact, authority=Party.Authority.NONE)
        contact = Contact(name=name, kind=Party.Kind.ORGANISATION)
    elif not is_anonymous and channel != Channel.POST and rng.random() < 0.05:
        relation = rng.choice(phrases(language)["relations"])
        authority = Party.Authority.SEEN
        representative = Representative(contact, relation=relation, authority=authority)
        contact = Contact(name=_name(rng, language))
    if is_anonymous:
        contact = Contact()
    return Persona(contact, representative, is_anonymous, slots, cents, number, place["district"])


def the_telling(rng: Random, story: Story, language: str, telling: int, persona: Persona) -> str:
    """What the complainant writes."""
    known = story.texts[language]["tellings"]
    text = filled(known[telling % len(known)], persona.slots)
    acting = persona.representative
    if acting is not None and acting.relation:
        text = phrases(language)["on_behalf"].replace("{telling}", text)
    if rng.random() < 0.7:
        text += " " + rng.choice(phrases(language)["closings"])
    return text


def the_title(rng: Random, story: Story, language: str, telling: int, persona: Persona) -> str:
    """What the complainant calls it; half of those who name a street put it into the title."""
    title = filled(story.texts[language]["title"], persona.slots)
    if "{street}" not in story.texts[language]["tellings"][telling] or rng.random() < 0.5:
        return title
    return f"{title}, {_street(language, persona.slots['street'])}"


def _street(language: str, street: str) -> str:
    return {"en": street, "et": f"{street} tänav", "tr": f"{street} Caddesi"}[language]


def _name(rng: Random, language: str) -> str:
    known = names()[language]
    return f"{rng.choice(known['first'])} {rng.choice(known['last'])}"


def _contact(rng: Random, language: str, channel: str, street: str) -> Contact:
    name = _name(rng, language)
    has_mail = rng.random() < (0.85 if channel == Channel.PORTAL else 0.3)
    email = ""
    if has_mail or channel == Channel.EMAIL:
        email = ".".join(fold(part) for part in name.split()) + "@example.org"
    phone = f"555 0{rng.randrange(100, 200)}" if channel == Channel.PHONE or rng.random() < 0.4 else ""
    address = _address(language, street, rng.randrange(1, 60)) if channel == Channel.POST or rng.random() < 0.3 else ""
    by = Party.ContactBy.PORTAL
    if email:
        by = Party.ContactBy.EMAIL
    elif phone:
        by = Party.ContactBy.PHONE
    elif address:
        by = Party.ContactBy.POST
    needs = (
        (rng.choice(["large_print", "call_first", "easy_language", "sign_language"]),) if rng.random() < 0.07 else ()
    )
    return Contact(name=name, email=email, phone=phone, address=address, contact_by=by, needs=needs)


def _address(language: str, street: str, house: int) -> str:
    written = {"en": f"{house} {street}", "et": f"{street} tn {house}", "tr": f"{street} Caddesi {house}"}
    return f"{written[language]}, Larkhaven"
