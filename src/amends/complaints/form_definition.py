"""The complaint form as data: steps with typed questions. One definition renders web, telephone and print (annex C)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amends.complaints.intake import LONGEST_TEXT
from amends.framework.models import Category, Product, RemedyKind
from amends.framework.queries import grouped

Text = str | Promise
#: (value, label), or (group label, [(value, label), …])
Choice = tuple[str, Text] | tuple[Text, Sequence[tuple[str, Text]]]


class Answer(StrEnum):
    """The type of an answer, which decides how it is asked, checked and kept."""

    LINE = "line"
    TEXT = "text"
    CHOICE = "choice"
    LONG_CHOICE = "long_choice"
    CHOICES = "choices"
    DAY = "day"
    EMAIL = "email"
    PHONE = "phone"
    AMOUNT = "amount"
    FILES = "files"


@dataclass(frozen=True)
class Question:
    """One question. `only_when` names another question of the same step and the answer that makes this one matter."""

    key: str
    answer: Answer
    label: Text
    hint: Text = ""
    missing: Text = ""
    is_required: bool = False
    longest: int = 200
    choices: Callable[[], Sequence[Choice]] | None = None
    only_when: tuple[str, str] | None = None
    autocomplete: str = ""
    staff_only: bool = False
    portal_only: bool = False


@dataclass(frozen=True)
class FormStep:
    """One page of questions."""

    slug: str
    title: Text
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class FormDefinition:
    """A version of the form; complaints remember under which they were made."""

    version: int
    steps: tuple[FormStep, ...]

    def step(self, slug: str) -> FormStep | None:
        """The step of that slug."""
        return next((step for step in self.steps if step.slug == slug), None)


NOT_SURE = "not_sure"


def _products() -> list[Choice]:
    items = list(Product.objects.in_use().in_order())
    choices: list[Choice] = []
    for product, below in grouped(items):
        if below:
            choices.append((str(product), [(item.code, str(item)) for item in below]))
        else:
            choices.append((product.code, str(product)))
    return [*choices, (NOT_SURE, _("I am not sure"))]


def _categories() -> list[Choice]:
    items = list(Category.objects.in_use().in_order())
    choices: list[Choice] = []
    for category, below in grouped(items):
        if below:
            choices.append((str(category), [(item.code, str(item)) for item in below]))
        else:
            choices.append((category.code, str(category)))
    return [*choices, (NOT_SURE, _("I am not sure"))]


def _remedies() -> list[Choice]:
    return [
        *((kind.code, str(kind)) for kind in RemedyKind.objects.in_use().in_order()),
        (NOT_SURE, _("I am not sure")),
    ]


def _for_whom() -> list[Choice]:
    return [
        ("me", _("Me")),
        ("someone_else", _("Somebody else, and I act for them")),
        ("organisation", _("An organisation or company")),
    ]


def _authorities() -> list[Choice]:
    return [
        ("claimed", _("Yes, they know and agree")),
        ("to_follow", _("Not yet. I will send it later")),
    ]


def _when() -> list[Choice]:
    return [
        ("day", _("On a date I know")),
        ("period", _("Over a period of time")),
        (NOT_SURE, _("I am not sure")),
    ]


def _danger() -> list[Choice]:
    return [("yes", _("Yes")), ("no", _("No, not any more"))]


def _identity() -> list[Choice]:
    return [
        ("named", _("With my name")),
        ("anonymous", _("Stay anonymous. We answer only on the tracking page, and cannot call or write to you")),
    ]


def _ways() -> list[Choice]:
    return [
        ("email", _("By e-mail, when there is something to read")),
        ("phone", _("By telephone")),
        ("post", _("By letter")),
        ("portal", _("Not at all. I will look at the tracking page")),
    ]


def _needs() -> list[Choice]:
    return [
        ("large_print", _("Large print")),
        ("call_first", _("Call before you visit or write")),
        ("easy_language", _("Easy language")),
        ("sign_language", _("Sign language")),
        ("interpreter", _("An interpreter")),
        ("audio", _("Read aloud or as a recording")),
    ]


COMPLAINT_FORM = FormDefinition(
    version=1,
    steps=(
        FormStep(
            "about",
            _("What it is about"),
            (
                Question(
                    "product",
                    Answer.CHOICE,
                    _("Which product or service is it about?"),
                    choices=_products,
                    is_required=True,
                    missing=_("Choose what it is about, or that you are not sure"),
                ),
                Question("category", Answer.LONG_CHOICE, _("What kind of problem is it?"), choices=_categories),
                Question(
                    "site",
                    Answer.LINE,
                    _("Where did it happen?"),
                    _("A shop, an office, an address or a web page."),
                    longest=120,
                ),
                Question(
                    "order_reference",
                    Answer.LINE,
                    _("Order, contract or customer number"),
                    _("If you have one at hand."),
                    longest=80,
                ),
            ),
        ),
        FormStep(
            "who",
            _("Who it is for"),
            (
                Question(
                    "for_whom",
                    Answer.CHOICE,
                    _("Who has the problem?"),
                    choices=_for_whom,
                    is_required=True,
                    missing=_("Choose who has the problem"),
                ),
                Question(
                    "their_name",
                    Answer.LINE,
                    _("Their name"),
                    longest=160,
                    is_required=True,
                    missing=_("Enter the name of the person you act for"),
                    only_when=("for_whom", "someone_else"),
                ),
                Question(
                    "relation",
                    Answer.LINE,
                    _("How are you related to them?"),
                    _("For example daughter, neighbour, lawyer."),
                    longest=120,
                    only_when=("for_whom", "someone_else"),
                ),
                Question(
                    "authority",
                    Answer.CHOICE,
                    _("Do they agree that you complain for them?"),
                    _("You can start now and send their permission later."),
                    choices=_authorities,
                    is_required=True,
                    missing=_("Choose whether they agree"),
                    only_when=("for_whom", "someone_else"),
                ),
                Question(
                    "organisation_name",
                    Answer.LINE,
                    _("Name of the organisation or company"),
                    longest=160,
                    is_required=True,
                    missing=_("Enter the name of the organisation"),
                    only_when=("for_whom", "organisation"),
                    autocomplete="organization",
                ),
            ),
        ),
        FormStep(
            "what",
            _("What went wrong"),
            (
                Question(
                    "text",
                    Answer.TEXT,
                    _("What happened?"),
                    _("Use your own words, in any language. Short is fine. Leave out card numbers and passwords."),
                    longest=LONGEST_TEXT,
                    is_required=True,
                    missing=_("Tell us what happened, in a few words"),
                ),
                Question(
                    "other_points",
                    Answer.TEXT,
                    _("Is there another point?"),
                    _("If it is about several things, write each further one on a line of its own."),
                    longest=2000,
                ),
                Question("when", Answer.CHOICE, _("When did it happen?"), _("An estimate is fine."), choices=_when),
                Question(
                    "occurred_on",
                    Answer.DAY,
                    _("Date"),
                    _("For example 16 November 2026, 16.11.2026 or last Monday."),
                    only_when=("when", "day"),
                ),
                Question(
                    "occurred_text",
                    Answer.LINE,
                    _("From when until when?"),
                    _("For example since last summer, or 1 to 14 May."),
                    longest=120,
                    only_when=("when", "period"),
                ),
                Question(
                    "danger",
                    Answer.CHOICE,
                    _("Is anyone in danger or without an essential service right now?"),
                    choices=_danger,
                    is_required=True,
                    missing=_("Choose whether anyone is in danger now"),
                ),
                Question(
                    "files",
                    Answer.FILES,
                    _("Photos, letters or recordings"),
                    _("Up to 10 files. You can add more later."),
                ),
            ),
        ),
        FormStep(
            "remedy",
            _("What would put it right"),
            (
                Question(
                    "remedy_wanted",
                    Answer.CHOICES,
                    _("What would you like us to do?"),
                    _("Choose as many as you like."),
                    choices=_remedies,
                ),
                Question(
                    "remedy_wanted_text",
                    Answer.TEXT,
                    _("Say it in your own words"),
                    longest=2000,
                ),
                Question(
                    "amount",
                    Answer.AMOUNT,
                    _("How much money is it about?"),
                    _("Only if it is about money."),
                    longest=20,
                ),
            ),
        ),
        FormStep(
            "contact",
            _("How we can reach you"),
            (
                Question(
                    "identity",
                    Answer.CHOICE,
                    _("How do you want to complain?"),
                    choices=_identity,
                    is_required=True,
                    missing=_("Choose whether you give your name"),
                ),
                Question(
                    "name",
                    Answer.LINE,
                    _("Your name"),
                    longest=160,
                    is_required=True,
                    missing=_("Enter your name, or choose to stay anonymous"),
                    only_when=("identity", "named"),
                    autocomplete="name",
                ),
                Question(
                    "contact_by",
                    Answer.CHOICE,
                    _("How may we tell you that there is something new?"),
                    choices=_ways,
                    is_required=True,
                    missing=_("Choose how we may tell you that there is something new"),
                    only_when=("identity", "named"),
                ),
                Question(
                    "email",
                    Answer.EMAIL,
                    _("E-mail address"),
                    _("Our mails never say what the complaint is about."),
                    longest=254,
                    only_when=("identity", "named"),
                    autocomplete="email",
                ),
                Question(
                    "phone",
                    Answer.PHONE,
                    _("Telephone number"),
                    longest=40,
                    only_when=("identity", "named"),
                    autocomplete="tel",
                ),
                Question(
                    "address",
                    Answer.LINE,
                    _("Postal address"),
                    longest=300,
                    only_when=("identity", "named"),
                    autocomplete="street-address",
                ),
                Question(
                    "safe_contact",
                    Answer.LINE,
                    _("Is there a safe time or way to reach you?"),
                    _("For example: only mornings, do not leave a message."),
                    longest=300,
                    only_when=("identity", "named"),
                ),
                Question(
                    "needs", Answer.CHOICES, _("Is there something that makes it easier for you?"), choices=_needs
                ),
            ),
        ),
    ),
)
