"use strict";
// The first document is shown; ?document=2 shows the second one, and so on.
const page = document.getElementById("swagger-ui");
const documents = page.dataset.documents.split("|").map((text) => {
  const cut = text.indexOf("=");
  return { url: new URL(text.slice(0, cut)).pathname, name: text.slice(cut + 1) };
});
const list = document.createElement("nav");
list.setAttribute("aria-label", "Documents");
list.style.cssText = "padding: .75rem 1.25rem; font: 1rem/1.6 system-ui, sans-serif";
const chosen = Number(new URLSearchParams(location.search).get("document") || 1) - 1;
documents.forEach((one, place) => {
  const link = document.createElement("a");
  link.href = `?document=${place + 1}`;
  link.textContent = one.name;
  link.style.cssText = "margin-right: 1rem";
  if (place === chosen) link.setAttribute("aria-current", "page");
  list.append(link);
});
page.before(list);
SwaggerUIBundle({
  dom_id: "#swagger-ui",
  url: (documents[chosen] || documents[0]).url,
  deepLinking: true,
  docExpansion: "none",
  filter: true,
  validatorUrl: null,
});
