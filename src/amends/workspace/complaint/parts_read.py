"""What the parts of a complaint are called that somebody looked at."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_PARTS = {
    "text": _("The complaint"),
    "identity": _("Contact details"),
    "original_file": _("Original of a file"),
    "disclosure": _("What was handed over to the person complained about"),
    "readers": _("Who looked"),
    "needs": _("Needs and circumstances"),
    "detriment": _("Report of a disadvantage"),
    "sheet": _("The follow-up form"),
    "file": _("The complete file"),
    "file_outside": _("The file for an outside body"),
    "task": _("A question put to somebody"),
}


def part_called(code: str) -> str | Promise:
    """A part in words; a part that this version does not know shows its plain name."""
    return _PARTS.get(code, code)
