"""The audit trail: every journal entry about the complaint, and the proof that it stands where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from amends.complaints.permissions import May
from amends.journal.models import Entry
from amends.journal.receipts import receipt_of
from amends.journal.recording import leaf_hash
from amends.permissions.engine import may
from amends.ui.access import StaffVisit, needs
from amends.workspace.complaint import frame
from amends.workspace.complaint.header import crumbs_of
from amends.workspace.complaint.names import names_in
from amends.workspace.complaint.opening import Case, opened
from amends.workspace.complaint.sentences import told
from amends.workspace.complaint.timeline import entries_about

Words = str | Promise | SafeString

PAGE_SIZE = 50


@dataclass(frozen=True)
class TrailRow:
    """An entry with its number in the journal, once it is sealed, and its leaf hash."""

    number: int | None
    at: datetime
    who: Words
    acting_as: str
    sentence: SafeString
    leaf: str
    href: str


@needs(May.LIST)
def trail(request: StaffVisit, reference: str) -> HttpResponse:
    """Entries in the order in which they were written, newest first."""
    case = frame.opened_whole(request, reference)
    rows = entries_about(case).select_related("seal").order_by("-id")
    after = _uuid(request.GET.get("before", ""))
    edge = entries_about(case).filter(uid=after).values_list("id", flat=True).first() if after else None
    if edge is not None:
        rows = rows.filter(id__lt=edge)
    found = list(rows[: PAGE_SIZE + 1])
    page = found[:PAGE_SIZE]
    older = f"{case.at('trail')}?before={page[-1].uid.hex}" if len(found) > PAGE_SIZE else ""
    content = {
        "rows": _rows(page, case),
        "older": older,
        "newest": case.at("trail") if edge else "",
        "readers_href": case.at("readers") if may(case.actor, May.SEE_READERS, case.complaint) else "",
        "walls_href": case.at("walls") if may(case.actor, May.SEE_WALLS, case.complaint) else "",
    }
    return frame.page(request, case, "trail", content)


def _rows(entries: Sequence[Entry], case: Case) -> list[TrailRow]:
    names = names_in(entries, case)
    return [
        TrailRow(
            number=entry.seal.number if hasattr(entry, "seal") else None,
            at=entry.at,
            who=names.of(entry.actor),
            acting_as=entry.acting_as,
            sentence=told(entry, names).sentence,
            leaf=leaf_hash(entry).hex(),
            href=case.at("entry", uid=entry.uid.hex),
        )
        for entry in entries
    ]


@needs(May.LIST)
def entry(request: StaffVisit, reference: str, uid: str) -> HttpResponse:
    """One entry with everything that proves it: what was written, its leaf, its place and the way to the root."""
    case = opened(request, reference)
    wanted = _uuid(uid)
    found = entries_about(case).filter(uid=wanted).first() if wanted else None
    if found is None:
        raise Http404
    context = {
        "case": case,
        "complaint": case.complaint,
        "crumbs": crumbs_of(case, reverse("workspace:complaints"), here=_("Entry of the audit trail")),
        "row": _rows([found], case)[0],
        "entry": found,
        "receipt": receipt_of(found),
        "back": case.at("trail"),
    }
    return render(request, "workspace/complaint/entry.html", context)


def _uuid(written: str) -> UUID | None:
    try:
        return UUID(hex=written)
    except ValueError:
        return None
