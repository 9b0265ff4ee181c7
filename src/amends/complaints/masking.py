"""Another name in the place of a shielded person's, in everything that is shown (annex D)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from secrets import choice, randbelow

from django.utils.translation import gettext as _

from amends.complaints.models import Complaint, Party

#: No I and O: they read like numbers.
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
#: Shorter words of a name stand in too many sentences.
_SHORTEST = 3
_HIDDEN_ROLES = (Party.Role.COMPLAINANT, Party.Role.REPRESENTATIVE)


def new_pseudonym() -> str:
    """A letter and a number: short to say, and no part of the name."""
    return f"{choice(_LETTERS)}{randbelow(99) + 1}"


def pseudonym_of(complaint: Complaint) -> str:
    """What a shielded complainant is called."""
    return _("Complainant %(sign)s") % {"sign": complaint.pseudonym}


@dataclass(frozen=True)
class Mask:
    """Finds the names and addresses of a complaint's people in a text, and puts the sign in their place."""

    pattern: re.Pattern[str] | None
    sign: str

    @classmethod
    def of(cls, parties: Iterable[Party], sign: str) -> "Mask":
        """Whole names, each of their words, and every way to reach them; longest first."""
        words: set[str] = set()
        for party in parties:
            if party.role in _HIDDEN_ROLES:
                words |= {party.name, party.email, party.email.partition("@")[0], party.phone, party.address}
                words |= set(re.split(r"[\s,.'’-]+", party.name))
        known = sorted((word for word in words if len(word) >= _SHORTEST), key=len, reverse=True)
        if not known:
            return cls(None, sign)
        # Spaces may be any, and dots, dashes and lines stand between the words of a name in files and addresses.
        # Names take endings in Estonian and Turkish: only their beginning has to begin a word.
        written = (r"[\s_.,-]+".join(re.escape(part) for part in re.split(r"[\s_.-]+", word) if part) for word in known)
        return cls(re.compile(rf"(?<![^\W_])(?:{'|'.join(written)})", re.IGNORECASE), sign)

    def hides(self, text: str) -> str:
        """The text with the sign in the place of every name."""
        return self.pattern.sub(self.sign, text) if self.pattern is not None else text


#: Changes nothing: for those who may know the name, and where there is no shield.
OPEN = Mask(None, "")


def mask_of(complaint: Complaint) -> Mask:
    """The mask of a shielded complaint."""
    return Mask.of(complaint.parties.all(), f"[{complaint.pseudonym}]") if complaint.is_shielded else OPEN
