"""Changing what the organisation says in its own words on the public pages (5.2, 7.1)."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from amends.framework import events
from amends.framework.models import PublicText
from amends.framework.permissions import May
from amends.framework.public_texts import newest_text
from amends.framework.queries import the_organisation
from amends.framework.staleness import stale
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_text
from amends.kit.translated import TranslatedText
from amends.permissions import engine

LONGEST = 20_000


@transaction.atomic
def change_public_text(
    code: PublicText.Code, text: TranslatedText, *, seen: int, by: engine.Person, at: datetime
) -> PublicText:
    """Show this text from now on. `seen` is the version that was changed, 0 before the first.

    An empty text takes the organisation's own words away again. Refusals: `too_long`, `unchanged`, `stale`.
    """
    engine.require(by, May.CHANGE_PUBLIC_TEXTS)
    cleaned = TranslatedText({language: clean_text(words) for language, words in text.items()})
    for language, words in cleaned.items():
        if len(words) > LONGEST:
            raise Refusal("too_long", _("This is too long. Shorten it."), field=f"text_{language}")
    newest = newest_text(code)
    if seen != (newest.version if newest else 0):
        raise stale()
    if cleaned == (newest.text if newest else TranslatedText()):
        raise Refusal("unchanged", _("Nothing has changed. Change something before you save."))
    try:
        with transaction.atomic():
            row = PublicText.objects.create(
                code=code,
                version=seen + 1,
                text=cleaned,
                made_at=at,
                made_by_id=by.actor_key if by.actor_kind == "person" else None,
            )
    except IntegrityError as error:
        raise stale() from error
    record(
        events.PublicTextChanged(
            organisation=the_organisation().subject,
            code=code.value,
            version=row.version,
            languages=tuple(sorted(cleaned)),
        ),
        by=by,
        at=at,
    )
    return row
