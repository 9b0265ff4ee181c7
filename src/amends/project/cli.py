"""The command line: `amends init`, `demo`, `serve`, `worker`, `mail`, `check`, `import complaints`, `journal …` …

Only what argparse needs is loaded here; a command's module is imported when Django is set up.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import django
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from amends.kit.dialect import Fault, fault_of
from amends.project import environment, secret_files
from amends.project.demo import marking
from amends.project.terminal import complain, with_data

UNUSABLE = 2
#: What a mail server understands as "try again later" (sysexits): every way in which a mail was not kept.
TRY_AGAIN = 75

WORDS = {
    Fault.BUSY: "The database is busy for too long. Try again in a moment.",
    Fault.FULL: "The disk is full. Make room, then run the command again.",
    Fault.READ_ONLY: "The database or the disk takes no changes. Make it writable, then run the command again.",
    Fault.AWAY: "The database does not answer. Start it, or look at AMENDS_DATABASE_URL and the data directory.",
}


class SetUpError(Exception):
    """The installation is not set up as the command needs it; the text says what to do."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. 0 done, 1 done with findings or errors, 2 not usable as called or as set up.

    A mail server that delivers into `mail receive` hears 0 or 75 and nothing else: a mail is kept, or it keeps it.
    """
    given = _parser().parse_args(arguments)
    if getattr(given, "what", "") != "receive":
        return _run(given)
    try:
        return TRY_AGAIN if _run(given) else 0
    except Exception as error:
        complain(f"The mail was not kept: {type(error).__name__}")
        return TRY_AGAIN


def _run(given: argparse.Namespace) -> int:
    if getattr(given, "data", None):
        os.environ["AMENDS_DATA_DIR"] = str(Path(given.data).expanduser().absolute())
    if getattr(given, "port", None) and "AMENDS_PUBLIC_URL" not in os.environ:
        os.environ["AMENDS_PUBLIC_URL"] = f"http://localhost:{given.port}"
    if given.command == "demo":
        os.environ["AMENDS_DEMO"] = "yes"
        os.environ["AMENDS_DATA_DIR"] = os.environ.get("AMENDS_DATA_DIR") or str(Path("amends-demo").absolute())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amends.project.settings")
    try:
        _make_or_require_keys(given.command, Path(os.environ.get("AMENDS_DATA_DIR") or "amends-data").expanduser())
        django.setup()
        _warn_about_unknown_settings()
        command = import_module(f"amends.project.commands.{given.module}")
        return int(command.run(given) or 0)
    except KeyboardInterrupt:
        return 130
    except (SetUpError, ImproperlyConfigured, PermissionError) as error:
        complain(str(error))
        return UNUSABLE
    except (DatabaseError, OSError) as error:
        fault = fault_of(error)
        if fault is not None:
            complain(WORDS[fault])
        elif isinstance(error, OSError) and error.filename:
            complain(f"{error.filename}: {error.strerror}")
        else:
            raise
        return UNUSABLE


def _warn_about_unknown_settings() -> None:
    for name, meant in environment.unknown().items():
        complain(f"{name} is no setting of Amends and changes nothing." + (f" Is {meant} meant?" if meant else ""))


def _make_or_require_keys(command: str, data_dir: Path) -> None:
    """Django does not even start without its key: whether there is one is asked, or seen to, before."""
    if command not in {"init", "demo"}:
        if not secret_files.are_there(data_dir):
            raise SetUpError(f"The data directory {data_dir} is not set up. Run: amends init --data {data_dir}")
        return
    if data_dir.exists() and not data_dir.is_dir():
        raise SetUpError(f"{data_dir} is a file, not a directory. Name another one with --data.")
    if command == "demo":
        _refuse_what_is_no_demonstration(data_dir.absolute())
    secret_files.create_missing(data_dir.absolute())


def _refuse_what_is_no_demonstration(data_dir: Path) -> None:
    if not marking.may_be_used(data_dir):
        raise SetUpError(
            f"{data_dir} is not a demonstration, and nothing was changed in it. Choose another directory, for example: "
            "amends demo --data amends-demo"
        )


def port(typed: str) -> int:
    """A port to listen on."""
    number = int(typed) if typed.isdecimal() else 0
    if not 1 <= number <= 65535:
        raise argparse.ArgumentTypeError(f"{typed!r} is no port: it has to be a number from 1 to 65535")
    return number


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="amends", description="Customer complaints management to ISO 10002.")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)

    init = with_data(commands.add_parser("init", help="make a data directory ready, or upgrade it"), reports=True)
    init.set_defaults(module="init")

    demo = with_data(commands.add_parser("demo", help="try it out with a demonstration organisation"), reports=True)
    demo.add_argument("--port", type=port, default=8000)
    demo.add_argument("--fresh", action="store_true", help="begin again with a new demonstration")
    demo.add_argument("--load-only", action="store_true", help="load the demonstration, do not serve it")
    demo.set_defaults(module="demo")

    serve = with_data(commands.add_parser("serve", help="serve the web pages and run the worker"))
    serve.add_argument("--port", type=port, help="port (default: AMENDS_PORT, else 8000)")
    serve.add_argument("--web-only", action="store_true", help="no worker here; run `amends worker` elsewhere")
    serve.set_defaults(module="serve")

    worker = with_data(commands.add_parser("worker", help="run only the worker (serve runs one, too)"))
    worker.set_defaults(module="worker")

    _add_mail(commands)

    check = with_data(commands.add_parser("check", help="check what must always be true"), reports=True)
    check.set_defaults(module="check")

    _add_import(commands)
    _add_journal(commands)

    rescue = with_data(commands.add_parser("rescue", help="let somebody in who lost password and second factor"))
    rescue.add_argument("email", metavar="EMAIL")
    rescue.set_defaults(module="rescue")

    raw = commands.add_parser("django", help="run one of Django's own commands")
    raw.add_argument("rest", nargs=argparse.REMAINDER)
    raw.set_defaults(module="django_command")
    return parser


def _add_import(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    importing = commands.add_parser("import", help="take over complaints from another system")
    kinds = importing.add_subparsers(dest="what", metavar="WHAT", required=True)
    complaints = with_data(kinds.add_parser("complaints", help="from a CSV or JSONL file"), reports=True)
    complaints.add_argument("file", type=Path, metavar="FILE", help="CSV or JSONL, plain or gzip")
    complaints.add_argument(
        "--map", required=True, metavar="NAME|FILE", help="a mapping that ships, or a file of yours"
    )
    complaints.add_argument("--dry-run", action="store_true", help="read and check everything, write nothing")
    complaints.add_argument(
        "--rejects", type=Path, metavar="FILE", help="where rows with errors go, to be mended and imported again"
    )
    complaints.set_defaults(module="import_complaints")


def _add_mail(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    mail = with_data(commands.add_parser("mail", help="read the mailbox of complaints (serve does so, too)"))
    kinds = mail.add_subparsers(dest="what", metavar="WHAT")
    once = kinds.add_parser("once", help="read the mailbox and sort what waits, once")
    receive = kinds.add_parser("receive", help="take one mail from standard input; exit codes of sysexits")
    for each in (once, receive):
        each.add_argument("--data", default=argparse.SUPPRESS, metavar="DIR", help=argparse.SUPPRESS)
    mail.set_defaults(module="mail")


def _add_journal(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    journal = commands.add_parser("journal", help="check or export the journal")
    kinds = journal.add_subparsers(dest="what", metavar="WHAT", required=True)
    verify = with_data(kinds.add_parser("verify", help="check the journal in place"), reports=True)
    verify.add_argument("--anchors", type=Path, help="checkpoints kept elsewhere (default: AMENDS_ANCHORS)")
    verify.set_defaults(module="verify_journal")
    export = with_data(kinds.add_parser("export", help="write it for the stand-alone verifier"), reports=True)
    export.add_argument("directory", type=Path, metavar="DIR")
    export.set_defaults(module="export_journal")


if __name__ == "__main__":
    # By `python -m` this file is loaded as __main__, and commands raise the SetUpError of the module of its own name.
    sys.exit(import_module("amends.project.cli").main())
