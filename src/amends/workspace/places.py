"""What the workspace puts into the navigation, and the numbers beside it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from amends.complaints.mails import mails_for
from amends.complaints.permissions import May
from amends.complaints.queries import COUNT_UP_TO, View, capped_counts, in_view, visible_to
from amends.complaints.tasks import asked_of, asked_of_units_of, given_by
from amends.framework.permissions import May as MayFramework
from amends.people.standing import Staff
from amends.surveys.permissions import May as MaySurveys
from amends.ui import formatting, navigation
from amends.ui.navigation import Count, Entry, Tally
from amends.workspace.significant import unread_by

Lists = Sequence[QuerySet[Any]]


def _late(actor: Staff, now: datetime) -> Lists:
    """One's own complaints that are late."""
    return [in_view(View.MINE, visible_to(actor), actor, now).overdue(now)]


def _open(actor: Staff, now: datetime) -> Lists:
    """Complaints that are open and that one may read."""
    return [in_view(View.OPEN, visible_to(actor), actor, now)]


def _to_approve(actor: Staff, now: datetime) -> Lists:
    """Responses that one could decide on."""
    return [in_view(View.APPROVAL, visible_to(actor), actor, now)]


def _not_read(actor: Staff, now: datetime) -> Lists:
    """Significant complaints that one has been told of and not read."""
    return [unread_by(actor)]


def _mails(actor: Staff, now: datetime) -> Lists:
    """Mails that need somebody to look at them."""
    return [mails_for(actor).waiting()]


def _asked(actor: Staff, now: datetime) -> Lists:
    """What one was asked, what of it is late, and what is late for which one waits oneself."""
    return [
        asked_of(actor).open() | asked_of_units_of(actor).open(),
        asked_of(actor).open().overdue(now),
        given_by(actor).open().overdue(now),
    ]


def _late_words(count: int) -> Count | None:
    words = ngettext("%(count)s late", "%(count)s late", count) % {"count": _capped(count)}
    return Count(words, is_hot=True, number=_capped(count)) if count else None


def _unread_words(count: int) -> Count | None:
    words = ngettext("%(count)s not read", "%(count)s not read", count) % {"count": _capped(count)}
    return Count(words, is_hot=True, number=_capped(count)) if count else None


def _asked_words(mine: int, late: int, waited_for: int) -> Count | None:
    """Late ones first."""
    return _late_words(late + waited_for) or _plain(mine)


def _plain(count: int) -> Count | None:
    return Count(_capped(count)) if count else None


def _capped(count: int) -> str:
    return f"{COUNT_UP_TO}+" if count > COUNT_UP_TO else formatting.number(count)


navigation.register(
    Entry(
        _("My work"),
        "inbox",
        "workspace:queue",
        May.LIST,
        key="G then Q",
        short=_("Queue"),
        rank=1,
        tally=Tally(_late, _late_words),
    ),
    Entry(_("Due this week"), "calendar", "workspace:due", May.LIST),
    Entry(
        _("Significant"),
        "alert",
        "workspace:significant",
        May.ANSWER_SIGNIFICANT,
        short=_("Alerts"),
        rank=5,
        tally=Tally(_not_read, _unread_words),
    ),
    Entry(
        _("Tasks"),
        "reply",
        "workspace:tasks",
        May.ANSWER_TASK,
        short=_("Tasks"),
        rank=6,
        tally=Tally(_asked, _asked_words),
    ),
    Entry(
        _("All complaints"),
        "list",
        "workspace:complaints",
        May.LIST,
        short=_("All"),
        rank=2,
        tally=Tally(_open, _plain),
    ),
    Entry(_("Record a complaint"), "add", "workspace:new", May.RECORD, key="N", short=_("New"), rank=3, primary=True),
    Entry(_("Pass something on"), "send", "workspace:report", May.REPORT),
    Entry(
        _("Approvals"),
        "approve",
        "workspace:approvals",
        May.APPROVE,
        short=_("Approvals"),
        rank=4,
        tally=Tally(_to_approve, _plain),
    ),
    Entry(_("Incoming mail"), "inbox", "workspace:mail", May.SORT_MAIL, tally=Tally(_mails, _plain)),
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
navigation.register_counting(capped_counts)
