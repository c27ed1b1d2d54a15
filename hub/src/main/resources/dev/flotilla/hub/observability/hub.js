// Keeps the list of agents live: rows and summary come as server-sent events, already escaped by
// the server. A page that hears nothing says so and shows nothing as good.

const SILENCE_MS = 7000;
const TICK_MS = 1000;

const body = document.body;
const rows = document.getElementById("rows");
const filter = document.getElementById("filter");
const chips = [...document.querySelectorAll(".chip")];
const shown = document.getElementById("shown");
const nothing = document.getElementById("nothing");
const verdict = document.getElementById("verdict");
const connection = document.getElementById("connection");
const seen = document.getElementById("seen");

let tone = "";
let lastHeard = Date.now();
let clockOffset = 0;

function duration(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
  return `${Math.floor(seconds / 86400)} d ${Math.floor((seconds % 86400) / 3600)} h`;
}

function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function count() {
  if (body.dataset.connection === "lost") return;
  const now = Date.now() + clockOffset;
  for (const time of rows.querySelectorAll("time[data-since]")) {
    setText(time, duration(now - Number(time.dataset.since)));
  }
  for (const time of rows.querySelectorAll("time[data-until]")) {
    const left = Number(time.dataset.until) - now;
    setText(time, left > 0 ? `in ${duration(left)}` : "now");
  }
}

function matches(row, words) {
  if (tone && row.dataset.tone !== tone) return false;
  const text = row.textContent.toLowerCase();
  return words.every((word) => text.includes(word));
}

function applyFilter() {
  const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const row of rows.rows) {
    const match = matches(row, words);
    if (row.hidden === match) row.hidden = !match;
    if (match) count++;
  }
  const total = rows.rows.length;
  nothing.hidden = count > 0 || total === 0;
  setText(shown, words.length || tone ? `${count} of ${total}` : "");
}

function markup(html) {
  const holder = document.createElement("tbody");
  holder.innerHTML = html;
  return holder;
}

function heard() {
  lastHeard = Date.now();
  if (body.dataset.connection !== "live") {
    body.dataset.connection = "live";
    connection.hidden = true;
  }
}

function silent() {
  if (body.dataset.connection === "lost" || Date.now() - lastHeard < SILENCE_MS) return;
  body.dataset.connection = "lost";
  connection.textContent =
    `No word from the hub since ${new Date(lastHeard).toLocaleTimeString()}. ` +
    "What you see is old; it comes back by itself.";
  connection.hidden = false;
  setText(verdict, "Not known: the hub does not answer.");
  verdict.className = "stale";
}

const title = document.title;

function showSummary(summary) {
  document.title = summary.ok ? title : `▲ ${title}`;
  setText(verdict, summary.verdict);
  verdict.className = summary.ok ? "fine" : "trouble";
  clockOffset = new Date(summary.at).getTime() - Date.now();
  setText(seen, `as of ${new Date(summary.at).toLocaleTimeString()}`);
  for (const chip of chips) {
    const count = chip.dataset.tone ? summary.counts[chip.dataset.tone] : summary.all;
    setText(chip.querySelector(".count"), String(count ?? 0));
  }
}

function listen() {
  const events = new EventSource("/events");
  events.addEventListener("all", (event) => {
    heard();
    rows.replaceChildren(...markup(event.data).children);
    count();
    applyFilter();
  });
  events.addEventListener("row", (event) => {
    heard();
    const { id, html } = JSON.parse(event.data);
    const old = document.getElementById(id);
    const fresh = markup(html).firstElementChild;
    if (!old || !fresh) return;
    if (old.dataset.tone !== fresh.dataset.tone) fresh.classList.add("changed");
    old.replaceWith(fresh);
    count();
    applyFilter();
  });
  events.addEventListener("summary", (event) => {
    heard();
    showSummary(JSON.parse(event.data));
  });
  events.addEventListener("error", () => {
    if (events.readyState === EventSource.CLOSED) {
      setTimeout(listen, 3000);
    }
  });
}

function choose(chip) {
  tone = chip.dataset.tone === tone ? "" : chip.dataset.tone;
  for (const each of chips) each.setAttribute("aria-pressed", String(each.dataset.tone === tone));
  applyFilter();
}

const THEMES = ["auto", "light", "dark"];

function showTheme(theme) {
  const button = document.getElementById("theme");
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  button.textContent = { auto: "◐ auto", light: "☀ light", dark: "☾ dark" }[theme];
  button.setAttribute("aria-label", `Theme: ${theme}`);
}

function themes() {
  let theme = localStorage.getItem("flotilla-theme") ?? "auto";
  if (!THEMES.includes(theme)) theme = "auto";
  showTheme(theme);
  document.getElementById("theme").addEventListener("click", () => {
    theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
    localStorage.setItem("flotilla-theme", theme);
    showTheme(theme);
  });
}

filter.addEventListener("input", applyFilter);
for (const chip of chips) chip.addEventListener("click", () => choose(chip));
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && document.activeElement !== filter) {
    event.preventDefault();
    filter.focus();
  } else if (event.key === "Escape" && document.activeElement === filter) {
    filter.value = "";
    filter.blur();
    applyFilter();
  }
});

themes();
applyFilter();
setInterval(() => {
  silent();
  count();
}, TICK_MS);
listen();
