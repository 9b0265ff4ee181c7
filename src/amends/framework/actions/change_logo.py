"""Choosing the picture that the organisation is known by, or taking it away."""

import hashlib
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from amends.framework import events
from amends.framework.logos import Drawn, newest_version
from amends.framework.models import Logo, Organisation
from amends.framework.permissions import May
from amends.framework.queries import the_organisation
from amends.framework.staleness import stale
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.permissions import engine


@transaction.atomic
def change_logo(picture: Drawn | None, *, seen: int, by: engine.Person, at: datetime) -> Logo:
    """Show this picture from now on, or none. `seen` is the version that was on the screen.

    Refusals: `unchanged`, `stale`.
    """
    engine.require(by, May.CHANGE_ORGANISATION)
    organisation = the_organisation()
    if seen != newest_version():
        raise stale()
    if picture is None and not organisation.logo:
        raise Refusal("unchanged", _("There is no logo that could be taken away."))
    try:
        with transaction.atomic():
            row = Logo.objects.create(
                version=seen + 1,
                content=picture.content if picture else b"",
                width=picture.width if picture else 0,
                height=picture.height if picture else 0,
                made_at=at,
                made_by_id=by.actor_key if by.actor_kind == "person" else None,
            )
    except IntegrityError as error:
        raise stale() from error
    Organisation.objects.filter(pk=organisation.pk).update(logo=row.version if picture else 0)
    record(
        events.LogoChanged(
            organisation=organisation.subject,
            version=row.version,
            digest=hashlib.sha256(picture.content).hexdigest() if picture else "",
        ),
        by=by,
        at=at,
    )
    return row
