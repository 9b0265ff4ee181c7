"""Correcting what was recorded wrongly, and saying that feedback is of another kind."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amends.complaints.actions import convert, correct
from amends.complaints.actions.correct import Right
from amends.complaints.models import Correction, Issue, Party
from amends.complaints.models.complaint import Kind, Origin
from amends.complaints.models.correction import OF_IDENTITY
from amends.complaints.permissions import May
from amends.complaints.queries import Verb
from amends.correspondence.models.message import Channel
from amends.framework.models import Category, Product
from amends.kit.money import Money, read_amount
from amends.ui import formatting
from amends.ui.access import StaffVisit, needs
from amends.ui.current import own_name
from amends.ui.definition_forms import LineField
from amends.ui.widgets import RadioRows
from amends.workspace.complaint.choices import category_choices, day_field, long_text, product_choices
from amends.workspace.complaint.opening import NAME_HIDDEN, Case, opened
from amends.workspace.complaint.stepping import Screen, StepForm

Words = str | Promise
Fact = Correction.Fact

CORRECTING = Screen(
    verb=Verb.CORRECT,
    title=gettext_lazy("Correct what was recorded wrongly"),
    button=gettext_lazy("Save the correction"),
    said=gettext_lazy("The correction is saved. The old values stay in the record."),
    intro=gettext_lazy(
        "Change only what is wrong. Both values and your reason are kept; what they said is never changed."
    ),
    template="workspace/complaint/correction.html",
)
CONVERTING = Screen(
    verb=Verb.CONVERT,
    title=gettext_lazy("Change the kind"),
    button=gettext_lazy("Change the kind"),
    said=gettext_lazy("The kind is changed."),
    intro=gettext_lazy(
        "Reference, deadlines and messages stay. Whoever is not content has complained, whatever they call it."
    ),
)


class CorrectionForm(StepForm):
    """Everything that can be corrected, as it is recorded now."""

    title = LineField(
        label=Fact.TITLE.label, max_length=160, error_messages={"required": gettext_lazy("Enter a title")}
    )
    product = forms.ChoiceField(label=Fact.PRODUCT.label, required=False)
    category = forms.ChoiceField(label=Fact.CATEGORY.label, required=False)
    received_on = day_field(Fact.RECEIVED_ON.label, missing=gettext_lazy("Enter the day it was received"))
    occurred_on = day_field(Fact.OCCURRED_ON.label, missing="")
    channel = forms.ChoiceField(label=Fact.CHANNEL.label, choices=Channel.choices)
    language = forms.ChoiceField(label=Fact.LANGUAGE.label, required=False)
    amount = LineField(label=Fact.AMOUNT.label, max_length=40, required=False)
    name = LineField(label=Fact.NAME.label, max_length=160, required=False)
    email = forms.EmailField(
        label=Fact.EMAIL.label,
        max_length=254,
        required=False,
        error_messages={"invalid": gettext_lazy("Enter an e-mail address, like name@example.org")},
    )
    phone = LineField(label=Fact.PHONE.label, max_length=40, required=False)
    reason = long_text(
        gettext_lazy("Why is it corrected?"), longest=2000, rows=3, missing=gettext_lazy("Write why it is corrected")
    )

    def prepare(self) -> None:
        complaint = self.case.complaint
        self.fields["occurred_on"].required = False
        products, self.products = product_choices()
        categories, self.categories = category_choices()
        self.choose("product", products)
        self.choose("category", categories)
        # That of an old complaint may not be offered any more; it stays while nobody chooses another.
        spoken = dict.fromkeys((complaint.language, *self.case.organisation.languages))
        self.choose("language", [(code, own_name(code)) for code in spoken])
        issue = Issue.objects.filter(complaint=complaint).select_related("category").order_by("number").first()
        self.initial.update(
            {
                "title": complaint.title,
                "product": complaint.product.code if complaint.product else "",
                "category": issue.category.code if issue and issue.category else "",
                "received_on": complaint.received_at.astimezone(self.case.organisation.zone).date(),
                "occurred_on": complaint.occurred_on,
                "channel": complaint.channel,
                "language": complaint.language,
                "amount": _plain(complaint.amount_claimed, self.currency),
            }
        )
        party = self.case.parties.get(Party.Role.COMPLAINANT)
        if complaint.origin == Origin.PORTAL:
            del self.fields["received_on"]
        if party is None or complaint.is_anonymous or not self.case.sees_identity:
            for name in ("name", "email", "phone"):
                del self.fields[name]
        else:
            self.initial.update({"name": party.name, "email": party.email, "phone": party.phone})

    @property
    def currency(self) -> str:
        """What the amount is in."""
        return self.case.complaint.currency or self.case.organisation.currency

    def clean_amount(self) -> Money | None:
        """The amount as money; nothing typed leaves it as it is."""
        typed = self.cleaned_data["amount"]
        if not typed or typed == self.initial["amount"]:
            return None
        money = read_amount(typed, self.currency, formatting.reading())
        if money is None or money.minor <= 0:
            raise forms.ValidationError(_("Enter an amount in numbers"))
        return money

    def right(self) -> Right:
        """What differs from what was shown. What was emptied stays: a fact is corrected, not removed."""
        given: dict[str, Any] = {}
        for name in ("title", "received_on", "occurred_on", "channel", "language", "name", "email", "phone"):
            value = self.cleaned_data.get(name)
            if value and value != self.initial.get(name):
                given[name] = value
        product: Product | None = self.products.get(self.cleaned_data["product"])
        category: Category | None = self.categories.get(self.cleaned_data["category"])
        return Right(product=product, category=category, amount=self.cleaned_data["amount"], **given)


def _plain(minor: int | None, currency: str) -> str:
    return str(Money(minor, currency).decimal) if minor is not None else ""


@dataclass(frozen=True)
class Corrected:
    """One earlier correction in words."""

    what: Words
    old: Words
    new: Words
    reason: str
    who: str
    at: datetime


@needs(May.CORRECT)
def correction(request: StaffVisit, reference: str) -> HttpResponse:
    """Correct facts; earlier corrections stand below."""
    return CORRECTING.answer(request, opened(request, reference), CorrectionForm, _correct, _look)


def _correct(case: Case, form: CorrectionForm) -> None:
    reason = form.cleaned_data["reason"]
    correct(case.complaint, form.right(), reason=reason, by=case.actor, at=case.now, seen=form.version)


def _look(case: Case, form: CorrectionForm) -> dict[str, object]:
    rows = Correction.objects.filter(complaint=case.complaint).select_related("person").order_by("-id")[:50]
    return {"corrected": list(_in_words(case, list(rows)))}


def _in_words(case: Case, rows: list[Correction]) -> Iterator[Corrected]:
    """Identity stays hidden from those who may not know it. At most two queries."""
    words: dict[str, dict[str, str]] = (
        {
            Fact.PRODUCT: {row.code: str(row) for row in Product.objects.all()},
            Fact.CATEGORY: {row.code: str(row) for row in Category.objects.all()},
            Fact.CHANNEL: {channel.value: str(channel.label) for channel in Channel},
            Fact.KIND: {kind.value: str(kind.label) for kind in Kind},
        }
        if rows
        else {}
    )
    for row in rows:
        is_hidden = row.fact in OF_IDENTITY and not case.sees_identity
        old, new = (NAME_HIDDEN if is_hidden else _value(row.fact, value, words) for value in (row.old, row.new))
        yield Corrected(Fact(row.fact).label, old, new, row.reason, row.person.name, row.at)


def _value(fact: str, value: str, words: dict[str, dict[str, str]]) -> Words:
    if not value:
        return _("Not set")
    if fact in (Fact.RECEIVED_ON, Fact.OCCURRED_ON):
        return formatting.day(date.fromisoformat(value))
    if fact == Fact.LANGUAGE:
        return own_name(value)
    if fact == Fact.AMOUNT:
        minor, _space, currency = value.partition(" ")
        return Money(int(minor), currency).in_words_of(formatting.reading())
    return words.get(fact, {}).get(value, value)


class KindForm(StepForm):
    """What it is, and why."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What is it?"),
        choices=Kind.choices,
        widget=RadioRows,
        error_messages={"required": gettext_lazy("Choose what it is")},
    )
    reason = long_text(
        gettext_lazy("Why is it of this kind?"),
        longest=2000,
        rows=3,
        missing=gettext_lazy("Write why it is of this kind"),
    )

    def prepare(self) -> None:
        now = self.case.complaint.kind
        self.choose("kind", [choice for choice in Kind.choices if choice[0] != now])


@needs(May.CONVERT)
def conversion(request: StaffVisit, reference: str) -> HttpResponse:
    """Complaint, enquiry, suggestion, praise, or none of them."""
    return CONVERTING.answer(request, opened(request, reference), KindForm, _convert)


def _convert(case: Case, form: KindForm) -> None:
    given = form.cleaned_data
    kind, reason = Kind(given["kind"]), given["reason"]
    convert(case.complaint, kind, reason=reason, by=case.actor, at=case.now, seen=form.version)
