// Watches what a token entitles to, and says what changes and what ends within 30 days.
//
//     eval "$(lkc env)" && node examples/token_poller.mjs TOKEN [SECONDS [TIMES]]
//
// It asks every SECONDS (60), TIMES times (for ever). Exit code 1: the token is unknown. Node 18 or later, no packages.

const DAY = 24 * 60 * 60 * 1000;
const SOON = 30 * DAY;
const [token, seconds = "60", times = "Infinity"] = process.argv.slice(2);
const world = process.env.LKC_WORLD_URL ?? `${process.env.LKC_URL ?? "http://127.0.0.1:8019"}/w/default`;

/** What the token retrieves now; null, and a sentence, where it is refused. */
async function retrieve() {
  const answer = await fetch(`${world}/onetrust/api/v1/tokens/${encodeURIComponent(token)}/entitlements`);
  const body = await answer.json();
  if (answer.ok) return body;
  console.error(`${body.code}: ${body.detail} What helps: ${body.remedy}`);
  return null;
}

/** The lines of an answer, one for each product, by the world's own time and not by ours. */
function lines(body) {
  const now = Date.parse(body.retrieved_at);
  return body.entitlements.map(({ product, quantity, expiration_date: date }) => {
    const ends = Date.parse(date) + DAY - now < SOON ? ", which is soon" : "";
    return `${product}: ${quantity} until ${date}${ends}`;
  });
}

let before = [];
for (let round = 0; round < Number(times); round += 1) {
  if (round > 0) await new Promise((resolve) => setTimeout(resolve, Number(seconds) * 1000));
  const body = await retrieve();
  if (body === null) process.exit(1);
  const found = lines(body);
  for (const line of found.filter((one) => !before.includes(one))) console.log(`${body.retrieved_at}  + ${line}`);
  for (const line of before.filter((one) => !found.includes(one))) console.log(`${body.retrieved_at}  - ${line}`);
  before = found;
}
