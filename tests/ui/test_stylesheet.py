"""The stylesheet: one file for both directions and both themes."""

import re
from pathlib import Path

import pytest

import amends.ui

pytestmark = pytest.mark.engineless

CSS = (Path(amends.ui.__file__).parent / "static" / "ui" / "amends.css").read_text(encoding="utf-8")
RULES = re.sub(r"/\*.*?\*/", "", CSS, flags=re.DOTALL)

PHYSICAL = [
    r"\b(margin|padding|border|inset|scroll-margin|scroll-padding)-(left|right|top|bottom)\b",
    r"[;{\s](left|right|top|bottom)\s*:",
    r"text-align\s*:\s*(left|right)",
    r"float\s*:\s*(left|right)",
    r"[;{\s](width|height|min-width|max-width|min-height|max-height)\s*:",
    r"border-(top|bottom)-(left|right)-radius",
]


@pytest.mark.parametrize("pattern", PHYSICAL)
def test_it_knows_no_left_and_right(pattern: str) -> None:
    assert re.findall(pattern, RULES) == []


def test_it_never_changes_letters() -> None:
    assert "text-transform" not in RULES  # Turkish: i and İ
    assert "font-variant: small-caps" not in RULES


def test_nothing_overrules_the_order_of_layers() -> None:
    assert "!important" not in RULES
    assert RULES.lstrip().startswith("@layer tokens, base, layout, components, utilities;")
    assert set(re.findall(r"@layer (\w+)\{", RULES)) == {"tokens", "base", "layout", "components", "utilities"}


def test_nothing_comes_from_elsewhere() -> None:
    assert all(address.startswith('"vendor/') for address in re.findall(r"url\(([^)]*)\)", RULES))
    assert "@import" not in RULES


def tokens_after(selector: str) -> dict[str, str]:
    block = RULES[RULES.index(selector) :].split("{", 1)[1].split("}", 1)[0]
    return dict(re.findall(r"(--[\w-]+|color-scheme):([^;]+);", block))


def test_dark_is_the_same_by_device_and_by_choice() -> None:
    assert tokens_after(":root:not([data-theme]){") == tokens_after("[data-theme=dark]{")


def test_each_colour_has_both_themes() -> None:
    assert set(tokens_after(":root,[data-theme=light]{")) == set(tokens_after("[data-theme=dark]{"))


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", [":root,[data-theme=light]{", "[data-theme=dark]{"], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground", "least"),
    [
        ("text", "bg", 7),
        ("muted", "bg", 4.5),
        ("muted", "sunken", 4.5),
        ("muted", "tint", 4.5),
        ("primary", "surface", 4.5),
        ("on-primary", "primary", 4.5),
        ("tint-ink", "tint", 4.5),
        ("danger-ink", "danger-bg", 4.5),
        ("warn-ink", "warn-bg", 4.5),
        ("ok-ink", "ok-bg", 4.5),
        ("wait-ink", "wait-bg", 4.5),
        ("neutral-ink", "neutral-bg", 4.5),
        ("danger-ink", "surface", 4.5),
        ("border-strong", "surface", 3),
        ("focus", "bg", 3),
    ],
)
def test_contrast_is_enough(ink: str, ground: str, least: float, theme: str) -> None:
    tokens = tokens_after(theme)
    lighter, darker = sorted((luminance(tokens[f"--{ink}"]), luminance(tokens[f"--{ground}"])), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= least


def test_every_token_that_is_used_exists() -> None:
    assert set(re.findall(r"var\((--[\w-]+)\)", RULES)) <= set(re.findall(r"(--[\w-]+):", RULES))
