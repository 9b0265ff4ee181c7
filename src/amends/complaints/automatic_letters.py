"""Letters that nobody has to write: receipt confirmed, with what was understood (7.4), and that we are late (7.7)."""

from datetime import datetime

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.complaints.letter_blocks import Composed, blocks_of, composed, recourse
from amends.complaints.models import Complaint, Deadline, Issue
from amends.complaints.stages import Stage
from amends.framework.models import Organisation
from amends.framework.rules.vocabulary import LetterKind
from amends.framework.which_packs import rules_of
from amends.kit.locales import long_day
from amends.rendering.wording import Wording

#: What is promised follows from the clocks that run: no rule need set a day, and some clocks begin only when a person
#: confirms receipt.
_DECISION = gettext_lazy(
    "What happens next: somebody looks at it and tells you who is handling it. You will have our decision with reasons "
    "by {day}. If we need longer, we tell you why."
)
_CONFIRMATION = gettext_lazy(
    "What happens next: somebody looks at it and confirms by {day} that we have it. After that you see at the address "
    "above how it goes on."
)
_NO_DAY = gettext_lazy(
    "What happens next: somebody looks at it and tells you who is handling it. You will have our decision with "
    "reasons, and at the address above you see where it stands."
)

_STILL_LOOKING = gettext_lazy("We are still finding out what happened.")
_WHY_LATE: dict[Stage, str | Promise] = {
    Stage.RECEIVED: gettext_lazy("We began to look into it later than we should have."),
    Stage.ASSESSED: gettext_lazy("We began to look into it later than we should have."),
    Stage.INVESTIGATING: _STILL_LOOKING,
    Stage.REOPENED: _STILL_LOOKING,
    Stage.IN_REVIEW: _STILL_LOOKING,
    Stage.PROPOSED: gettext_lazy("Our answer is written, and a second person is still checking it."),
    Stage.DECIDED: gettext_lazy("We have decided, and the letter is being prepared."),
}
_OTHERWISE = gettext_lazy("Our work on it is not finished.")


def acknowledgement(complaint: Complaint, organisation: Organisation, at: datetime) -> Composed:
    """Receipt confirmed, with what was understood. Raises Refusal `block_missing`."""
    rules, language = rules_of(complaint.pack), complaint.language
    wanted = blocks_of(rules, LetterKind.ACKNOWLEDGEMENT, ("reference", "understood", "contact", "times"))
    writers = {
        "reference": lambda: reference_said(complaint, organisation),
        "understood": lambda: understood(complaint),
        "contact": lambda: contact(organisation, language),
        "times": lambda: what_comes_next(complaint, organisation, at),
    }
    return composed("letter_acknowledgement", rules, LetterKind.ACKNOWLEDGEMENT, wanted, writers, language)


def delay(complaint: Complaint, promised_at: datetime, organisation: Organisation) -> Composed:
    """That we are late, why, and until when. Raises Refusal `block_missing`."""
    rules, language = rules_of(complaint.pack), complaint.language
    wanted = blocks_of(rules, LetterKind.DELAY, ("apology", "reason", "new_date"))
    writers = {
        "apology": lambda: _("You were to hear from us before today, and we did not keep that date. We are sorry."),
        "reason": lambda: why_late(complaint),
        "new_date": lambda: _new_date(promised_at, organisation, language),
        "external_right": lambda: recourse(organisation, language),
    }
    return composed("letter_delay", rules, LetterKind.DELAY, wanted, writers, language)


def why_late(complaint: Complaint) -> str:
    """The reason as far as it shows from where the complaint stands; nobody had to type one."""
    return str(_WHY_LATE.get(Stage(complaint.stage), _OTHERWISE))


def summaries(complaint: Complaint) -> list[str]:
    """What was understood: the points of the complaint."""
    return list(Issue.objects.filter(complaint=complaint).order_by("number").values_list("summary", flat=True))


def understood(complaint: Complaint) -> str:
    """The points in words, with the request to say so where they are wrong."""
    points = summaries(complaint)
    lines = points if len(points) == 1 else [f"{number}. {point}" for number, point in enumerate(points, 1)]
    return "\n".join(
        [
            _("This is how we understand your complaint:"),
            *lines,
            _("If that is not right, or something is missing, tell us."),
        ]
    )


def contact(organisation: Organisation, language: str) -> str:
    """How we are reached."""
    phone = organisation.phone
    if phone and language in organisation.phone_hours:
        phone = f"{phone} ({organisation.phone_hours[language]})"
    ways = [
        (_("Telephone"), phone),
        (_("E-mail"), organisation.email),
        (_("By letter"), organisation.post_address),
        (_("On the internet"), f"{settings.AMENDS_PUBLIC_URL}/{language}/track/"),
    ]
    code = _("On the internet you need an access code. If you have none, ask us for one.")
    return "\n".join([_("This is how you reach us:"), *(f"{name}: {value}" for name, value in ways if value), code])


def what_comes_next(complaint: Complaint, organisation: Organisation, at: datetime) -> str:
    """The first day that is still ahead: of the decision, else of the confirmation by a person, else none."""
    ahead = Deadline.objects.open().filter(complaint=complaint, due_at__gt=at).order_by("due_at", "id")
    days: dict[str, datetime] = {}
    for kind, due_at in ahead.values_list("kind", "due_at"):
        days.setdefault(kind, due_at)
    for kind, words in ((Deadline.Kind.DECISION, _DECISION), (Deadline.Kind.ACKNOWLEDGEMENT, _CONFIRMATION)):
        if kind in days:
            day = long_day(days[kind].astimezone(organisation.zone), complaint.language)
            return Wording(str(words), ("day",)).fill(day=day)
    return str(_NO_DAY)


def reference_said(complaint: Complaint, organisation: Organisation) -> str:
    """That it came in, on which day and under which reference."""
    received = long_day(complaint.received_at.astimezone(organisation.zone), complaint.language)
    text = Wording(
        _(
            "Thank you for telling us. We received your complaint on {received}. Its reference is {reference}; please "
            "name it when you write or call."
        ),
        ("received", "reference"),
    )
    return text.fill(received=received, reference=complaint.reference)


def _new_date(promised_at: datetime, organisation: Organisation, language: str) -> str:
    text = Wording(_("You will hear from us by {day}."), ("day",))
    return text.fill(day=long_day(promised_at.astimezone(organisation.zone), language))
