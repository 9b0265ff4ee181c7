"""Static files as an installation serves them: under names with a hash, linked among themselves."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.templatetags.static import static

pytestmark = pytest.mark.engineless


@pytest.fixture
def collected(settings, tmp_path: Path) -> Path:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "amends.ui.static_storage.HashedStaticFiles"},
    }
    call_command("collectstatic", "--noinput", verbosity=0)
    return tmp_path


def test_everything_refers_to_hashed_names(collected: Path) -> None:
    start = (collected / static("ui/js/start.js").removeprefix("/static/")).read_text("utf-8")
    loaded = re.findall(r'import\("\./([\w.-]+)"\)', start)
    assert len(loaded) > 10
    for name in loaded:
        assert re.fullmatch(r"\w+\.[0-9a-f]{12}\.js", name)
        assert (collected / "ui" / "js" / name).exists()
    keys = next(name for name in loaded if name.startswith("copy."))
    assert re.search(r'from "\./once\.[0-9a-f]{12}\.js"', (collected / "ui" / "js" / keys).read_text("utf-8"))

    stylesheet = (collected / static("ui/amends.css").removeprefix("/static/")).read_text("utf-8")
    fonts = re.findall(r'url\("(vendor/inter/[^"]+)"\)', stylesheet)
    assert len(fonts) == 2
    assert all((collected / "ui" / font).exists() and re.search(r"\.[0-9a-f]{12}\.woff2$", font) for font in fonts)
