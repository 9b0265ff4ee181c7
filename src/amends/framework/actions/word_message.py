"""Saying in one's own words what goes out to complainants."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from amends.framework import events
from amends.framework.message_kinds import MessageKind
from amends.framework.message_texts import newest
from amends.framework.models import MessageTemplate
from amends.framework.permissions import May
from amends.framework.queries import the_organisation
from amends.framework.staleness import stale
from amends.journal.recording import record
from amends.kit.refusal import Refusal
from amends.kit.text import clean_line, clean_text
from amends.kit.translated import TranslatedText
from amends.permissions import engine
from amends.rendering.wording import Wording

LONGEST_BODY = 10_000
LONGEST_SUBJECT = 150


@transaction.atomic
def word_message(
    kind: MessageKind,
    *,
    subject: TranslatedText,
    body: TranslatedText,
    seen: int,
    by: engine.Person,
    at: datetime,
) -> MessageTemplate:
    """Write it like this from now on; what went out stays as it was. A language without words has those to begin with.

    Refusals: `unknown_variable`, `variable_needed`, `text_too_long`, `unchanged`, `stale`.
    """
    engine.require(by, May.WORD_MESSAGES)
    subject, body = checked(kind, subject, body)
    before = newest(kind)
    if seen != (before.version if before else 0):
        raise stale()
    if (subject, body) == ((before.subject, before.body) if before else (TranslatedText(), TranslatedText())):
        raise Refusal("unchanged", _("Nothing has changed. Change something before you save."))
    try:
        with transaction.atomic():
            made = MessageTemplate.objects.create(
                kind=kind.code,
                version=seen + 1,
                subject=subject,
                body=body,
                made_at=at,
                made_by_id=by.actor_key if by.actor_kind == "person" else None,
            )
    except IntegrityError as error:
        raise stale() from error
    record(
        events.MessageWorded(
            organisation=the_organisation().subject, kind=kind.code, version=made.version, languages=tuple(sorted(body))
        ),
        by=by,
        at=at,
        payload={"subject": subject.as_dict(), "body": body.as_dict()},
    )
    return made


def checked(kind: MessageKind, subject: TranslatedText, body: TranslatedText) -> tuple[TranslatedText, TranslatedText]:
    """Both as they are kept. The field of a refusal names the language, like `body_en`."""
    bodies = {language: clean_text(text) for language, text in body.items()}
    bodies = {language: text for language, text in bodies.items() if text}
    subjects = {language: clean_line(text) for language, text in subject.items() if language in bodies}
    for language, text in subjects.items():
        _check(kind, text, f"subject_{language}", LONGEST_SUBJECT)
    for language, text in bodies.items():
        used = _check(kind, text, f"body_{language}", LONGEST_BODY)
        missing = sorted(kind.needed - used)
        if missing:
            raise Refusal(
                "variable_needed",
                _("Something is left out that people have to be told. Put this where it belongs: %(names)s")
                % {"names": ", ".join(f"{{{name}}}" for name in missing)},
                field=f"body_{language}",
                facts={"missing": missing, "language": language},
            )
    return TranslatedText(subjects), TranslatedText(bodies)


def _check(kind: MessageKind, text: str, field: str, longest: int) -> frozenset[str]:
    if len(text) > longest:
        sentence = _("Shorten this to %(longest)d characters.") % {"longest": longest}
        raise Refusal("text_too_long", sentence, field=field)
    try:
        return Wording(text, kind.variables).used
    except Refusal as refusal:
        raise Refusal(refusal.code, refusal.sentence, field=field, facts=refusal.facts) from refusal
