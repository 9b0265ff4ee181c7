"""The form of a response: result in a sentence, reasons, prevention, and up to five remedies."""

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.complaints.actions.respond import Proposal
from amends.complaints.models import Response
from amends.kit.money import Money
from amends.ui.current import offered_languages, own_name
from amends.ui.definition_forms import LineField
from amends.workspace.complaint.choices import long_text
from amends.workspace.complaint.remedies import remedies_of
from amends.workspace.complaint.remedy_rows import RemedyRowsForm


class ResponseForm(RemedyRowsForm):
    """What we answer. The last version stands in it when it came back."""

    summary = LineField(
        label=_("The result in one sentence"),
        help_text=_("The letter begins with it, after the result."),
        max_length=400,
        error_messages={"required": _("Say the result in one sentence")},
    )
    reasons = long_text(
        _("Reasons"),
        hint=_("For the complainant, in plain words: what we found and why we come to this result."),
        longest=20_000,
        rows=8,
        missing=_("Write the reasons"),
    )
    prevention = long_text(_("What we do so that it does not happen again"), longest=10_000, rows=3, is_required=False)
    language = forms.ChoiceField(label=_("Language of the letter"))
    difference_reason = long_text(
        _("Why this one is answered differently"),
        hint=_("Needed where it promises more or less than all like complaints got. Whoever decides reads it."),
        longest=4000,
        rows=2,
        is_required=False,
    )

    def prepare(self) -> None:
        offered = offered_languages(self.case.organisation)
        self.choose("language", [(code, own_name(code)) for code in offered])
        self.add_rows()
        complaint = self.case.complaint
        self.initial["language"] = complaint.language if complaint.language in offered else offered[0]
        last = Response.objects.filter(complaint=complaint, round=complaint.round).order_by("-version").first()
        if last is not None:
            self._start_from(last)

    def _start_from(self, last: Response) -> None:
        self.initial.update(
            {
                "summary": last.summary,
                "reasons": last.reasons,
                "prevention": last.prevention,
                "language": last.language,
                "difference_reason": last.difference_reason,
            }
        )
        remedies = [remedy for remedy in remedies_of(self.case.complaint) if remedy.response_id == last.pk]
        for number, remedy in enumerate(remedies[: self.most_rows], start=1):
            worth = remedy.amount if remedy.amount is not None else remedy.value
            amount = Money(worth, remedy.currency).decimal if worth is not None else ""
            self.initial.update(
                {
                    f"kind_{number}": remedy.kind.code,
                    f"description_{number}": remedy.description,
                    f"amount_{number}": str(amount),
                    f"currency_{number}": remedy.currency or self.case.organisation.currency,
                    f"due_on_{number}": remedy.due_on,
                }
            )

    def clean_language(self) -> str:
        """A letter in a language without the text about outside bodies could never be sent."""
        language = str(self.cleaned_data["language"])
        if language not in self.case.organisation.external_body:
            raise forms.ValidationError(
                _(
                    "The text about outside bodies is missing in this language. Choose another language, or ask an "
                    "administrator to add it."
                )
            )
        return language

    @property
    def proposal(self) -> Proposal:
        """The answers as the verb takes them."""
        given = self.cleaned_data
        return Proposal(
            summary=given["summary"],
            reasons=given["reasons"],
            language=given["language"],
            prevention=given["prevention"],
            remedies=[remedy for remedy in self.promised if remedy is not None],
            difference_reason=given["difference_reason"],
        )
