"""Reads a page as a browser would: its controls, labels and what submitting it would post."""

from __future__ import annotations

from html.parser import HTMLParser

from django.http import QueryDict

_VOID = frozenset({"input", "br", "img", "use"})


class Page(HTMLParser):
    """The controls of one rendered form."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: list[str] = []
        self.labelled: set[str] = set()
        self.described: list[str] = []
        self.links: list[str] = []
        self.controls: list[tuple[str, dict[str, str | None]]] = []
        self.posted: list[tuple[str, str]] = []
        self._select = ""
        self._textarea: tuple[str, list[str]] | None = None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if said.get("id"):
            self.ids.append(said["id"] or "")
        if tag == "label" and said.get("for"):
            self.labelled.add(said["for"] or "")
        self.described += (said.get("aria-describedby") or "").split()
        if tag == "a":
            self.links.append(said.get("href") or "")
        if tag in {"input", "select", "textarea"}:
            self.controls.append((tag, said))
            self._control(tag, said)
        if tag == "option" and "selected" in said and self._select:
            self.posted.append((self._select, said.get("value") or ""))

    def _control(self, tag: str, said: dict[str, str | None]) -> None:
        name = said.get("name") or ""
        if tag == "select":
            self._select = name
        elif tag == "textarea":
            self._textarea = (name, [])
        elif said.get("type") in {"radio", "checkbox"}:
            if "checked" in said:
                self.posted.append((name, said.get("value") or "on"))
        elif said.get("type") not in {"file", "submit"}:
            self.posted.append((name, said.get("value") or ""))

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self._textarea[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        if tag == "textarea" and self._textarea:
            name, texts = self._textarea
            # A browser drops the first line break inside a textarea.
            self.posted.append((name, "".join(texts).removeprefix("\n")))
            self._textarea = None

    def query(self) -> QueryDict:
        body = QueryDict(mutable=True)
        for name, value in self.posted:
            body.appendlist(name, value)
        return body
