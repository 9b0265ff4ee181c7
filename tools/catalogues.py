#!/usr/bin/env python3
"""Message catalogues without gettext's own programs: extracted and merged by Babel.

tools/catalogues.py update    renew src/amends/locale/*/LC_MESSAGES/django.po from the code
tools/catalogues.py check     say what is missing, out of date or unfinished; status 1 if anything is
"""

import io
import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_python
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "amends"
LOCALE = PACKAGE / "locale"
LANGUAGES = ("et", "tr")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "npgettext": ((1, "c"), 2, 3),
}


def extract_template(fileobj, keywords, comment_tags, options):
    """A Django template, turned into calls that Babel's own extractor reads."""
    source = templatize(fileobj.read().decode("utf-8"))
    yield from extract_python(io.BytesIO(source.encode("utf-8")), keywords, comment_tags, {"encoding": "utf-8"})


def extracted() -> Catalog:
    """Every text of the package that is marked for translation."""
    catalogue = Catalog(project="Amends", charset="utf-8")
    methods = [
        ("**.py", "python"),
        ("**/templates/**.html", "catalogues:extract_template"),
        ("**/templates/**.txt", "catalogues:extract_template"),
    ]
    sys.path.insert(0, str(Path(__file__).resolve().parent))
    found = extract_from_dir(
        str(PACKAGE),
        method_map=methods,
        options_map={},
        keywords=KEYWORDS,
        comment_tags=("Translators:",),
        strip_comment_tags=True,
        directory_filter=lambda path: (
            not any(part in path for part in ("/vendor", "/migrations", "/locale", "__pycache__"))
        ),
    )
    for name, line, message, comments, context in sorted(found, key=lambda row: (row[0], row[1])):
        catalogue.add(message, None, [(f"{name}", line)], auto_comments=comments, context=context)
    return catalogue


def path_of(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def existing(language: str) -> Catalog:
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language, charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def written(catalogue: Catalog) -> bytes:
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=110, no_location=True, omit_header=False, sort_output=True, ignore_obsolete=True)
    text = buffer.getvalue().decode("utf-8")
    # Dates and tool versions would change with every run.
    text = re.sub(
        r'^"(POT-Creation-Date|PO-Revision-Date|Generated-By|Last-Translator|Report-Msgid-Bugs-To|Language-Team|Project-Id-Version).*\n',
        "",
        text,
        flags=re.M,
    )
    heading, rest = text.split('msgid ""', 1)
    return f'# Amends in {catalogue.locale.english_name}.\nmsgid ""{rest}'.encode() if heading else text.encode()


def update() -> int:
    template = extracted()
    for language in LANGUAGES:
        catalogue = existing(language)
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.fuzzy = False
        catalogue.obsolete.clear()
        path_of(language).parent.mkdir(parents=True, exist_ok=True)
        path_of(language).write_bytes(written(catalogue))
        missing = sum(1 for message in catalogue if message.id and not is_translated(message))
        print(f"{language}: {sum(1 for m in catalogue if m.id)} texts, {missing} missing")
    return 0


def is_translated(message) -> bool:
    return all(message.string) if isinstance(message.string, tuple | list) else bool(message.string)


def slots(text: str) -> list[str]:
    return sorted(re.findall(r"%\(\w+\)[sd]|%[sd]|\{\w+\}", text))


def problems() -> list[str]:
    """Everything that keeps the catalogues from being complete."""
    found = []
    template = extracted()
    for language in LANGUAGES:
        catalogue = existing(language)
        for message in template:
            if not message.id:
                continue
            known = catalogue.get(message.id, message.context)
            shown = message.id if isinstance(message.id, str) else message.id[0]
            if known is None:
                found.append(f"{language}: not in the catalogue: {shown[:70]!r} (python3 dev.py messages)")
            elif not is_translated(known) or known.fuzzy:
                found.append(f"{language}: not translated: {shown[:70]!r}")
            else:
                ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
                strings = known.string if isinstance(known.string, tuple | list) else (known.string,)
                allowed = {tuple(slots(text)) for text in ids}
                for string in strings:
                    if tuple(slots(string)) not in allowed and len(ids) == 1:
                        found.append(f"{language}: other slots than {shown[:50]!r}: {string[:50]!r}")
        for message in catalogue:
            if message.id and template.get(message.id, message.context) is None:
                shown = message.id if isinstance(message.id, str) else message.id[0]
                found.append(f"{language}: not used any more: {shown[:70]!r} (python3 dev.py messages)")
    return found


def main() -> int:
    if sys.argv[1:] == ["update"]:
        return update()
    if sys.argv[1:] == ["check"]:
        found = problems()
        print("\n".join(found) or "complete")
        return 1 if found else 0
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main())
