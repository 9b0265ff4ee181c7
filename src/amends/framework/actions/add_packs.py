"""Shipped packs become rows. A release adds versions; it activates none and changes none (ARCHITECTURE §11.12)."""

import json
from datetime import datetime
from importlib.resources import files
from typing import Any

from django.db import transaction

from amends.framework.models import RulePackVersion
from amends.framework.permissions import May
from amends.kit.canonical import digest
from amends.permissions import engine

#: The form of documents that this release reads.
SCHEMA = 2


def shipped() -> list[dict[str, Any]]:
    """The documents that come with this release, by pack and version."""
    folder = files("amends.framework").joinpath("packs")
    documents = [
        json.loads(item.read_text(encoding="utf-8")) for item in folder.iterdir() if item.name.endswith(".json")
    ]
    documents = [document for document in documents if document.get("schema") == SCHEMA]
    return sorted(documents, key=lambda document: (document["pack"], document["version"]))


@transaction.atomic
def add_packs(*, by: engine.Person, at: datetime) -> int:
    """Add the shipped versions that are not there yet. Returns how many. Twice is as good as once."""
    engine.require(by, May.SET_UP)
    known = set(RulePackVersion.objects.values_list("pack", "version"))
    fresh = [document for document in shipped() if (document["pack"], document["version"]) not in known]
    RulePackVersion.objects.bulk_create(
        [
            RulePackVersion(
                pack=document["pack"],
                version=document["version"],
                digest=digest(document),
                document=document,
                added_at=at,
            )
            for document in fresh
        ]
    )
    return len(fresh)
