"""`amends demo`: a demonstration organisation to try everything on."""

import argparse
import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.urls import reverse

from amends.framework.queries import organisation
from amends.kit import clock
from amends.kit.dialect import is_single_host
from amends.permissions.roles import Role
from amends.project import setting_up
from amends.project.cli import SetUpError
from amends.project.demo import founding, loading, marking, roster
from amends.project.demo.planning import trackables
from amends.project.supervisor import Supervisor
from amends.project.terminal import complain, progress, report, say

#: What --fresh removes from a demonstration; the keys stay, because this process has read them already.
EMPTIED = ("amends.sqlite3*", "volatile.sqlite3*", "files", "mail", "static", "running-on", marking.MARKER)
WHAT_FOR = {
    "question": "with a question to answer",
    "decision": "with a decision to accept or not",
    "closed": "closed",
}


def run(arguments: argparse.Namespace) -> int:
    """Load where nothing is loaded yet, then serve until a signal ends it. The directory was checked already."""
    data_dir = Path(settings.AMENDS_DATA_DIR)
    if not arguments.load_only:
        setting_up.refuse_taken_port(arguments.port, "amends demo")
    if arguments.fresh:
        empty(data_dir)
    refuse_real_organisation()
    marking.mark(data_dir)
    setting_up.prepare_database()
    _load(arguments)
    if arguments.load_only:
        _report(arguments)
        return 0
    setting_up.refuse_second_host()
    setting_up.collect_assets()
    supervisor = Supervisor(port=arguments.port, with_worker=True)
    return supervisor.run(lambda: say("\n".join(_welcome())))


def refuse_real_organisation() -> None:
    """The database may be elsewhere than the directory: never sign people in with one click over real complaints."""
    if "framework_organisation" not in connection.introspection.table_names():
        return
    if organisation() is not None and not founding.is_there():
        raise SetUpError(
            "The database holds a real organisation, not the demonstration. Unset AMENDS_DATABASE_URL, or give the "
            "address of an empty database."
        )


def empty(data_dir: Path) -> None:
    """Take away what an earlier demonstration left, its anchors included: they would vouch for rows that are gone."""
    if not is_single_host():
        raise SetUpError(
            "--fresh begins again in the SQLite file of the directory only. Give the address of an empty PostgreSQL "
            "database instead."
        )
    connection.close()
    anchors, usual = Path(settings.AMENDS_ANCHORS), _usual_anchors(data_dir)
    if anchors != usual and anchors.exists():
        raise SetUpError(f"AMENDS_ANCHORS names {anchors}, which is not emptied from here. Move that file away first.")
    for path in _to_remove(data_dir):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    usual.unlink(missing_ok=True)


def _to_remove(data_dir: Path) -> Iterator[Path]:
    for pattern in EMPTIED:
        yield from data_dir.glob(pattern)


def put_aside_left_anchors(data_dir: Path) -> None:
    """Anchors of a journal that is gone would say that rows are missing. They may be evidence: they are kept."""
    anchors = Path(settings.AMENDS_ANCHORS)
    if not anchors.exists():
        return
    if anchors != _usual_anchors(data_dir):
        raise SetUpError(
            f"AMENDS_ANCHORS names {anchors}, which belongs to another journal. Move that file away first."
        )
    aside = anchors.with_name(f"{anchors.name}.{clock.now():%Y%m%d-%H%M%S}")
    anchors.rename(aside)
    complain(f"{anchors} belonged to an earlier journal. It is now {aside}")


def _usual_anchors(data_dir: Path) -> Path:
    return Path(f"{data_dir}.anchors")


def _load(arguments: argparse.Namespace) -> None:
    if founding.is_there():
        if not arguments.json:
            say("The demonstration is loaded already. Begin again with:  amends demo --fresh")
        return
    put_aside_left_anchors(Path(settings.AMENDS_DATA_DIR))
    with progress("Loading the demonstration", loading.COMPLAINTS) as advance:
        loading.load(clock.now(), advance=advance)


def _report(arguments: argparse.Namespace) -> None:
    there = loading.what_is_there()
    if arguments.json:
        tracked = {known.what: {"reference": known.reference, "code": known.code} for known in trackables()}
        report({"data": str(settings.AMENDS_DATA_DIR), **there.as_dict(), "trackable": tracked})
        return
    say(f"{there.complaints} complaints are in {settings.AMENDS_DATA_DIR}.")
    for stage, count in there.stages.items():
        say(f"{count:6} {stage}")


def _welcome() -> Iterator[str]:
    url = settings.AMENDS_PUBLIC_URL
    yield f"Amends is ready at {url}"
    yield ""
    yield f"  Public page     {url}/"
    yield f"  Staff sign-in   {url}{reverse('account_login')}   one click for each role:"
    for role, key in roster.main_members().items():
        yield f"                    {Role(role).label!s:27} {roster.MEMBERS[key].name:16} {roster.email_of(key)}"
    yield f"                    The password of everybody is  {roster.PASSWORD}"
    yield ""
    yield f"  Complaints that you can follow at {url}/track/"
    for known in trackables():
        yield f"                    {known.reference}   access code {known.code}   {WHAT_FOR[known.what]}"
    yield ""
    mail = "sent by AMENDS_SMTP_URL" if settings.AMENDS_SMTP_URL else f"written to {settings.AMENDS_MAIL_DIR}"
    yield f"  Mails are {mail}"
    yield "  Everything here is invented. End with Ctrl+C."
