"""Whether HTML is as the standard wants it: no syntax errors, no id twice, every reference and every field named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tinyhtml5.parser import HTMLParser

REFERENCES = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "list", "form")
UNNAMED = {"hidden", "submit", "button", "reset", "image"}


def mistakes(html: str) -> list[str]:
    """What is wrong with a document, in words; empty for a good one."""
    parser = HTMLParser(namespace_html_elements=False)
    tree = parser.parse(html)
    found = [f"line {place[0]}: {code} {values or ''}".strip() for place, code, values in parser.errors]
    elements = [element for element in tree.iter() if isinstance(element.tag, str)]
    ids = Counter(element.get("id") for element in elements if element.get("id") is not None)
    found += [f"id {name!r} comes {times} times" for name, times in ids.items() if times > 1]
    for element in elements:
        found += [f"<{element.tag} {name}={target!r}> leads nowhere" for name, target in _lost(element, ids)]
    labelled = {element.get("for") for element in elements if element.tag == "label"}
    within = {id(inner) for element in elements if element.tag == "label" for inner in element.iter()}
    found += [
        f"<{element.tag} name={element.get('name')!r}> has no label"
        for element in elements
        if _needs_label(element)
        and element.get("id") not in labelled
        and id(element) not in within
        and not (element.get("aria-label") or element.get("aria-labelledby"))
    ]
    found += [f"<form action={form.get('action')!r}> has no button" for form in elements if _is_stuck(form)]
    return found


def _lost(element: Element, ids: Counter[str | None]) -> Iterator[tuple[str, str]]:
    for name in REFERENCES:
        for target in (element.get(name) or "").split():
            if target not in ids:
                yield name, target
    href = element.get("href") or ""
    if href.startswith("#") and len(href) > 1 and href[1:] not in ids:
        yield "href", href


def _needs_label(element: Element) -> bool:
    return element.tag in {"select", "textarea"} or (
        element.tag == "input" and (element.get("type") or "text") not in UNNAMED
    )


def _is_stuck(element: Element) -> bool:
    return element.tag == "form" and not any(
        (inner.tag == "button" and inner.get("type", "submit") == "submit")
        or (inner.tag == "input" and inner.get("type") == "submit")
        for inner in element.iter()
    )
