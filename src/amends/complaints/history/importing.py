"""From a file to `record_history`: read, map, check, write in batches, and keep what was wrong for another try."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Generic, TypeVar

from django.utils.text import slugify

from amends.complaints.actions.record_history import HistoricComplaint, record_history
from amends.complaints.history.mapping import ALLOWED, ColumnMapping
from amends.complaints.history.reading import FileError, Row, rows_of
from amends.complaints.history.rejects import Rejects
from amends.complaints.intake import Contact
from amends.complaints.models import Complaint
from amends.complaints.models.complaint import Precision
from amends.complaints.stages import Stage
from amends.correspondence.models.message import Channel
from amends.framework.actions import add_item
from amends.framework.models import Category, Product
from amends.framework.queries import the_organisation
from amends.kit.canonical import digest
from amends.kit.text import clean_line, clean_text, fold, shortened
from amends.kit.translated import TranslatedText
from amends.permissions import engine

Item = TypeVar("Item", Category, Product)

BATCH = 500
#: A day, perhaps with a time after it, which is not kept.
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})([T ].*)?")
#: Nothing older is taken for a complaint: it is a slip of the pen, and calendars before have no time zones.
FIRST_YEAR = 1900


@dataclass
class Report:
    """What an import came to."""

    added: int = 0
    skipped: int = 0
    warnings: int = 0
    errors: int = 0
    rejects: str = ""
    kinds: Counter[str] = field(default_factory=Counter)

    def as_dict(self) -> dict[str, object]:
        """For --json."""
        return {
            "added": self.added,
            "skipped": self.skipped,
            "warnings": self.warnings,
            "errors": self.errors,
            "rejects": self.rejects,
            "kinds": dict(self.kinds.most_common(20)),
        }


class RowError(ValueError):
    """This row cannot be taken over; the text says what to mend in it."""


class Importer:
    """One import of one file."""

    def __init__(
        self, mapping: ColumnMapping, *, by: engine.Person, at: datetime, rejects: Path | None, dry_run: bool = False
    ) -> None:
        self.mapping, self.by, self.at, self.dry_run = mapping, by, at, dry_run
        self.report = Report()
        self.zone = the_organisation().zone
        self.rejects = Rejects(rejects)
        self.products = _Items(Product, mapping.source, by=by, at=at, dry_run=dry_run)
        self.categories = _Items(Category, mapping.source, by=by, at=at, dry_run=dry_run)
        self.seen: set[str] = set()

    def run(self, path: Path, moved_on: Callable[[int], None] = lambda _rows: None) -> Report:
        """Read the whole file. Raises FileError when it cannot be read at all."""
        try:
            for batch in self._batches(path, moved_on):
                self._write(batch)
        finally:
            self.rejects.close()
        if self.report.errors and self.rejects.path is not None:
            self.report.rejects = str(self.rejects.path)
        return self.report

    def _batches(self, path: Path, moved_on: Callable[[int], None]) -> Iterator[list[HistoricComplaint]]:
        batch: list[HistoricComplaint] = []
        is_checked = False
        for row in rows_of(path):
            if not is_checked and (row.heading or not row.error):
                self._check_columns(path, row)
                is_checked = True
            try:
                batch.append(self._complaint(row))
            except RowError as error:
                self.report.errors += 1
                self.report.kinds[f"error: {error}"] += 1
                self.rejects.add(row, str(error))
            moved_on(1)
            if len(batch) >= BATCH:
                yield batch
                batch = []
        if batch:
            yield batch

    def _check_columns(self, path: Path, row: Row) -> None:
        """A heading tells for all rows; objects of JSON may each leave out what is empty."""
        there = set(row.heading or row.values)
        missing = self.mapping.needed_columns() - there
        if missing:
            raise FileError(f"{path} has no column {', '.join(sorted(missing))}. Is it the right mapping?")
        for column in sorted(self.mapping.all_columns() - there) if row.heading else ():
            self.report.warnings += 1
            self.report.kinds[f"warning: the file has no column {column}"] += 1

    def _write(self, batch: list[HistoricComplaint]) -> None:
        if self.dry_run:
            names = {complaint.external_id for complaint in batch}
            known = set(
                Complaint.objects.filter(source=self.mapping.source, external_id__in=names).values_list(
                    "external_id", flat=True
                )
            )
            fresh = names - known - self.seen
            self.seen |= fresh
            self.report.added += len(fresh)
            self.report.skipped += len(batch) - len(fresh)
            return
        recorded = record_history(batch, source=self.mapping.source, by=self.by, at=self.at)
        self.report.added += recorded.added
        self.report.skipped += recorded.skipped

    def _complaint(self, row: Row) -> HistoricComplaint:
        if row.error:
            raise RowError(row.error)
        values = row.values

        def get(name: str) -> str:
            return self._joined(row, name)

        external_id = clean_line(get("external_id"))
        if not external_id or len(external_id) > 80:
            raise RowError("the external id is missing or longer than 80 characters")
        received = self._day(get("received_on"), "the day of receipt")
        if received is None:
            raise RowError("the day of receipt is missing")
        if received.year < FIRST_YEAR:
            raise RowError(f"the day of receipt lies before {FIRST_YEAR}")
        if received > self.at.astimezone(self.zone).date():
            raise RowError("the day of receipt is in the future")
        self._warn_about_days(values)
        text = clean_text(get("text"))
        title = clean_line(get("title")) or shortened(text, 90) or external_id
        since = self._day(get("stage_since"), "the day of the last step")
        settled = self._translated("is_settled", get("is_settled"), "")
        return HistoricComplaint(
            external_id=external_id,
            received_at=self._midnight(received),
            received_precision=Precision.DAY,
            title=title[:160],
            text=text,
            language=clean_line(get("language"))[:10] or self.mapping.language,
            channel=self._translated("channel", get("channel"), Channel.OTHER),
            stage=self._translated("stage", get("stage"), Stage.CLOSED),
            stage_since=self._midnight(max(since, received)) if since else None,
            outcome=self._translated("outcome", get("outcome"), ""),
            is_settled={"yes": True, "no": False}.get(settled),
            product=self.products.called(get("product")),
            category=self.categories.called(get("category")),
            site=clean_line(get("site"))[:120],
            segment=clean_line(get("segment"))[:40],
            complainant=Contact(
                name=clean_line(get("name")),
                email=clean_line(get("email"))[:254],
                phone=clean_line(get("phone")),
                address=clean_line(get("address")),
            ),
            source_facts={name: clean_text(values[name]) for name in self.mapping.keep if values.get(name)},
        )

    def _joined(self, row: Row, name: str) -> str:
        parts = (row.values.get(column, "").strip() for column in self.mapping.columns.get(name, ()))
        return ": ".join(part for part in parts if part)

    def _translated(self, name: str, found: str, default: str) -> str:
        table = self.mapping.values.get(name)
        if table is None:
            if found and found not in ALLOWED[name]:
                raise RowError(
                    f"{name} is {found[:40]!r}, which Amends does not know; say in the mapping what it means"
                )
            return found or default
        if found not in table:
            raise RowError(f"the mapping does not say what {found[:40]!r} means for {name}")
        return str(table[found])

    def _day(self, typed: str, what: str) -> date | None:
        if not typed.strip():
            return None
        found = _DAY.fullmatch(typed.strip())
        try:
            if found:
                return date.fromisoformat(found[1])
        except ValueError:
            pass
        raise RowError(f"{what} is not written as YYYY-MM-DD")

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time.min, self.zone).astimezone(UTC)

    def _warn_about_days(self, values: dict[str, str]) -> None:
        for later, earlier in self.mapping.not_before:
            one, other = self._day(values.get(later, ""), later), self._day(values.get(earlier, ""), earlier)
            if one and other and one < other:
                self.report.warnings += 1
                self.report.kinds[f"warning: {later} lies before {earlier}"] += 1


class _Items(Generic[Item]):
    """Items of a controlled list by the name they have in the foreign system, added when they are new."""

    def __init__(self, model: type[Item], source: str, *, by: engine.Person, at: datetime, dry_run: bool) -> None:
        self.model: type[Item] = model
        self.source, self.by, self.at, self.dry_run = source, by, at, dry_run
        self.known: dict[str, Item] = {}

    def called(self, label: str) -> Item | None:
        """The item of that name; none for an empty name, and none while nothing is to be written."""
        label = clean_line(label)
        if not label or self.dry_run:
            return None
        if label not in self.known:
            code = f"{self.source}-{slugify(fold(label))[:40]}-{digest(label)[:6]}"[:64]
            found = self.model._default_manager.filter(code=code).first()
            text = TranslatedText({"en": label[:200]})
            self.known[label] = found or add_item(self.model, text, code=code, by=self.by, at=self.at)
        return self.known[label]
