"""Mails that did not arrive: refused, or tried again. Without names, because an operator reads no complaint."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from amends.correspondence.models import Delivery
from amends.reactions.permissions import May
from amends.ui.access import StaffVisit, needs
from amends.workspace.settings.system_tabs import tabs

SHOWN = 100


@needs(May.SEE_SYSTEM)
def mail(request: StaffVisit) -> HttpResponse:
    """Refused ones first: somebody has to reach those people another way."""
    refused = Delivery.objects.filter(state=Delivery.State.REFUSED).order_by("-id")
    waiting = Delivery.objects.filter(state=Delivery.State.WAITING, attempts__gt=0).order_by("-id")
    context = {
        "tabs": tabs("system_mail"),
        "refused": [_row(each) for each in refused[:SHOWN]],
        "waiting": [_row(each) for each in waiting[:SHOWN]],
    }
    return render(request, "workspace/settings/system_mail.html", context)


def _row(delivery: Delivery) -> dict[str, Any]:
    """The host alone tells whether a mail server is away; whose mail it is stands on the page of the complaint."""
    host = delivery.address.rpartition("@")[2]
    return {
        "notice": delivery.notice,
        "to": _("somebody at %(host)s") % {"host": host},
        "made_at": delivery.made_at,
        "attempts": delivery.attempts,
        "error": delivery.last_error,
    }
