"""Short pages about how complaints are handled here, made of what the organisation has set."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from amends.complaints.drafts import KEPT_FOR, SHOWN_AGAIN_FOR
from amends.framework.mail_rules import mails_now
from amends.framework.models import MailRule, PublicText
from amends.framework.public_texts import newest_text, paragraphs
from amends.portal.following import IDLE
from amends.portal.information import sections_now
from amends.portal.visiting import PortalVisit, for_the_public
from amends.ui.current import own_name

Code = PublicText.Code


@require_safe
@for_the_public
def how_it_works(visit: PortalVisit) -> HttpResponse:
    """What happens to a complaint, by when, and what one can do if one does not agree."""
    return render(visit, "portal/how_it_works.html", {"sections": sections_now(visit.organisation, visit.now)})


@require_safe
@for_the_public
def policy(visit: PortalVisit) -> HttpResponse:
    """The organisation's own text, else what everybody may expect who uses Amends; and the times that hold now."""
    said = sections_now(visit.organisation, visit.now)
    titles = {
        "decide": _("When we decide"),
        "remedies": _("How we can put it right"),
        "outside": _("Where else you can turn"),
    }
    shown = [replace(section, title=titles[section.key]) for section in said if section.key in titles]
    return render(visit, "portal/policy.html", {"sections": shown, **_own(Code.POLICY)})


@require_safe
@for_the_public
def accessibility(visit: PortalVisit) -> HttpResponse:
    """What these pages can do, and other ways for those whom they do not suit."""
    context = {"languages": [own_name(code) for code in visit.organisation.languages], **_own(Code.ACCESSIBILITY)}
    return render(visit, "portal/accessibility.html", context)


@require_safe
@for_the_public
def privacy(visit: PortalVisit) -> HttpResponse:
    """What is kept of those who complain, and what is not."""
    context = {
        "draft_days": KEPT_FOR.days,
        "shown_minutes": int(SHOWN_AGAIN_FOR.total_seconds()) // 60,
        "idle_minutes": int(IDLE.total_seconds()) // 60,
        "upload_mb": settings.AMENDS_MAX_UPLOAD_MB,
        "mails_say_all": mails_now().by_mail == MailRule.Detail.FULL,
        **_own(Code.PRIVACY),
    }
    return render(visit, "portal/privacy.html", context)


def _own(code: PublicText.Code) -> dict[str, Any]:
    """What the organisation has written about it, in the reader's language where it is there."""
    newest = newest_text(code)
    language, own = paragraphs(newest, get_language() or "en")
    return {"version": newest, "own": own, "own_language": language}
