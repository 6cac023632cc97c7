"use strict";
// A running clock goes on while its page is open, at the pace of real time.
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const two = (number) => String(number).padStart(2, "0");

for (const clock of document.querySelectorAll("time[data-mode=running]")) {
  const begin = Date.parse(clock.dateTime);
  const end = clock.textContent.endsWith(" UTC") ? " UTC" : "";
  setInterval(() => {
    const now = new Date(begin + performance.now());
    const day = `${two(now.getUTCDate())} ${MONTHS[now.getUTCMonth()]} ${now.getUTCFullYear()}`;
    clock.textContent = `${day}, ${two(now.getUTCHours())}:${two(now.getUTCMinutes())}${end}`;
  }, 1000);
}
