"""In which roles somebody acted, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amends.permissions.roles import Role

Words = str | Promise

_LENT = _("%(role)s (lent)")
_ROLES = {role.value: role for role in Role}


def acting_called(acting_as: str) -> str:
    """What the journal keeps as codes; a code that names no role shows its plain name."""
    return ", ".join(str(_called(code)) for code in acting_as.split("+") if code)


def _called(code: str) -> Words:
    name = code.removesuffix("~")
    if name not in _ROLES:
        return code
    label = _ROLES[name].label
    return str(_LENT) % {"role": label} if code.endswith("~") else label
