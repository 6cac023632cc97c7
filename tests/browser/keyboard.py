"""A page by keyboard alone: what Tab reaches, and whether one sees where one is."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

# Takes down every element that the focus comes to, with how it then looks.
LISTEN = """() => {
  window.reached = [];
  document.addEventListener("focusin", event => {
    const style = getComputedStyle(event.target), box = event.target.getBoundingClientRect();
    window.reached.push({
      element: event.target,
      ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
      seen: box.width > 0 && box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight,
    });
  });
}"""
# What the keyboard has to reach and what it has not, by text; of a group of radio buttons one stands for all.
LEFT = """() => {
  const wanted = [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")]
    .filter(element => !element.disabled && element.checkVisibility({visibilityProperty: true}));
  const group = element => element.type === "radio" ? `${element.form?.action} ${element.name}` : element;
  const got = new Set(window.reached.map(one => group(one.element)));
  const told = element => `${element.tagName.toLowerCase()} ${(element.innerText || element.name || "").trim()}`;
  return {
    wanted: wanted.length,
    left: wanted.filter(element => !got.has(group(element))).map(told),
    unseen: window.reached.filter(one => !one.ring || !one.seen).map(one => told(one.element)),
  };
}"""


def tab_through(page: Page) -> dict[str, Any]:
    """Presses Tab until everything was reached, or often enough to be sure that it will not be.

    Gives how much there is (`wanted`), what was not reached (`left`), and where the focus was not seen (`unseen`).
    """
    page.evaluate(LISTEN)
    state: dict[str, Any] = page.evaluate(LEFT)
    for _ in range(2 + state["wanted"] // 10):
        for _ in range(20):
            page.keyboard.press("Tab")
        state = page.evaluate(LEFT)
        if not state["left"]:
            break
    return state
