"""Making rules of one's own from a pack. Shipped versions are never changed, and neither are one's own."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amends.framework import events
from amends.framework.models import RulePackVersion
from amends.framework.permissions import May
from amends.framework.queries import the_organisation
from amends.framework.rules.copying import as_own, own_code, with_own_figures
from amends.framework.rules.problems import Problem
from amends.framework.rules.validation import check_pack, check_shape
from amends.journal.recording import record
from amends.kit.canonical import digest
from amends.kit.refusal import Refusal
from amends.permissions import engine

_CODE = re.compile(r"[a-z][a-z0-9_-]{0,57}")


@transaction.atomic
def copy_pack(
    based_on: RulePackVersion,
    document: Mapping[str, Any],
    *,
    by: engine.Person,
    at: datetime,
    code: str = "",
    seen: int | None = None,
) -> RulePackVersion:
    """Keep a changed document as the next version of a pack of the organisation's own. It applies to nothing yet.

    Without a code it is that of the pack with "-own"; a code that does not end so gets the ending. `seen` is the newest
    version of the own pack that the person looked at, 0 for none. Refusals: `code_wrong`, `code_taken`, `pack_unusable`
    with the first of what is wrong and where, `unchanged`, `stale`.
    """
    engine.require(by, May.CHANGE_PACK)
    code = checked_code(based_on, code)
    number = next_number(code)
    if seen is not None and seen != number - 1:
        raise _stale()
    full, problems = planned_copy(based_on, document, code=code, version=number, at=at)
    if problems:
        raise Refusal("pack_unusable", problems[0].sentence, field=problems[0].where)
    if _same(full, based_on.document) or _same(full, _newest(code)):
        raise Refusal("unchanged", _("Nothing has changed. Change something before you save."))
    try:
        with transaction.atomic():
            version = RulePackVersion.objects.create(
                pack=code,
                version=number,
                digest=digest(full),
                document=full,
                added_at=at,
                based_on=based_on.based_on or based_on,
                made_by_id=by.actor_key if by.actor_kind == "person" else None,
            )
    except IntegrityError as error:
        raise _stale() from error
    record(
        events.PackCopied(
            pack_version=version.subject,
            pack=code,
            version=number,
            based_on=f"{based_on.pack}.{based_on.version}",
            digest=version.digest,
        ),
        by=by,
        at=at,
    )
    return version


def planned_copy(
    based_on: RulePackVersion, document: Mapping[str, Any], *, code: str, version: int, at: datetime
) -> tuple[Mapping[str, Any], list[Problem]]:
    """The document as it would be kept, and everything that is wrong with it.

    Neither the version that was changed nor the shipped one lends its source to what differs from it.
    """
    full: Mapping[str, Any] = as_own(document, code=code, version=version)
    problems = check_shape(full)
    if problems:
        return full, problems
    organisation = the_organisation()
    for before in (based_on, based_on.based_on or based_on):
        full = with_own_figures(
            full,
            before.document,
            title=gettext("Own rule of %(organisation)s") % {"organisation": organisation.name},
            url=settings.AMENDS_PUBLIC_URL,
            seen_on=at.astimezone(organisation.zone).date(),
        )
    return full, check_pack(full)


def checked_code(based_on: RulePackVersion, code: str = "") -> str:
    """The code of the own pack. Refuses one that cannot be a code, and one that a pack of another origin has."""
    code = own_code(code.strip().lower() or based_on.pack)
    if not _CODE.fullmatch(code):
        sentence = _("Write a short code: small letters, digits, “_” and “-”, a letter first.")
        raise Refusal("code_wrong", sentence, field="code")
    origin = (based_on.based_on or based_on).pack
    strangers = RulePackVersion.objects.filter(Q(based_on__isnull=True) | ~Q(based_on__pack=origin), pack=code)
    if strangers.exists():
        raise Refusal("code_taken", _("Another pack has this code already. Choose another one."), field="code")
    return code


def next_number(code: str) -> int:
    """The number that the next version of a pack gets."""
    newest = RulePackVersion.objects.filter(pack=code).order_by("-version").values_list("version", flat=True).first()
    return (newest or 0) + 1


def _newest(code: str) -> Mapping[str, Any]:
    found = RulePackVersion.objects.filter(pack=code).order_by("-version").first()
    return found.document if found else {}


def _same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return {**one, "pack": "", "version": 0} == {**other, "pack": "", "version": 0}


def _stale() -> Refusal:
    return Refusal("stale", _("Somebody else has saved a version of this pack meanwhile. Compare both and save again."))
