"""Somebody with a very plain browser: cookies, forms, redirects, no script. Standard library only."""

import http.client
import re
import secrets
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin, urlsplit


@dataclass
class Form:
    """A form of a page with what its controls hold."""

    action: str
    method: str
    identity: str
    values: list[tuple[str, str]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def has(self, name: str) -> bool:
        """Whether it asks for something of that name."""
        return any(found == name for found, _value in self.values) or name in self.files


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self._select = self._textarea = ""
        self._options: list[tuple[str, bool]] = []
        self._text = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "form":
            self.forms.append(Form(given.get("action", ""), given.get("method", "get").lower(), given.get("id", "")))
        if not self.forms:
            return
        form = self.forms[-1]
        name, kind = given.get("name", ""), given.get("type", "text")
        if tag == "input" and name:
            if kind == "file":
                form.files.append(name)
            elif kind in {"submit", "image"}:
                form.buttons.append((name, given.get("value", "")))
            elif kind in {"radio", "checkbox"}:
                form.values.append((name, given.get("value", "on") if "checked" in given else "\0"))
            else:
                form.values.append((name, given.get("value", "")))
        elif tag == "button" and name:
            form.buttons.append((name, given.get("value", "")))
        elif tag == "select":
            self._select, self._options = name, []
        elif tag == "option":
            self._options.append((given.get("value", ""), "selected" in given))
        elif tag == "textarea":
            self._textarea, self._text = name, ""

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._textarea:
            self.forms[-1].values.append((self._textarea, self._text.lstrip("\n")))
            self._textarea = ""
        elif tag == "select" and self._select:
            chosen = [value for value, is_selected in self._options if is_selected]
            first = self._options[0][0] if self._options else ""
            self.forms[-1].values.append((self._select, chosen[0] if chosen else first))
            self._select = ""


@dataclass(frozen=True)
class Page:
    """What came back in the end, after redirects."""

    status: int
    address: str
    text: str
    headers: dict[str, str]

    def forms(self) -> list[Form]:
        """The forms of the page."""
        parser = _Forms()
        parser.feed(self.text)
        return parser.forms

    def form_with(self, name: str) -> Form:
        """The first form that asks for something of that name."""
        for form in self.forms():
            if form.has(name) or any(found == name for found, _value in form.buttons):
                return form
        raise LookupError(f"{self.address} ({self.status}) has no form with {name}")

    def find(self, pattern: str) -> str:
        """The first group of a pattern in the page. Raises LookupError."""
        found = re.search(pattern, self.text)
        if found is None:
            raise LookupError(f"{self.address} ({self.status}) holds no {pattern}")
        return found.group(1)


class Visitor:
    """One person with one cookie jar and one kept connection."""

    def __init__(self, port: int, host: str = "127.0.0.1", timeout: float = 30.0) -> None:
        self.host, self.port, self.timeout = host, port, timeout
        self.cookies: dict[str, str] = {}
        self.requests = 0
        self.queries = 0
        self.source = "127.0.0.1"
        self._connection: http.client.HTTPConnection | None = None

    def be_another(self, number: int) -> None:
        """Forget everything and come from another address of the loopback network, as another person would."""
        self.close()
        self.cookies.clear()
        self.source = f"127.{1 + number // 62_500 % 200}.{number // 250 % 250}.{1 + number % 250}"

    def get(self, address: str) -> Page:
        """Open a page."""
        return self._follow("GET", address, None, {})

    def submit(
        self,
        page: Page,
        form: Form,
        answers: dict[str, str | list[str]] | None = None,
        *,
        files: dict[str, list[tuple[str, bytes]]] | None = None,
        button: tuple[str, str] | None = None,
    ) -> Page:
        """Fill in a form and send it."""
        pairs = self._pairs(form, answers or {}, button)
        address = urljoin(page.address, form.action or page.address)
        headers = {"Referer": f"http://localhost:{self.port}{urlsplit(page.address).path}"}
        if form.method == "get":
            return self._follow("GET", f"{urlsplit(address).path}?{urlencode(pairs)}", None, headers)
        if form.files:
            body, kind = multipart(pairs, files or {})
        else:
            body, kind = urlencode(pairs).encode(), "application/x-www-form-urlencoded"
        return self._follow("POST", address, body, {**headers, "Content-Type": kind})

    def _pairs(
        self, form: Form, answers: dict[str, str | list[str]], button: tuple[str, str] | None
    ) -> list[tuple[str, str]]:
        pairs = [(name, value) for name, value in form.values if value != "\0" and name not in answers]
        for name, value in answers.items():
            pairs += [(name, one) for one in ([value] if isinstance(value, str) else value)]
        return [*pairs, *([button] if button else [])]

    def _follow(self, method: str, address: str, body: bytes | None, headers: dict[str, str]) -> Page:
        for _redirect in range(6):
            page = self._once(method, address, body, headers)
            if page.status not in {301, 302, 303, 307, 308}:
                return page
            address = urljoin(page.address, page.headers.get("location", ""))
            method, body, headers = "GET", None, {}
        raise RuntimeError(f"too many redirects at {address}")

    def _once(self, method: str, address: str, body: bytes | None, headers: dict[str, str]) -> Page:
        parts = urlsplit(address)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        sent = {"Host": f"localhost:{self.port}", "Accept-Language": "en", **headers}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        for attempt in (1, 2):
            is_new = self._connection is None
            if self._connection is None:
                self._connection = http.client.HTTPConnection(
                    self.host, self.port, timeout=self.timeout, source_address=(self.source, 0)
                )
            try:
                self._connection.request(method, path, body=body, headers=sent)
                answer = self._connection.getresponse()
                text = answer.read().decode("utf-8", "replace")
                break
            except (http.client.HTTPException, OSError):
                self.close()
                if is_new or attempt == 2 or method == "POST":
                    raise
        self.requests += 1
        found = {name.lower(): value for name, value in answer.getheaders()}
        timing = re.search(r'desc="(\d+) quer', found.get("server-timing", ""))
        self.queries += int(timing.group(1)) if timing else 0
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key.strip()] = rest.partition(";")[0]
        return Page(answer.status, path, text, found)

    def close(self) -> None:
        """Let go of the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    # ---------------------------------------------------------------- what people do here

    def sign_in(self, email: str, password: str) -> Page:
        """Sign in as a member of staff."""
        page = self.get("/accounts/login/")
        return self.submit(page, page.form_with("password"), {"login": email, "password": password})

    def fill_in_complaint(
        self, text: str, *, email: str = "", files: list[tuple[str, bytes]] | None = None, language: str = "en"
    ) -> Page:
        """Begin a complaint and answer all five steps; gives the page with the button that sends it."""
        page = self.get(f"/{language}/complain/")
        page = self.submit(page, next(form for form in page.forms() if form.method == "post" and not form.has("code")))
        answers: dict[str, dict[str, str | list[str]]] = {
            "about": {"product": "our-services"},
            "who": {"for_whom": "me"},
            "what": {"text": text, "danger": "no"},
            "remedy": {"remedy_wanted": ["apologise"]},
            "contact": {
                "identity": "named",
                "name": "Mari Saar",
                "contact_by": "email" if email else "portal",
                "email": email,
            },
        }
        for slug, given in answers.items():
            if f"/{slug}/" not in page.address:
                raise LookupError(f"expected step {slug}, got {page.address} ({page.status})")
            form = page.form_with(next(iter(given)))
            known: dict[str, str | list[str]] = {name: value for name, value in given.items() if form.has(name)}
            uploads = {name: files or [] for name in form.files}
            page = self.submit(page, form, known, files=uploads)
        return page

    def send(self, check_page: Page) -> Page:
        """Press the button that sends the complaint; gives the confirmation."""
        form = next(
            form
            for form in check_page.forms()
            if form.method == "post" and "check" in (form.action or check_page.address)
        )
        return self.submit(check_page, form)


def multipart(pairs: list[tuple[str, str]], files: dict[str, list[tuple[str, bytes]]]) -> tuple[bytes, str]:
    """A body with files, and its content type."""
    boundary = f"----{secrets.token_hex(12)}"
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in pairs
    ]
    for name, uploads in files.items():
        for filename, content in uploads:
            head = f'Content-Disposition: form-data; name="{name}"; filename="{filename}"\r\n'
            parts.append(
                f"--{boundary}\r\n{head}Content-Type: application/octet-stream\r\n\r\n".encode() + content + b"\r\n"
            )
    return b"".join(parts) + f"--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"
