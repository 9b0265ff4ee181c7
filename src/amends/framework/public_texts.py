"""The organisation's own words for its public pages, as they are shown now."""

from amends.framework.models import PublicText

Code = PublicText.Code


def newest_text(code: Code) -> PublicText | None:
    """The version that is shown; None before anything was written."""
    return PublicText.objects.filter(code=code).order_by("-version").first()


def paragraphs(text: PublicText | None, language: str) -> tuple[str, list[str]]:
    """The language in which it is there for a reader, and its paragraphs: an empty line begins a new one."""
    if text is None or not text.text:
        return language, []
    found = text.text.best_language(language)
    said = text.text.in_language(language).replace("\r\n", "\n")
    return found, [part.strip() for part in said.split("\n\n") if part.strip()]
