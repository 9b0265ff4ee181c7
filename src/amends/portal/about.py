"""Short pages about how complaints are handled here, made of what the organisation has set."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amends.complaints.drafts import KEPT_FOR, SHOWN_AGAIN_FOR
from amends.portal.following import IDLE
from amends.portal.status import body_of
from amends.portal.times import if_it_takes_longer, times_now
from amends.portal.visiting import PortalVisit, for_the_public


@require_safe
@for_the_public
def how_it_works(visit: PortalVisit) -> HttpResponse:
    """What happens to a complaint, by when, and what one can do if one does not agree."""
    times = times_now(visit.now)
    context = {
        "times": times,
        "longer": if_it_takes_longer(times.decision),
        "longer_review": if_it_takes_longer(times.review),
        "is_reviewed": times.has_second_stage and not visit.organisation.is_small,
        "body": body_of(visit.organisation),
    }
    return render(visit, "portal/how_it_works.html", context)


@require_safe
@for_the_public
def accessibility(visit: PortalVisit) -> HttpResponse:
    """What these pages can do, and other ways for those whom they do not suit."""
    return render(visit, "portal/accessibility.html")


@require_safe
@for_the_public
def privacy(visit: PortalVisit) -> HttpResponse:
    """What is kept of those who complain, and what is not."""
    context = {
        "draft_days": KEPT_FOR.days,
        "shown_minutes": int(SHOWN_AGAIN_FOR.total_seconds()) // 60,
        "idle_minutes": int(IDLE.total_seconds()) // 60,
        "upload_mb": settings.AMENDS_MAX_UPLOAD_MB,
    }
    return render(visit, "portal/privacy.html", context)
