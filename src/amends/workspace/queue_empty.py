"""What an empty list says: what it is, why it is empty, and one thing to do."""

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amends.complaints.queries import View

Words = str | Promise

_WORDS: dict[View, tuple[Words, Words]] = {
    View.MINE: (
        _("Nothing waits for you"),
        _("Complaints that are assigned to you stand here, the most urgent one first."),
    ),
    View.HANDED: (
        _("Nobody waits for you to take something over"),
        _("Complaints that others hand over to you stand here until you accept or decline them."),
    ),
    View.UNASSIGNED: (
        _("Every complaint has somebody"),
        _("Complaints that nobody handles yet stand here until they are assigned."),
    ),
    View.OVERDUE: (_("Nothing is late"), _("Complaints whose next deadline has passed stand here.")),
    View.SAFETY: (
        _("No safety matter is open"),
        _("Complaints in which somebody may be in danger stand here until they are ended."),
    ),
    View.WAITING: (
        _("Nobody owes us an answer"),
        _("Complaints in which we have asked something or told our decision stand here until the person answers."),
    ),
    View.APPROVAL: (
        _("Nothing waits for your approval"),
        _("Responses that you can approve or send back stand here."),
    ),
    View.OPEN: (_("No complaint is open"), _("Everything that came in has been ended.")),
    View.ALL: (_("There are no complaints for you"), _("Complaints of the units in which you hold a role stand here.")),
}


def words_for(view: View) -> dict[str, Words]:
    """Title, explanation and the list to look at instead."""
    title, text = _WORDS[view]
    if view is View.MINE:
        action, href = _("See what nobody handles yet"), f"{reverse('workspace:complaints')}?view={View.UNASSIGNED}"
    elif view in {View.OPEN, View.ALL}:
        action, href = _("See your own work"), reverse("workspace:queue")
    else:
        action, href = _("See all open complaints"), f"{reverse('workspace:complaints')}?view={View.OPEN}"
    return {"empty_title": title, "empty_text": text, "empty_action": action, "empty_href": href}
