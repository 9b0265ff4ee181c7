"""What has to be there before the first start, so that complaints from elsewhere can be taken over first."""

from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from amends.framework.actions.set_up import lay_foundations
from amends.framework.models import Organisation
from amends.framework.permissions import May
from amends.permissions import engine

#: Shown to nobody: the public page stays closed, and nobody works here yet.
PROVISIONAL_NAME = "Not set up yet"


@transaction.atomic
def prepare(*, by: engine.Person, at: datetime) -> None:
    """Make a provisional organisation that the first start completes; nothing where there is one already."""
    engine.require(by, May.SET_UP)
    if Organisation.objects.exists():
        return
    organisation = Organisation(
        pk=1,
        name=PROVISIONAL_NAME,
        time_zone=settings.TIME_ZONE,
        currency="EUR",
        languages=[code for code, _name in settings.LANGUAGES],
        reference_prefix="CMP",
        is_provisional=True,
    )
    try:
        with transaction.atomic():
            organisation.save(force_insert=True)
    except IntegrityError:  # somebody else was first
        return
    lay_foundations(organisation, by=by, at=at)
