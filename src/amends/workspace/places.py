"""What the workspace puts into the navigation, and the numbers beside it."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from amends.complaints.mails import mails_for
from amends.complaints.permissions import May
from amends.complaints.queries import COUNT_UP_TO, View, capped_count, capped_counts, in_view, visible_to
from amends.complaints.tasks import asked_of, asked_of_units_of, given_by
from amends.framework.permissions import May as MayFramework
from amends.people.standing import Staff
from amends.surveys.permissions import May as MaySurveys
from amends.ui import formatting, navigation
from amends.ui.navigation import Count, Entry
from amends.workspace.significant import unread_by


def late(actor: Staff, now: datetime) -> Count | None:
    """How many of one's own complaints are late."""
    count = capped_count(in_view(View.MINE, visible_to(actor), actor, now).overdue(now))
    words = ngettext("%(count)s late", "%(count)s late", count) % {"count": _capped(count)}
    return Count(words, is_hot=True, number=_capped(count)) if count else None


def still_open(actor: Staff, now: datetime) -> Count | None:
    """How many complaints are open that one may read."""
    return _plain(capped_count(in_view(View.OPEN, visible_to(actor), actor, now)))


def to_approve(actor: Staff, now: datetime) -> Count | None:
    """How many responses one could decide on."""
    return _plain(capped_count(in_view(View.APPROVAL, visible_to(actor), actor, now)))


def not_read(actor: Staff, now: datetime) -> Count | None:
    """How many significant complaints one has been told of and not read."""
    count = capped_count(unread_by(actor))
    words = ngettext("%(count)s not read", "%(count)s not read", count) % {"count": _capped(count)}
    return Count(words, is_hot=True, number=_capped(count)) if count else None


def mails_waiting(actor: Staff, now: datetime) -> Count | None:
    """How many mails need somebody to look at them."""
    return _plain(capped_counts(mails_for(actor).waiting())[0])


def to_answer(actor: Staff, now: datetime) -> Count | None:
    """What one was asked; late ones first, and with them those for which one waits oneself."""
    mine, late_ones, waited_for = capped_counts(
        asked_of(actor).open() | asked_of_units_of(actor).open(),
        asked_of(actor).open().overdue(now),
        given_by(actor).open().overdue(now),
    )
    count = late_ones + waited_for
    words = ngettext("%(count)s late", "%(count)s late", count) % {"count": _capped(count)}
    return Count(words, is_hot=True, number=_capped(count)) if count else _plain(mine)


def _plain(count: int) -> Count | None:
    return Count(_capped(count)) if count else None


def _capped(count: int) -> str:
    return f"{COUNT_UP_TO}+" if count > COUNT_UP_TO else formatting.number(count)


navigation.register(
    Entry(_("My work"), "inbox", "workspace:queue", May.LIST, key="G then Q", short=_("Queue"), rank=1, count=late),
    Entry(_("Due this week"), "calendar", "workspace:due", May.LIST),
    Entry(
        _("Significant"),
        "alert",
        "workspace:significant",
        May.ANSWER_SIGNIFICANT,
        short=_("Alerts"),
        rank=5,
        count=not_read,
    ),
    Entry(_("Tasks"), "reply", "workspace:tasks", May.ANSWER_TASK, short=_("Tasks"), rank=6, count=to_answer),
    Entry(_("All complaints"), "list", "workspace:complaints", May.LIST, short=_("All"), rank=2, count=still_open),
    Entry(_("Record a complaint"), "add", "workspace:new", May.RECORD, key="N", short=_("New"), rank=3, primary=True),
    Entry(_("Pass something on"), "send", "workspace:report", May.REPORT),
    Entry(
        _("Approvals"), "approve", "workspace:approvals", May.APPROVE, short=_("Approvals"), rank=4, count=to_approve
    ),
    Entry(_("Incoming mail"), "inbox", "workspace:mail", May.SORT_MAIL, count=mails_waiting),
    Entry(_("Letters"), "mail", "workspace:letters", May.POST_LETTERS),
    Entry(_("Register"), "list", "workspace:register", May.LIST, group=_("Oversight")),
    Entry(_("Remedies promised"), "scales", "workspace:remedies", May.LIST, group=_("Oversight")),
    Entry(_("Redress for others"), "people", "workspace:redress", May.LIST, group=_("Oversight")),
    Entry(_("Taken outside"), "leave", "workspace:outside", May.LIST, group=_("Oversight")),
    Entry(_("Register of disclosures"), "send", "workspace:disclosures_register", May.LIST, group=_("Oversight")),
    Entry(_("Satisfaction"), "chart", "workspace:survey_results", MaySurveys.SEE_RESULTS, group=_("Oversight")),
    Entry(_("Workload"), "people", "workspace:workload", May.SEE_WORKLOAD, group=_("Oversight")),
    Entry(_("Who looked"), "eye", "workspace:reads", May.SEE_READS, group=_("Oversight")),
    Entry(_("What if"), "chart", "workspace:what_if", MayFramework.SEE_RULES, group=_("Oversight")),
    Entry(_("Administration"), "sliders", "workspace:settings", MayFramework.SEE_SETTINGS, group=_("Setup")),
)
navigation.register_search("workspace:complaints")
