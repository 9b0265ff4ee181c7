"""What if: how many deadlines would have been missed under other rules, over complaints of the past.

A question is an address, and its answer is worked out while somebody waits: some 30,000 deadlines a second.
So nothing has to be kept, and an answer is never older than the page. Where that would take too long, the page says how
many complaints it can look at, and asks for fewer.
"""

from time import perf_counter
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from amends.complaints.permissions import visible_to
from amends.complaints.what_if.answering import Asking, Listed, Show
from amends.complaints.what_if.recorded import Place
from amends.framework.permissions import May
from amends.framework.queries import the_organisation
from amends.ui import formatting
from amends.ui.access import StaffVisit, needs
from amends.ui.current import organisation_of
from amends.workspace import what_if_words
from amends.workspace.answering import status_of
from amends.workspace.what_if_form import WhatIfForm

#: So many complaints are looked at while somebody waits: under ten seconds.
MOST = 250_000
ON_A_PAGE = 50


@needs(May.SEE_RULES)
def what_if(request: StaffVisit) -> HttpResponse:
    """The form, and below it the answer over those complaints that this person may read."""
    organisation = organisation_of(request) or the_organisation()
    typed = request.GET if "ask" in request.GET else None
    form = WhatIfForm(typed, actor=request.actor, organisation=organisation)
    context: dict[str, Any] = {"form": form, "has_complaints": visible_to(request.actor).exists()}
    if form.is_asked():
        asking = Asking(visible_to(request.actor).real(), form.asked_among(), form.asked_instead(), request.now)
        context |= _answer(request, asking)
    return render(request, "workspace/what_if.html", context, status=status_of(form))


def _answer(request: StaffVisit, asking: Asking) -> dict[str, Any]:
    size, address = asking.size(), _address(request)
    if size > MOST:
        words = {"count": formatting.number(size), "most": formatting.number(MOST)}
        too_many = _("That would be %(count)s complaints; %(most)s can be looked at on this page.") % words
        return {"is_answered": True, "too_many": too_many}
    show = _show(request, asking)
    place, is_back = _place(request, asking)
    if place is not None:
        listed = asking.page(show, ON_A_PAGE, beyond=place, back=is_back)
        return {"is_answered": True, "is_further_page": True, "first_href": f"{address}&show={show.value}"} | _list(
            request, listed, f"{address}&show={show.value}"
        )
    began = perf_counter()
    answer, listed = asking.answer(show, ON_A_PAGE)
    instead = asking.instead
    context = {
        "is_answered": True,
        "is_nothing": instead.is_nothing,
        "answer": answer,
        "takeaway": what_if_words.takeaway(instead, answer.total),
        "figures": what_if_words.line_of("", answer.total),
        "notes": what_if_words.notes(answer, instead, size, perf_counter() - began),
        "tabs": [] if instead.is_nothing else what_if_words.tabs_of(show, answer.total, address),
    }
    if answer.total.judged:
        context |= {
            "picture": what_if_words.picture(answer.months),
            "kinds": what_if_words.by_kind(answer),
            "units": what_if_words.by_unit(answer),
            "months": what_if_words.by_month(answer.months),
            "differing": [what_if_words.row_of(each, request.now) for each in answer.differing],
        }
    return context | _list(request, listed, f"{address}&show={show.value}")


def _address(request: StaffVisit) -> str:
    """The question alone, without which list is shown and where it stands."""
    said = [(key, value) for key, value in request.GET.items() if value and key not in {"show", "page"}]
    return f"{reverse('workspace:what_if')}?{urlencode(said)}"


def _show(request: StaffVisit, asking: Asking) -> Show:
    named = request.GET.get("show", "")
    if asking.instead.is_nothing or named not in set(Show):
        return Show.WAS_LATE if asking.instead.is_nothing else Show.LATE
    return Show(named)


def _place(request: StaffVisit, asking: Asking) -> tuple[Place | None, bool]:
    """Where a page of the list begins: after, or before, a complaint. What is mistyped begins at the beginning."""
    direction, _tilde, reference = request.GET.get("page", "").partition("~")
    if direction not in {"a", "b"} or "\x00" in reference:
        return None, False
    found = asking.complaints.filter(reference=reference).values_list("received_at", "pk").first()
    return (Place(*found), direction == "b") if found else (None, False)


def _list(request: StaffVisit, listed: Listed, address: str) -> dict[str, Any]:
    verdicts = listed.verdicts
    return {
        "rows": [what_if_words.row_of(each, request.now) for each in verdicts],
        "previous_href": f"{address}&page=b~{verdicts[0].row.reference}#list" if listed.before else "",
        "next_href": f"{address}&page=a~{verdicts[-1].row.reference}#list" if listed.after else "",
    }
