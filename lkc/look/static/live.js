"use strict";
// Keeps the marked part of a page as the server shows it now: told by a stream of news, else by asking now and then.
const PAUSE = 3000;
const BREATH = 500;
const part = document.querySelector("[data-live]");
let busy = false;
let again = false;

async function renew() {
  if (busy || document.hidden) {
    again = true;
    return;
  }
  busy = true;
  again = false;
  try {
    const answer = await fetch(location.href, { cache: "no-store" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-live]");
    if (answer.ok && fresh && fresh.innerHTML !== part.innerHTML) {
      const focused = part.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
      part.replaceChildren(...fresh.childNodes);
      if (focused) [...part.querySelectorAll("a")].find((link) => link.getAttribute("href") === focused)?.focus();
    }
  } catch {
    // The service is gone for a moment; the next news will tell.
  }
  setTimeout(() => {
    busy = false;
    if (again) renew();
  }, BREATH);
}

if (part) {
  const news = new EventSource(part.dataset.live);
  let first = true;
  news.onmessage = () => {
    if (!first) renew();
    first = false;
  };
  news.onerror = () => {
    if (news.readyState === EventSource.CLOSED) setInterval(renew, PAUSE);
  };
  document.addEventListener("visibilitychange", () => {
    if (again) renew();
  });
  addEventListener("pagehide", () => news.close());
}
