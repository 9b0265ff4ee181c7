"""What people are told when a file is not taken in: one sentence what is wrong, one what to do."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amends.files.workshop import Verdict
from amends.kit.refusal import Refusal

FIELD = "files"

_WHAT_CAN_BE_SENT = _(
    "We cannot take this kind of file. You can send pictures (JPEG, PNG, WebP, GIF), PDF, plain text, Word, Excel, "
    "PowerPoint and OpenDocument files, sound (MP3, M4A, WAV, OGG), video (MP4, MOV, WebM) and saved e-mails (.eml)."
)
#: Better advice where we can guess what somebody wanted to send.
_ADVICE: Mapping[str, Promise | str] = {
    **dict.fromkeys(
        ("heic", "heif", "avif", "bmp", "tif", "tiff", "raw", "dng"),
        _(
            "We cannot open this kind of picture. Save it as JPEG and send that, or take a screenshot of it and send "
            "the screenshot."
        ),
    ),
    **dict.fromkeys(
        ("zip", "rar", "7z", "tar", "gz", "tgz", "bz2", "xz"),
        _("We do not take archives. Unpack it and send the files in it one by one."),
    ),
    **dict.fromkeys(
        ("doc", "xls", "ppt", "rtf", "pages", "numbers", "key", "odp", "docm", "xlsm", "pptm", "dotx", "csv", "html"),
        _("We cannot take this kind of file. Save it as PDF and send that."),
    ),
    "msg": _("We cannot take this kind of file. Save the e-mail as .eml or as PDF and send that."),
}

_OF_VERDICT: Mapping[Verdict, tuple[str, Promise | str]] = {
    Verdict.BROKEN: (
        "file_broken",
        _(
            "We could not open this file; it seems to be damaged. Open it on your device, save it again and send the "
            "new file, or send a screenshot of what matters."
        ),
    ),
    Verdict.LOCKED: (
        "file_locked",
        _("This file is protected with a password. Save it without the password, or print it to PDF, and send that."),
    ),
    Verdict.ACTIVE: (
        "file_active",
        _(
            "This file holds macros, embedded programs or links to other files, which we do not take. Save it as PDF "
            "and send that."
        ),
    ),
    Verdict.TOO_COMPLEX: (
        "file_too_complex",
        _(
            "This file takes too much to open safely. Make it smaller (a lower resolution, fewer pages) and send it "
            "again, or send a screenshot of what matters."
        ),
    ),
    Verdict.OTHER_KIND: (
        "file_kind",
        _("The content of this file is not what its name says. Save it again in the right format and send that."),
    ),
    Verdict.DISK_FULL: (
        "storage_full",
        _("We could not save the file. Please try again later or send your message without it."),
    ),
}


def wrong_kind(extension: str) -> Refusal:
    """A kind of file that is not on the list."""
    return Refusal("file_kind", _ADVICE.get(extension, _WHAT_CAN_BE_SENT), field=FIELD)


def unfit(verdict: Verdict) -> Refusal:
    """A file that did not pass its examination."""
    code, sentence = _OF_VERDICT[verdict]
    return Refusal(code, sentence, field=FIELD)


def too_big(limit_mb: int) -> Refusal:
    """A file over the limit."""
    sentence = _("This file is larger than %(limit)s MB. Make it smaller, or send the part that matters.")
    return Refusal("file_too_big", sentence % {"limit": limit_mb}, field=FIELD, facts={"limit_mb": limit_mb})


def empty() -> Refusal:
    """A file of no bytes."""
    return Refusal("file_empty", _("This file is empty. Check it on your device and choose it again."), field=FIELD)


def not_anonymous() -> Refusal:
    """A kind of file that may name its maker, from somebody who stays anonymous."""
    return Refusal(
        "file_not_anonymous",
        _(
            "A sound, a video or a saved e-mail may tell who made it, and we cannot take that out. As you stay "
            "anonymous, send screenshots or a PDF instead, or write down what is said and shown."
        ),
        field=FIELD,
    )


def busy() -> Refusal:
    """Nobody is free to look at the file."""
    return Refusal("file_busy", _("We are busy with other files. Please send this one again in a minute."), field=FIELD)


def waiting() -> Refusal:
    """Asked for before the virus scanner has looked."""
    return Refusal("file_waiting", _("This file is still being checked for viruses. Try again in a few minutes."))


def rejected() -> Refusal:
    """Asked for although the virus scanner refused it."""
    return Refusal(
        "file_rejected",
        _("This file did not pass the virus check and is not given out. Ask its sender for another copy."),
    )


def gone() -> Refusal:
    """Referred to after it was removed, or referred to already."""
    return Refusal("file_gone", _("This file is no longer there. Please choose it again."), field=FIELD)


def no_original() -> Refusal:
    """The original of a file from which only the stripped copy was kept."""
    return Refusal("file_no_original", _("The original of this file was not kept, to protect its sender."))
