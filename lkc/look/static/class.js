// Keeps the table of a class as it is now; without this, Reload does.
const table = document.getElementById("class-table");
const told = document.getElementById("refreshed");
const EVERY = 10_000;
let known = "";

async function refresh() {
  if (document.hidden || table.contains(document.activeElement)) return;
  try {
    const answer = await fetch(table.dataset.refresh, { redirect: "error" });
    if (!answer.ok) throw new Error(answer.statusText);
    const text = await answer.text();
    if (text !== known) table.innerHTML = known = text;
    told.textContent = `Refreshed at ${new Date().toLocaleTimeString()}.`;
  } catch {
    told.textContent = "Could not be refreshed; reload the page.";
  }
}

if (table) {
  told.textContent = "Refreshes itself every 10 seconds.";
  setInterval(refresh, EVERY);
}
