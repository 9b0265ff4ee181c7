"""Fields and lists that several forms about a complaint share."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import Count
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from amends.complaints.candidates import Candidate, candidates, suggested
from amends.complaints.fitness import fit_handlers
from amends.complaints.queries import visible_to
from amends.correspondence.models.message import Channel
from amends.framework.models import Category, Product
from amends.framework.queries import grouped
from amends.people.models import Person, Unit
from amends.ui import formatting
from amends.ui.definition_forms import TextField
from amends.ui.widgets import RadioChips
from amends.workspace.complaint.opening import Case

Words = str | Promise
#: What Django's fields take as label: its stubs know lazy words by a name of their own.
Label = Any
Choice = tuple[str, Words] | tuple[Words, Sequence[tuple[str, Words]]]

YES, NO = "yes", "no"
YES_OR_NO = ((YES, gettext_lazy("Yes")), (NO, gettext_lazy("No")))

#: The ways in which staff speak with a complainant outside of the tracking page.
SPOKEN = tuple(
    (channel.value, channel.label)
    for channel in (Channel.PHONE, Channel.POST, Channel.EMAIL, Channel.IN_PERSON, Channel.OTHER)
)

#: Whether what was told to staff was read back to them (4.5).
READ_BACK: tuple[tuple[str, Label], ...] = (
    ("confirmed", gettext_lazy("Yes, and they agreed")),
    ("not_confirmed", gettext_lazy("Yes, but they did not agree with all of it")),
    ("not_possible", gettext_lazy("No, it came in writing or there was no time")),
)


def day_field(label: Label, *, hint: Label = "", missing: Label) -> forms.DateField:
    """A day: chosen in the browser's calendar, or typed where it has none."""
    return forms.DateField(
        label=label,
        help_text=hint,
        input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"],
        widget=forms.DateInput({"type": "date", "autocomplete": "off"}, format="%Y-%m-%d"),
        error_messages={"required": missing, "invalid": gettext_lazy("Enter a day, like 31.12.2026")},
    )


def yes_or_no(label: Label, *, hint: Label = "", missing: Label) -> forms.ChoiceField:
    """A question that has to be answered."""
    return forms.ChoiceField(
        label=label, help_text=hint, choices=YES_OR_NO, widget=RadioChips, error_messages={"required": missing}
    )


def long_text(
    label: Label, *, longest: int, hint: Label = "", missing: Label = "", rows: int = 5, is_required: bool = True
) -> TextField:
    """A text of several lines."""
    return TextField(
        label=label,
        help_text=hint,
        max_length=longest,
        required=is_required,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing} if missing else {},
    )


def today_at(case: Case) -> date:
    """The day it is where the organisation is."""
    return case.now.astimezone(case.organisation.zone).date()


def handlers_for(case: Case, unit: Unit) -> dict[str, Person]:
    """Who could handle the complaint in a unit, by what stands for them in a form. Two queries."""
    return {str(person.pk): person for person in fit_handlers(case.complaint, unit, case.now)}


def offered_in(case: Case, unit: Unit) -> tuple[dict[str, Person], list[Choice]]:
    """Who could handle it in a unit, the suggested one first, with load, absence and language beside each name."""
    found = candidates(case.complaint, unit, case.now, visible_to(case.actor))
    tells_language = not all(each.speaks_it for each in found)
    first = suggested(found, but_not=case.complaint.handler_id)
    choices: list[Choice] = [
        (str(each.person.pk), _described(each, is_suggested=each.person == first, tells_language=tells_language))
        for each in found
    ]
    return {str(each.person.pk): each.person for each in found}, choices


def _described(candidate: Candidate, *, is_suggested: bool, tells_language: bool) -> str:
    facts = [_load_words(candidate)]
    if candidate.is_full:
        facts.append(_("full"))
    if candidate.away_until is not None:
        facts.append(_("away until %(day)s") % {"day": formatting.short_day(candidate.away_until)})
    if candidate.is_preferred:
        facts.append(_("preferred for such complaints"))
    if candidate.speaks_it and tells_language:
        facts.append(_("speaks the language"))
    if is_suggested:
        facts.append(_("suggested"))
    return _("%(name)s (%(facts)s)") % {"name": candidate.person.name, "facts": ", ".join(facts)}


def _load_words(candidate: Candidate) -> str:
    if candidate.capacity is not None:
        return _("%(count)s of %(most)s open") % {"count": candidate.load, "most": candidate.capacity}
    if not candidate.load:
        return _("nothing open")
    return ngettext("%(count)s open", "%(count)s open", candidate.load) % {"count": candidate.load}


def with_load(case: Case, people: dict[str, Person]) -> list[Choice]:
    """People with how much they have in hand, of what this person may see. One query."""
    rows = visible_to(case.actor).open().filter(handler__in=people.values()).order_by().values("handler_id")
    loads = {str(row["handler_id"]): row["count"] for row in rows.annotate(count=Count("pk"))}
    return [(key, _loaded(person.name, loads.get(key, 0))) for key, person in people.items()]


def _loaded(name: str, count: int) -> str:
    if not count:
        return _("%(name)s (nothing open)") % {"name": name}
    return ngettext("%(name)s (%(count)d open)", "%(name)s (%(count)d open)", count) % {"name": name, "count": count}


def product_choices() -> tuple[list[Choice], dict[str, Product]]:
    """Products in groups, and each by its code."""
    items = list(Product.objects.in_use().in_order())
    return _in_groups(items), {item.code: item for item in items}


def category_choices() -> tuple[list[Choice], dict[str, Category]]:
    """Categories in groups, and each by its code."""
    items = list(Category.objects.in_use().in_order())
    return _in_groups(items), {item.code: item for item in items}


def _in_groups(items: list[Product] | list[Category]) -> list[Choice]:
    choices: list[Choice] = [("", _("Not set"))]
    for item, below in grouped(items):
        if below:
            choices.append((str(item), [(item.code, str(item)), *((each.code, str(each)) for each in below)]))
        else:
            choices.append((item.code, str(item)))
    return choices
