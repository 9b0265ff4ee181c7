"""My work and all complaints: what to do next, in the order of deadlines (DESIGN 4.6)."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext

from amends.complaints.models import Complaint
from amends.complaints.models.complaint import ComplaintQuerySet
from amends.complaints.permissions import May
from amends.complaints.queries import COUNT_UP_TO, Sort, View, capped_counts, for_list, in_view, visible_to
from amends.framework.permissions import May as MayFramework
from amends.framework.queries import the_organisation
from amends.kit.ids import read_reference
from amends.people.permissions import May as MayPeople
from amends.permissions.engine import may
from amends.ui import formatting
from amends.ui.access import StaffVisit, needs
from amends.ui.current import organisation_of
from amends.ui.parts import Tab
from amends.workspace import paging, queue_empty, queue_filters, queue_rows
from amends.workspace.addresses import address_of
from amends.workspace.queue_filters import Asked

_ORDERS = {Sort.DUE: paging.DUE, Sort.RECEIVED: paging.RECEIVED, Sort.PRIORITY: paging.PRIORITY}
_TABS = (
    View.MINE,
    View.HANDED,
    View.UNASSIGNED,
    View.OVERDUE,
    View.SAFETY,
    View.WAITING,
    View.APPROVAL,
    View.OPEN,
    View.ALL,
)
_HOT = (View.HANDED, View.OVERDUE, View.SAFETY)


@needs(MayPeople.WORK_HERE)
def my_work(request: StaffVisit) -> HttpResponse:
    """What waits for this person. Who reads no complaints is led to where their work is."""
    if not may(request.actor, May.LIST):
        if may(request.actor, MayFramework.SEE_SETTINGS):
            return redirect("workspace:settings")
        return render(request, "workspace/no_role.html")
    return _list(request, queue_filters.read(request.GET, reverse("workspace:queue"), View.MINE))


@needs(May.LIST)
def all_complaints(request: StaffVisit) -> HttpResponse:
    """Every complaint this person may read, in saved views; and where the search field leads."""
    typed = request.GET.get("q", "").strip()
    if typed:
        return _looked_up(request, typed)
    return _list(request, queue_filters.read(request.GET, reverse("workspace:complaints"), View.OPEN))


def _looked_up(request: StaffVisit, typed: str) -> HttpResponse:
    reference = read_reference(typed)
    found = visible_to(request.actor).filter(reference=reference).first() if reference else None
    if found is not None:
        return HttpResponseRedirect(address_of(found))
    context = {
        "query": typed[:120],
        "reference": reference,
        "may_find_people": reference is None and may(request.actor, May.FIND_CONTACTS),
    }
    return render(request, "workspace/not_found.html", context)


def _list(request: StaffVisit, asked: Asked) -> HttpResponse:
    visible, organisation = visible_to(request.actor), organisation_of(request) or the_organisation()
    in_it = in_view(asked.view, visible, request.actor, request.now)
    narrowed = asked.filters.applied_to(in_it, request.now, organisation)
    rows = for_list(narrowed).prefetch_related("walls", "participating_units")
    page = paging.page_of(rows, _ORDERS[asked.sort], asked.page)
    context = _shown(request, asked, page)
    if "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers:
        context |= _numbers(*capped_counts(narrowed, narrowed.overdue(request.now)))
        response = render(request, "workspace/queue.html#answer", context)
        response["HX-Push-Url"] = asked.href(page=asked.page)
    else:
        context |= _frame(request, asked, narrowed)
        response = render(request, "workspace/queue.html", context)
    patch_vary_headers(response, ("HX-Request",))
    return response


def _shown(request: StaffVisit, asked: Asked, page: paging.Page[Complaint]) -> dict[str, Any]:
    """The part of the page that filters and pages change."""
    rows = [queue_rows.row_of(complaint, request.actor, request.now) for complaint in page.rows]
    begins, ends = not page.previous, not page.next
    groups = queue_rows.in_one_group(rows)
    organisation = organisation_of(request) or the_organisation()
    if asked.sort is Sort.DUE:
        groups = queue_rows.by_deadline(rows, request.now, organisation, begins=begins, ends=ends)
    return {
        "asked": asked,
        "filters": queue_filters.choices_for(asked, request.actor, request.now, organisation),
        "is_empty": not rows,
        "is_filtered": asked.is_filtered,
        "is_first_use": not rows and not visible_to(request.actor).exists(),
        "may_record": may(request.actor, May.RECORD),
        "clear_href": asked.href(without="all"),
        "groups": groups,
        "caption": _caption(asked),
        "sorted_by_due": asked.href() if asked.sort is Sort.DUE else "",
        "previous_href": asked.href(page=page.previous) if page.previous else "",
        "next_href": asked.href(page=page.next) if page.next else "",
        **queue_empty.words_for(asked.view),
    }


def _frame(request: StaffVisit, asked: Asked, narrowed: ComplaintQuerySet) -> dict[str, Any]:
    """What stays while filters change: title, saved views with their numbers, the choice of sorting."""
    visible, actor, now = visible_to(request.actor), request.actor, request.now
    views = [view for view in _TABS if view is not View.APPROVAL or may(actor, May.APPROVE)]
    counted = [view for view in views if view is not View.ALL]  # all of them together are not counted
    in_views = [in_view(view, visible, actor, now) for view in counted]
    count, late, *numbers = capped_counts(narrowed, narrowed.overdue(now), *in_views)
    counts: dict[View, int] = dict(zip(counted, numbers, strict=True))
    return _numbers(count, late) | {
        "title": gettext("All complaints") if asked.view is View.ALL else asked.view.label,
        "tabs": [_tab(view, asked, counts.get(view)) for view in views],
        "sorts": [(sort.value, label, sort is asked.sort) for sort, label in queue_filters.SORTS.items()],
    }


def _tab(view: View, asked: Asked, count: int | None) -> Tab:
    address = reverse("workspace:queue") if view is View.MINE else f"{reverse('workspace:complaints')}?view={view}"
    return Tab(view.label, address, view is asked.view, _capped(count) if count else "", view in _HOT)


def _capped(count: int) -> str:
    return f"{COUNT_UP_TO}+" if count > COUNT_UP_TO else formatting.number(count)


def _numbers(count: int, late: int) -> dict[str, str]:
    late_words = ngettext("%(count)s overdue", "%(count)s overdue", late) % {"count": _capped(late)}
    return {
        "count_words": ngettext("%(count)s complaint", "%(count)s complaints", count) % {"count": _capped(count)},
        "late_words": late_words if late else "",
    }


def _caption(asked: Asked) -> str | Promise:
    if asked.sort is Sort.DUE:
        return gettext("%(view)s, grouped by next deadline") % {"view": asked.view.label}
    return gettext("%(view)s, sorted: %(sort)s") % {"view": asked.view.label, "sort": queue_filters.SORTS[asked.sort]}
