"""Files as other systems export them, and a mapping that reads them."""

import csv
import json
from pathlib import Path
from typing import Any

MAP = """
source = "shop"
language = "et"
[columns]
external_id = "No"
received_on = "Day"
title = "Title"
text = "Text"
product = "Thing"
stage = "State"
email = "Mail"
[values.stage]
open = "received"
done = "closed"
[keep]
columns = ["Remark"]
"""
ROW = {"No": "1", "Day": "2025-11-03", "Title": "Katki", "Text": "See on katki.", "Thing": "Kann"}
ROW |= {"State": "done", "Mail": "", "Remark": ""}


def a_csv(path: Path, rows: list[dict[str, str]], columns: list[str] | None = None, encoding: str = "utf-8") -> Path:
    """A heading and rows; columns as the rows have them, unless given."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, columns or list(dict.fromkeys(name for row in rows for name in row)))
        writer.writeheader()
        writer.writerows(rows)
    return path


def shop_rows(count: int, first: int = 1) -> list[dict[str, str]]:
    """So many complaints to the shop, numbered."""
    return [{**ROW, "No": str(number)} for number in range(first, first + count)]


def a_jsonl(path: Path, rows: list[dict[str, Any]]) -> Path:
    """A JSON object on each line."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path
