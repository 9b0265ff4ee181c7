"""What to do differently for the people of a complaint. Why stands on a page of its own."""

from django.utils.translation import gettext as _

from amends.complaints.models import Need
from amends.workspace.complaint.opening import Case


def kept(case: Case) -> list[Need]:
    """The adjustments that are agreed and whose consent holds. One query."""
    rows = Need.objects.filter(complaint=case.complaint, withdrawn_at__isnull=True).order_by("number")
    return list(rows.select_related("given_by"))


def adjustment_lines(case: Case) -> str:
    """What to do, in a line, without why. One query."""
    return "; ".join(
        _("%(adjustment)s (given)") % {"adjustment": one.adjustment} if one.given_at else one.adjustment
        for one in kept(case)
    )
