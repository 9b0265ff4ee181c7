"""From the answers of the form to an Intake. The shape was checked by the form; what has to fit together is here."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from amends.complaints.form_definition import NOT_SURE
from amends.complaints.intake import Contact, Intake, OwnAnswerGiven, Representative
from amends.complaints.models import Party
from amends.complaints.models.complaint import Kind, Precision
from amends.correspondence.models.message import Channel
from amends.files.models import StoredFile
from amends.framework.models import Category, Organisation, Product
from amends.framework.own_questions import Kind as OwnKind
from amends.framework.own_questions import OwnForm, OwnQuestion, own_form_now
from amends.kit.days import read_day
from amends.kit.locales import locale_of
from amends.kit.money import read_amount
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line, clean_text, shortened

Answers = Mapping[str, Any]

#: The title of a complaint is the beginning of its first point.
TITLE_LENGTH = 90
#: So many points can be made beside the first.
MOST_POINTS = 9


def intake_from(
    answers: Answers,
    *,
    language: str,
    organisation: Organisation,
    today: date,
    files: Sequence[StoredFile] = (),
) -> Intake:
    """Everything the complainant answered, as `receive` takes it. Raises Refusal with the field to mend."""
    check_contact(answers)
    own, points = own_form_now(), points_in(str(answers.get("other_points", "")))
    is_anonymous = answers.get("identity") == "anonymous"
    amount = _amount(answers, organisation, language)
    occurred_on = None
    if answers.get("when") == "day" and answers.get("occurred_on"):
        occurred_on = read_day(str(answers["occurred_on"]), language=language, today=today)
    complainant, representative = _people(answers, is_anonymous=is_anonymous)
    text = clean_text(str(answers.get("text", "")))
    return Intake(
        text="\n\n".join([text, "\n".join(points)]) if text and points else text,
        title=shortened(text, TITLE_LENGTH) if points else "",
        language=language,
        kind=Kind.COMPLAINT,
        channel=Channel.PORTAL,
        product=_coded(Product, answers.get("product")),
        category=_coded(Category, answers.get("category")),
        site=str(answers.get("site", "")),
        order_reference=str(answers.get("order_reference", "")),
        occurred_on=occurred_on,
        occurred_text=str(answers.get("occurred_text", "")) if answers.get("when") == "period" else "",
        said_danger=answers.get("danger") == "yes",
        remedy_wanted=tuple(answers.get("remedy_wanted", ())),
        remedy_wanted_text=clean_text(str(answers.get("remedy_wanted_text", ""))),
        amount_claimed=amount,
        currency=organisation.currency,
        complainant=complainant,
        representative=representative,
        is_anonymous=is_anonymous,
        files=tuple(files),
        received_precision=Precision.MINUTE,
        form_version=own.version,
        points=points,
        own_answers=_own_answers(answers, own, organisation, language, today),
    )


def points_in(typed: str) -> tuple[str, ...]:
    """Further points, a line each. What is too many stays in one: nothing that was written is lost."""
    lines = [line for line in map(clean_line, clean_text(typed).splitlines()) if line]
    kept, more = lines[: MOST_POINTS - 1], lines[MOST_POINTS - 1 :]
    return tuple([*kept, "; ".join(more)] if more else kept)


def _own_answers(
    answers: Answers, own: OwnForm, organisation: Organisation, language: str, today: date
) -> tuple[OwnAnswerGiven, ...]:
    """The answers to the questions of the version in force, each in its type; what was left out is left out."""
    given = (_own_answer(answers.get(each.key), each, organisation, language, today) for each in own.questions)
    return tuple(each for each in given if each is not None)


def _own_answer(
    answer: Any, question: OwnQuestion, organisation: Organisation, language: str, today: date
) -> OwnAnswerGiven | None:
    typed, key = str(answer or "").strip(), question.key
    if not typed:
        return None
    match OwnKind(question.kind):
        case OwnKind.DAY:
            day = read_day(typed, language=language, today=today)
            if day is None:
                raise Refusal("day_unreadable", _("Enter a date in the past, like 16.11.2026"), field=key)
            return OwnAnswerGiven(key, day=day)
        case OwnKind.AMOUNT:
            money = read_amount(typed, organisation.currency, locale_of(language))
            if money is None or money.minor < 0:
                sentence = _("Enter the amount in numbers, for example 120 or 49.90.")
                raise Refusal("amount_unreadable", sentence, field=key)
            return OwnAnswerGiven(key, amount=money.minor, currency=organisation.currency)
        case OwnKind.CHOICE | OwnKind.YES_NO:
            return OwnAnswerGiven(key, code=typed)
    return OwnAnswerGiven(key, text=clean_text(typed))


def check_contact(answers: Answers) -> None:
    """Refuse when somebody wants to be told in a way that they gave no address for."""
    if answers.get("identity") == "anonymous":
        return
    wanted = answers.get("contact_by", "")
    sentences = {
        "email": _("Enter an e-mail address, or choose another way to be told."),
        "phone": _("Enter a telephone number, or choose another way to be told."),
        "post": _("Enter a postal address, or choose another way to be told."),
    }
    field = {"email": "email", "phone": "phone", "post": "address"}.get(str(wanted))
    if field and not str(answers.get(field, "")).strip():
        raise Refusal("contact_missing", sentences[str(wanted)], field=field)


def _coded(model: type[Any], code: object) -> Any:
    if not code or code == NOT_SURE:
        return None
    return model.objects.in_use().filter(code=str(code)).first()


def _amount(answers: Answers, organisation: Organisation, language: str) -> int | None:
    typed = str(answers.get("amount", "")).strip()
    if not typed:
        return None
    money = read_amount(typed, organisation.currency, locale_of(language))
    if money is None or money.minor < 0:
        raise Refusal("amount_unreadable", _("Enter the amount in numbers, for example 120 or 49.90."), field="amount")
    return money.minor


def _people(answers: Answers, *, is_anonymous: bool) -> tuple[Contact, Representative | None]:
    writer = Contact(needs=tuple(answers.get("needs", ())))
    if not is_anonymous:
        writer = Contact(
            name=str(answers.get("name", "")),
            email=str(answers.get("email", "")).strip(),
            phone=str(answers.get("phone", "")),
            address=str(answers.get("address", "")),
            contact_by=str(answers.get("contact_by", "") or Party.ContactBy.PORTAL),
            safe_contact=str(answers.get("safe_contact", "")),
            needs=tuple(answers.get("needs", ())),
        )
    for_whom = answers.get("for_whom")
    if for_whom == "someone_else":
        affected = Contact(name="" if is_anonymous else str(answers.get("their_name", "")))
        authority = str(answers.get("authority", "") or Party.Authority.TO_FOLLOW)
        return affected, Representative(writer, relation=str(answers.get("relation", "")), authority=authority)
    if for_whom == "organisation":
        name = "" if is_anonymous else str(answers.get("organisation_name", ""))
        affected = Contact(name=name, kind=Party.Kind.ORGANISATION)
        return affected, Representative(writer, relation="", authority=Party.Authority.NONE)
    return writer, None
