"""The pages for those who run the installation, as tabs of one set."""

from django.urls import reverse
from django.utils.translation import gettext as _

from amends.ui.parts import Tab


def tabs(here: str) -> list[Tab]:
    """All of them, in the order in which somebody on duty looks."""
    names = {
        "system": _("Follow-ups"),
        "system_mail": _("Mail"),
        "system_trail": _("Journal"),
    }
    return [Tab(label, reverse(f"workspace:{name}"), name == here) for name, label in names.items()]
