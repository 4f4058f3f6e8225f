"""Reads a form off a page as a browser would send it."""

from html.parser import HTMLParser


class _Form(HTMLParser):
    """Collects the fields of the form that has a given attribute."""

    def __init__(self, mark: str) -> None:
        super().__init__()
        self._mark = mark
        self._is_inside = False
        self._area = ""
        self._select = ""
        self.fields: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._is_inside = self._mark in told
        if not self._is_inside:
            return
        name = told.get("name", "")
        if tag == "input" and (told.get("type") != "checkbox" or "checked" in told):
            self.fields[name] = told.get("value", "")
        if tag == "textarea":
            self._area, self.fields[name] = name, ""
        if tag == "select":
            self._select = name
        if (
            tag == "option"
            and self._select
            and ("selected" in told or self._select not in self.fields)
        ):
            self.fields[self._select] = told.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.fields[self._area] = self.fields[self._area].removeprefix("\n")
            self._area = ""
        if tag == "select":
            self._select = ""
        if tag == "form":
            self._is_inside = False


def form_on(page: str, mark: str = "data-minutes") -> dict[str, str]:
    """The fields of the first form with that attribute, with what stands in them."""
    form = _Form(mark)
    form.feed(page)
    return form.fields
