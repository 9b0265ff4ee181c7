"""Pack versions and activations by what stands in an address, and what a version is called."""

from collections.abc import Mapping
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from amends.framework.models import Activation, RulePackVersion
from amends.journal.pseudonyms import subjects_named
from amends.kit.text import fold
from amends.kit.translated import TranslatedText

#: PostgreSQL counts versions up to here.
_LARGEST = 2**31 - 1


def pack_version(pack: str, version: int) -> RulePackVersion:
    """The version with its document. Raises Http404."""
    found = RulePackVersion.objects.filter(pack=pack, version=version) if version <= _LARGEST else None
    row = found.select_related("based_on", "made_by").defer("based_on__document").first() if found is not None else None
    if row is None:
        raise Http404
    return row


def activation_named(name: UUID) -> Activation:
    """The activation of a random name. Raises Http404."""
    subject = subjects_named([name]).get(name)
    rows = Activation.objects.select_related("pack_version", "product", "made_by").defer("pack_version__document")
    found = rows.filter(pk=subject.key).first() if subject and subject.kind == "activation" else None
    if found is None:
        raise Http404
    return found


def called(version: RulePackVersion) -> str:
    """Its name with the number, in the reader's language."""
    return _named(version.name, version.version, is_local=version.is_local)


def _named(name: Mapping[str, str], number: int, *, is_local: bool) -> str:
    slots = {"pack": TranslatedText(name), "version": number}
    return (_("%(pack)s, your own version %(version)d") if is_local else _("%(pack)s, version %(version)d")) % slots


def names_of_versions() -> dict[tuple[str, int], str]:
    """Every version by what it is called, in the order of names, the newest first. The documents are not read."""
    rows = RulePackVersion.objects.values_list("document__name", "pack", "version", "based_on")
    found = sorted(rows, key=lambda row: (fold(str(TranslatedText(row[0]))), row[1], -row[2]))
    return {
        (pack, number): _named(name, number, is_local=based_on is not None) for name, pack, number, based_on in found
    }
