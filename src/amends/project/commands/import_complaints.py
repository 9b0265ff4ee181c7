"""`amends import complaints FILE --map NAME`: complaints from another system, as often as wanted."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import transaction

from amends.complaints.history.importing import Importer
from amends.complaints.history.mapping import MappingError, load_mapping
from amends.complaints.history.reading import FileError, rows_of
from amends.complaints.history.rejects import place_for, refuse_unusable
from amends.framework.actions import prepare
from amends.framework.queries import organisation
from amends.kit import clock
from amends.people.standing import SYSTEM
from amends.project import setting_up
from amends.project.cli import UNUSABLE
from amends.project.terminal import complain, progress, report, say


def run(arguments: argparse.Namespace) -> int:
    """0 when every row was taken over or known, 1 when some rows have errors, 2 when the file cannot be used."""
    setting_up.require_ready()
    path: Path = arguments.file
    if not path.is_file():
        complain(f"There is no file {path}.")
        return UNUSABLE
    try:
        mapping = load_mapping(arguments.map)
        rejects = _report_of(arguments)
        total = sum(1 for _row in rows_of(path))
        with _founded(arguments), progress("Reading", total) as advance:
            importer = Importer(mapping, by=SYSTEM, at=clock.now(), rejects=rejects, dry_run=arguments.dry_run)
            result = importer.run(path, advance)
    except (FileError, MappingError) as error:
        complain(str(error))
        return UNUSABLE
    except KeyboardInterrupt:
        complain("Stopped. Run the same command again: what was taken over is known, the rest follows.")
        raise
    if arguments.json:
        report({**result.as_dict(), "dry_run": arguments.dry_run})
    else:
        verb = "would be added" if arguments.dry_run else "added"
        say(
            f"{result.added} {verb}, {result.skipped} known already, {result.warnings} warnings, {result.errors} errors"
        )
        for kind, count in result.kinds.most_common(20):
            say(f"  {count} × {kind}")
        if result.rejects:
            say(
                f"Rows with errors are in {result.rejects}: mend them there and import that file with the same mapping."
            )
        elif result.errors:
            say("Give --rejects FILE to have the rows with errors written to a file.")
    return 1 if result.errors else 0


@contextmanager
def _founded(arguments: argparse.Namespace) -> Iterator[None]:
    """Units and lists to import into, even before the first start, which stays open. A dry run takes them back."""
    if organisation() is not None:
        yield
        return
    if not arguments.json:
        say(f"The organisation is not set up yet. Do that afterwards, once, at: {setting_up.first_start_link()}")
    if not arguments.dry_run:
        prepare(by=SYSTEM, at=clock.now())
        yield
        return
    with transaction.atomic():
        prepare(by=SYSTEM, at=clock.now())
        yield
        transaction.set_rollback(True)


def _report_of(arguments: argparse.Namespace) -> Path | None:
    """Where rows with errors go. A dry run writes none unless it was told where."""
    if arguments.rejects is not None:
        refuse_unusable(arguments.rejects)
        return Path(arguments.rejects)
    return None if arguments.dry_run else place_for(arguments.file)
