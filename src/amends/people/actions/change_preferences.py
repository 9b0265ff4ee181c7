"""How somebody likes their own screens."""

from django.utils.translation import gettext_lazy as _

from amends.kit.refusal import Refusal
from amends.people.models import Person
from amends.people.particulars import checked_language


def change_preferences(person: Person, *, language: str, theme: str, single_keys: bool, compact_rows: bool) -> None:
    """How somebody likes their own screens. Not a fact about the organisation, so not in the journal."""
    if theme not in {"", "light", "dark"}:
        raise Refusal("theme_unknown", _("Choose light, dark or as the device."), field="theme")
    Person.objects.filter(pk=person.pk).update(
        language=checked_language(language), theme=theme, single_keys=single_keys, compact_rows=compact_rows
    )
