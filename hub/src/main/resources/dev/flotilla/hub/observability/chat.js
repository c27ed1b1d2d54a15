const talk = document.getElementById("talk");
const form = document.getElementById("ask");
const text = document.getElementById("text");
const send = document.getElementById("send");
const model = document.getElementById("model");
const begin = document.getElementById("begin");
const session = crypto.randomUUID ? crypto.randomUUID() : String(Math.random());
let messages = [];
let running = null;

function said(who, words) {
  const p = document.createElement("p");
  p.className = "said " + who;
  p.textContent = words;
  talk.append(p);
  talk.scrollTop = talk.scrollHeight;
  return p;
}

function events(buffer, each) {
  let end;
  while ((end = buffer.indexOf("\n\n")) >= 0) {
    const event = buffer.slice(0, end);
    buffer = buffer.slice(end + 2);
    for (const line of event.split("\n")) {
      if (line.startsWith("data: ") && line !== "data: [DONE]") each(JSON.parse(line.slice(6)));
    }
  }
  return buffer;
}

async function ask(question) {
  begin.hidden = true;
  said("user", question);
  messages.push({ role: "user", content: question });
  const answer = said("fleet waiting", "");
  running = new AbortController();
  send.textContent = "Stop";
  try {
    const response = await fetch("/chat/ask", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ model: model.value, stream: true, messages, user: session }),
      signal: running.signal,
    });
    if (!response.ok) throw new Error(problem(await response.json()));
    let buffer = "";
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      buffer = events(buffer + value, (part) => {
        if (part.error) throw new Error(part.error.message);
        answer.textContent += part.choices?.[0]?.delta?.content ?? "";
        talk.scrollTop = talk.scrollHeight;
      });
    }
    messages.push({ role: "assistant", content: answer.textContent });
    explain(response.headers.get("X-Request-Id"));
  } catch (e) {
    messages.pop();
    if (e.name === "AbortError") {
      answer.textContent += (answer.textContent ? " " : "") + "– stopped";
    } else {
      answer.classList.add("wrong");
      answer.textContent += (answer.textContent ? "\n" : "") + e.message;
    }
  } finally {
    answer.classList.remove("waiting");
    running = null;
    send.textContent = "Ask";
    text.focus();
  }
}

function problem(body) {
  const e = body.error ?? {};
  return e.message ?? [e.found, e.expected && "expected " + e.expected, e.advice].filter(Boolean).join("; ");
}

async function explain(id) {
  if (!id) return;
  const response = await fetch("/chat/requests/" + encodeURIComponent(id));
  if (!response.ok) return;
  const e = await response.json();
  const how = document.createElement("details");
  how.className = "how";
  const summary = document.createElement("summary");
  summary.textContent = `${e.answeredBy ?? "nobody"} · ${Math.round(e.milliseconds.total ?? 0)} ms`;
  const list = document.createElement("dl");
  const row = (name, value) => {
    if (!value) return;
    list.append(Object.assign(document.createElement("dt"), { textContent: name }));
    list.append(Object.assign(document.createElement("dd"), { textContent: value }));
  };
  row("Route", e.routing && `${e.routing.task || "named"} → ${e.routing.targets.join(", then ")}`);
  row("Why", e.routing && `${e.routing.why} (${Math.round(100 * e.routing.confidence)} % sure)`);
  for (const a of e.attempts) row("Attempt", `${a.target} ${a.outcome}: ${a.reason}`);
  row("Cache", e.cache !== "off" && e.cache);
  row("Tokens", `${e.usage.input} asked, ${e.usage.output} answered, cost ${e.cost}`);
  row("Request", e.id);
  how.append(summary, list);
  talk.append(how);
  talk.scrollTop = talk.scrollHeight;
}

function submit() {
  if (running) {
    running.abort();
    return;
  }
  const question = text.value.trim();
  if (!question) return;
  text.value = "";
  grow();
  ask(question);
}

function grow() {
  text.style.height = "auto";
  text.style.height = text.scrollHeight + "px";
}

form.addEventListener("submit", (e) => {
  e.preventDefault();
  submit();
});
text.addEventListener("input", grow);
text.addEventListener("keydown", (e) => {
  if (e.key === "Enter" && !e.shiftKey) {
    e.preventDefault();
    if (!running) submit();
  }
});
for (const button of document.querySelectorAll(".try")) {
  button.addEventListener("click", () => ask(button.textContent));
}
document.getElementById("new").addEventListener("click", () => {
  messages = [];
  for (const old of talk.querySelectorAll(".said, .how")) old.remove();
  begin.hidden = false;
  text.focus();
});
fetch("/chat/models")
  .then((r) => (r.ok ? r.json() : { data: [] }))
  .then((list) => {
    for (const each of list.data ?? []) {
      if (each.id !== "auto") model.append(new Option(each.id));
    }
  });
