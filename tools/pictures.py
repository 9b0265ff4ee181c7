#!/usr/bin/env python3
"""Takes the pictures of the documentation from a running demonstration.

    python3 dev.py demo --fresh --port 8123        # in one terminal
    tools/pictures.py http://localhost:8123        # in another

Everything in them is invented.
"""

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"


def staff_page(browser: Browser, address: str, role: str) -> Page:
    """A page of the one whom the demonstration has in that role."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    page = context.new_page()
    page.goto(f"{address}/accounts/login/")
    page.get_by_role("button", name=role).first.click()
    page.wait_for_url("**/staff/**")
    return page


def main() -> int:
    address = sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000"
    PICTURES.mkdir(exist_ok=True)
    chromium = os.environ.get("AMENDS_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        phone = browser.new_context(viewport={"width": 390, "height": 844}, device_scale_factor=2, locale="en-GB")
        page = phone.new_page()
        page.goto(f"{address}/en/")
        page.screenshot(path=PICTURES / "portal-phone.png")
        page = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB").new_page()
        page.goto(f"{address}/en/")
        page.screenshot(path=PICTURES / "portal.png")
        page = staff_page(browser, address, "Handler")
        page.screenshot(path=PICTURES / "queue.png")
        page.locator("#queue a[href*='/staff/complaints/']").first.click()
        page.wait_for_load_state()
        page.screenshot(path=PICTURES / "complaint.png")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
