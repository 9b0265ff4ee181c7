"""The complete file of a complaint on paper: what was said, found, decided and done, and what proves it (8.1)."""

from django.http import HttpResponse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from amends.complaints.permissions import May
from amends.journal.reads import note_read
from amends.kit.refusal import Refusal
from amends.rendering.pdf import Template, TooLongError, Value, pdf
from amends.ui import formatting
from amends.ui.access import StaffVisit, needs
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.record_facts import facts_of
from amends.workspace.complaint.record_parts import Part, Section
from amends.workspace.complaint.record_proofs import proofs_of
from amends.workspace.complaint.sheet import masked, missing_signs, paper
from amends.workspace.complaint.stepping import refused
from amends.workspace.complaint.withheld import withheld

TOO_LONG = gettext_lazy("This file is too long for one paper. Read it on screen, or leave the internal notes out.")


@needs(May.LIST)
def file_pdf(request: StaffVisit, reference: str) -> HttpResponse:
    """Everything, or with `?for=outside` a look at what an outside body would get. Each is recorded before it is made.

    What is really passed on is made where it is written into the register of disclosures.
    """
    case = opened(request, reference)
    for_outside = request.GET.get("for") == "outside"
    group = "file_outside" if for_outside else "file"
    note_read(case.complaint.subject, by=request.actor, at=request.now, field_group=group)
    shown = withheld(case) if for_outside and case.complaint.is_shielded else case
    try:
        made = file_of(shown, language=get_language() or "en", for_outside=for_outside, is_draft=for_outside)
    except TooLongError:
        return refused(request, case, _title(case), Refusal("too_long", TOO_LONG))
    suffix = "-outside" if for_outside else ""
    return paper(made, f"{case.complaint.reference}-file{suffix}.pdf")


def file_of(case: Case, *, language: str, for_outside: bool, is_draft: bool = False) -> bytes:
    """The file as a document; that it is made or passed on is recorded by whoever asks for it. Raises TooLongError."""
    data = _data(case, for_outside=for_outside, is_draft=is_draft)
    hidden = {key: masked(case, each) for key, each in data.items()}
    return pdf(Template.RECORD, hidden, title=_title(case), language=language, at=case.now)


def _title(case: Case) -> str:
    return _("Complete file %(reference)s") % {"reference": case.complaint.reference}


def _data(case: Case, *, for_outside: bool, is_draft: bool) -> dict[str, Value]:
    sections = [*facts_of(case), *proofs_of(case)]
    if for_outside:
        sections = [Section(each.title, _for_outside(each.parts)) for each in sections]
    sections = [each for each in sections if each.parts]
    words = {"moment": formatting.moment(case.now), "name": case.actor.name}
    made = _("Made %(moment)s by %(name)s.") % words
    texts = [part.text for section in sections for part in section.parts] + [case.complaint.title]
    under = [case.complaint.title, case.organisation.name, made]
    if is_draft:
        under.append(_("A look at what an outside body would get. It is passed on where it is recorded."))
    under.append(_without_notes() if for_outside else _("Internal notes stand in dashed frames."))
    return {
        "organisation": case.organisation.name,
        "foot": f"{case.complaint.reference} · {made}",
        "under": [*under, *missing_signs(texts)],
        "contents": _("Contents"),
        "sections": [
            {"title": section.title, "parts": [part.data() for part in section.parts]} for section in sections
        ],
    }


def _for_outside(parts: list[Part]) -> list[Part]:
    return [part for part in parts if not part.internal]


def _without_notes() -> str:
    return _("Internal notes have been left out.")
