"""The follow-up sheet (ISO 10002, annex E): on screen, and as one page of paper."""

import re
from collections.abc import Mapping, Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from amends.complaints.permissions import May
from amends.journal.reads import note_read
from amends.rendering.pdf import Template, Value, lacks_signs, pdf
from amends.ui import formatting
from amends.ui.access import StaffVisit, needs
from amends.workspace.complaint.header import crumbs_of
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.sheet_facts import Sheet, sheet_of

_HASH = re.compile(r"[0-9a-f]{64}")


@needs(May.LIST)
def sheet(request: StaffVisit, reference: str) -> HttpResponse:
    """The seven blocks, and the ways to paper."""
    case = opened(request, reference)
    context = {
        "case": case,
        "complaint": case.complaint,
        "crumbs": crumbs_of(case, reverse("workspace:complaints"), here=_("Follow-up sheet")),
        "sheet": sheet_of(case),
        "columns": _columns(),
        "sheet_href": case.at("sheet_pdf"),
        "file_href": case.at("file_pdf"),
        "outside_href": f"{case.at('file_pdf')}?for=outside",
        "pass_on_href": case.at("disclosures") if "disclose" in case.open_to else "",
    }
    return render(request, "workspace/complaint/sheet.html", context)


@needs(May.LIST)
def sheet_pdf(request: StaffVisit, reference: str) -> HttpResponse:
    """One page, in the reader's language. That it was made is recorded apart from looking at the complaint."""
    case = opened(request, reference)
    note_read(case.complaint.subject, by=request.actor, at=request.now, field_group="sheet")
    return paper(sheet_document(case, language=get_language() or "en"), f"{case.complaint.reference}-sheet.pdf")


def sheet_document(case: Case, *, language: str, for_outside: bool = False) -> bytes:
    """The sheet as a document. That it is made, or passed on, is recorded by whoever asks for it."""
    title = _("Follow-up sheet %(reference)s") % {"reference": case.complaint.reference}
    data = {key: masked(case, each) for key, each in _data(case, sheet_of(case), for_outside=for_outside).items()}
    return pdf(Template.SHEET, data, title=title, language=language, at=case.now)


def paper(made: bytes, name: str) -> HttpResponse:
    """A document to save, kept by nobody on the way."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store, private"}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


def masked(case: Case, value: Value) -> Value:
    """Everything that is said, without a name that is shielded; a hash is no text."""
    if isinstance(value, str | Promise):
        text = str(value)
        return text if _HASH.fullmatch(text) else case.mask.hides(text)
    if isinstance(value, Mapping):
        return {key: masked(case, each) for key, each in value.items()}
    if isinstance(value, Sequence):
        return [masked(case, each) for each in value]
    return value


def _columns() -> list[str]:
    return [_("Action taken"), _("Date"), _("Name"), _("Remark")]


def _data(case: Case, said: Sheet, *, for_outside: bool) -> dict[str, Value]:
    words = [str(value) for block in said.blocks for pair in block.lines for value in pair]
    words += [block.text for block in said.blocks]
    notes = [*said.notes, *missing_signs(words)]
    return {
        "organisation": case.organisation.name,
        "foot": made_by(case, for_outside=for_outside),
        "blocks": [
            {
                "number": block.number,
                "title": block.title,
                "lines": block.lines,
                "text": block.text,
                "text_lang": block.text_language,
            }
            for block in said.blocks
        ],
        "tracking": {
            "number": 7,
            "title": _("Tracking"),
            "columns": _columns(),
            "rows": [(line.action, line.day, line.name, line.remark) for line in said.tracking],
        },
        "notes": notes,
    }


def made_by(case: Case, *, for_outside: bool = False) -> str:
    """What stands at the foot of each page."""
    words = {"moment": formatting.moment(case.now), "name": case.actor.name}
    if for_outside:
        return _("Made %(moment)s by %(name)s.") % words
    return _("Made %(moment)s by %(name)s. Internal.") % words


def missing_signs(texts: list[str]) -> list[str]:
    """A sentence where some sign cannot be shown on paper."""
    is_missing = any(lacks_signs(text) for text in texts)
    return [_("Signs that this paper cannot show stand as �; they are whole on screen.")] if is_missing else []
