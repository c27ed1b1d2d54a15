// The official npm client, unmodified, against the door. Prints one line a check.
import { createRequire } from "node:module";
const OpenAI = createRequire(process.env.OPENAI_NODE_MODULES + "/x.js")("openai");
const client = new OpenAI({ baseURL: process.env.DOOR + "/v1", apiKey: "none", maxRetries: 0 });

function check(name, holds) {
  if (!holds) {
    console.log("WRONG: " + name);
    process.exit(1);
  }
  console.log("ok " + name);
}
const user = (content) => ({ role: "user", content });
const chat = (content, more = {}) =>
  client.chat.completions.create({ model: "up", messages: [user(content)], ...more });

const answer = await chat("say hello");
check("conversation", answer.choices[0].message.content === "hello");
check("usage", answer.usage.total_tokens === 10);
const more = await client.chat.completions.create({
  model: "up", messages: [user("say hello"), answer.choices[0].message, user("say goodbye")] });
check("conversation goes on", more.choices[0].message.content === "goodbye");

let text = "", usage = null, finish = null;
for await (const chunk of await chat("count", { stream: true, stream_options: { include_usage: true } })) {
  text += chunk.choices[0]?.delta?.content ?? "";
  finish = chunk.choices[0]?.finish_reason ?? finish;
  usage = chunk.usage ?? usage;
}
check("stream", text === "one two three" && finish === "stop");
check("usage of a stream", usage.total_tokens === 7);

const tools = [{ type: "function", function: { name: "weather", parameters: { type: "object", properties: { city: { type: "string" } } } } }];
const call = (await chat("weather", { tools })).choices[0];
check("tool call", JSON.parse(call.message.tool_calls[0].function.arguments).city === "Rome");
const told = await client.chat.completions.create({
  model: "up", tools,
  messages: [user("weather"), call.message, { role: "tool", tool_call_id: call.message.tool_calls[0].id, content: "sunny" }] });
check("tool result", told.choices[0].message.content === "it is sunny");
const runner = client.chat.completions.stream({ model: "up", messages: [user("weather")], tools });
const calls = (await runner.finalChatCompletion()).choices[0].message.tool_calls;
check("streamed tool calls", calls.map((c) => JSON.parse(c.function.arguments).city).join() === "Rome,Oslo");

const embedded = await client.embeddings.create({ model: "up", input: ["a", "b"], encoding_format: "float" });
check("embedding", embedded.data[1].embedding[0] === 0.5);
const packed = await client.embeddings.create({ model: "up", input: ["a", "b"] });
check("embedding as the client asks by itself", packed.data[1].embedding[0] === 0.5 && packed.data[1].embedding.length === 2);
check("completion", (await client.completions.create({ model: "up", prompt: "say" })).choices[0].text === "done");
check("response", (await client.responses.create({ model: "up", input: "say hello" })).output_text === "hello");
let streamed = "";
for await (const event of await client.responses.create({ model: "up", input: "count", stream: true })) {
  if (event.type === "response.output_text.delta") streamed += event.delta;
}
check("streamed response", streamed === "one two three");
const flat = [{ type: "function", name: "weather", parameters: tools[0].function.parameters, strict: false }];
const called = await client.responses.create({ model: "up", input: "weather", tools: flat });
check("response with a tool call", JSON.parse(called.output[0].arguments).city === "Rome");
const final = await client.responses.stream({ model: "up", input: "weather", tools: flat }).finalResponse();
check("streamed response with tool calls", final.output.map((o) => JSON.parse(o.arguments).city).join() === "Rome,Oslo");
check("model", (await client.models.retrieve("up")).id === "up");
check("models", (await client.models.list()).data.some((m) => m.id === "up"));

async function raised(action) {
  try {
    await action();
  } catch (e) {
    return e;
  }
  return null;
}
const bad = await raised(() => chat("say hello", { temperature: "hot" }));
check("bad request", bad instanceof OpenAI.BadRequestError && bad.param === "temperature");
check("unknown model", (await raised(() => chat("x", { model: "uo" }))) instanceof OpenAI.NotFoundError);
check("server error", (await raised(() => chat("x", { model: "down" }))) instanceof OpenAI.InternalServerError);
const broken = await raised(async () => {
  for await (const chunk of await chat("break", { stream: true })) void chunk;
});
check("broken stream", broken !== null && /broke off/.test(broken.message));
const brokenResponse = await raised(async () => {
  for await (const event of await client.responses.create({ model: "up", input: "break", stream: true })) void event;
});
check("broken streamed response", brokenResponse !== null && /broke off/.test(brokenResponse.message));
check("context too long", (await raised(() => chat("too long"))).code === "context_length_exceeded");
const stranger = new OpenAI({ baseURL: process.env.DOOR + "/v1", apiKey: "flk-unknown", maxRetries: 0 });
check("no such key", (await raised(() => stranger.models.list())) instanceof OpenAI.AuthenticationError);
// A client that leaves: the scripted upstream notes whether it was cut.
const controller = new AbortController();
const left = await client.chat.completions.create({ model: "up", messages: [user("wait")], stream: true }, { signal: controller.signal });
for await (const chunk of left) {
  controller.abort();
  break;
}
console.log("ok abort");
// Last, since the door then leaves the target alone for the second it asked for.
const limited = await raised(() => chat("limit"));
check("rate limit", limited instanceof OpenAI.RateLimitError && limited.headers.get("retry-after"));
