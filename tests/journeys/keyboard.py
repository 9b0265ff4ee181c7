"""Somebody who works with the keyboard alone, and how often they press a key."""

from dataclasses import dataclass, field

from playwright.sync_api import Page

#: Nobody looks further than this for what comes next on a page.
FAR = 90

#: What has the focus is called so: by its label, its own words, or the question that it answers.
NAME = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return "";
  const labels = [...(at.labels || [])].map((label) => label.textContent);
  const question = at.type === "radio" ? at.closest("fieldset")?.querySelector("legend")?.textContent || "" : "";
  const name = at.getAttribute("aria-label") || labels.join(" ") || at.textContent || at.value || "";
  return `${question}|${name}`.replace(/\\s+/g, " ").trim();
}"""


@dataclass
class Keyboard:
    """`steering` counts keys that lead somewhere or choose; `typed` counts the letters of what is written."""

    page: Page
    with_script: bool = True
    steering: int = 0
    typed: int = 0
    passed: list[str] = field(default_factory=list)

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)
            self.steering += 1

    def write(self, text: str) -> None:
        """Type a text into what has the focus."""
        self.page.keyboard.type(text)
        self.typed += len(text)

    def opens(self, *keys: str) -> None:
        """Press keys of which the last leads to another page, and wait for it."""
        self.settles()
        self.press(*keys[:-1])
        with self.page.expect_navigation():
            self.press(keys[-1])
        self.settles()

    def settles(self) -> None:
        """Wait until the page listens to keys: its scripts come after the page itself."""
        if self.with_script:
            self.page.wait_for_selector("html[data-ready]", state="attached")

    def here(self) -> str:
        """What has the focus."""
        return str(self.page.evaluate(NAME))

    def skips(self) -> None:
        """Past the navigation, with the link that is there for it."""
        self.press("Tab", "Enter")

    def to(self, name: str, *, back: bool = False) -> None:
        """Tab on until the focus is on what is called so; `back` goes the other way."""
        self.passed = []
        for _ in range(FAR):
            self.press("Shift+Tab" if back else "Tab")
            here = self.here()
            self.passed.append(here)
            if name in here:
                return
        raise AssertionError(f"“{name}” is not reached; passed {self.passed}")
