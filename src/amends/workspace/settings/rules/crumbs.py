"""The way to a page of the rules. Whoever works with dates may read the rules; the rest of the settings not always."""

from django.urls import reverse
from django.utils.translation import gettext as _

from amends.framework.permissions import May
from amends.permissions.engine import may
from amends.ui.access import StaffVisit
from amends.ui.parts import Crumb


def crumbs(request: StaffVisit, *between: Crumb, here: str) -> list[Crumb]:
    """Administration, rule packs, and what lies between them and this page."""
    found = [Crumb(_("Administration"), reverse("workspace:settings"))] if may(request.actor, May.SEE_SETTINGS) else []
    return [*found, Crumb(_("Rule packs"), reverse("workspace:rules")), *between, Crumb(here)]


def first_crumbs(request: StaffVisit, here: str) -> list[Crumb]:
    """For a page that stands directly below the administration."""
    found = [Crumb(_("Administration"), reverse("workspace:settings"))] if may(request.actor, May.SEE_SETTINGS) else []
    return [*found, Crumb(here)]
