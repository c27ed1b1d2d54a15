"""The official Python client, unmodified, against the door. Prints one line a check."""
import json
import os
import openai
from openai import OpenAI
from pydantic import BaseModel

client = OpenAI(base_url=os.environ["DOOR"] + "/v1", api_key="none", max_retries=0)


def check(name, holds):
    if not holds:
        raise SystemExit("WRONG: " + name)
    print("ok " + name)


# a conversation
first = [{"role": "user", "content": "say hello"}]
answer = client.chat.completions.create(model="up", messages=first)
check("conversation", answer.choices[0].message.content == "hello")
check("usage", answer.usage.total_tokens == 10)
more = first + [answer.choices[0].message, {"role": "user", "content": "say goodbye"}]
check("conversation goes on", client.chat.completions.create(model="up", messages=more).choices[0].message.content == "goodbye")

# a stream
text, usage, finish = "", None, None
for chunk in client.chat.completions.create(model="up", messages=[{"role": "user", "content": "count"}], stream=True, stream_options={"include_usage": True}):
    if chunk.choices:
        text += chunk.choices[0].delta.content or ""
        finish = chunk.choices[0].finish_reason or finish
    usage = chunk.usage or usage
check("stream", text == "one two three" and finish == "stop")
check("usage of a stream", usage.total_tokens == 7)

# a tool call
tools = [{"type": "function", "function": {"name": "weather", "parameters": {"type": "object", "properties": {"city": {"type": "string"}}}}}]
asked = [{"role": "user", "content": "weather"}]
call = client.chat.completions.create(model="up", messages=asked, tools=tools).choices[0]
check("tool call", call.finish_reason == "tool_calls" and json.loads(call.message.tool_calls[0].function.arguments) == {"city": "Rome"})
told = asked + [call.message, {"role": "tool", "tool_call_id": call.message.tool_calls[0].id, "content": "sunny"}]
check("tool result", client.chat.completions.create(model="up", messages=told, tools=tools).choices[0].message.content == "it is sunny")
arguments = ["", ""]
for chunk in client.chat.completions.create(model="up", messages=asked, tools=tools, stream=True):
    for part in (chunk.choices[0].delta.tool_calls or []) if chunk.choices else []:
        arguments[part.index] += part.function.arguments or ""
check("streamed tool calls", [json.loads(a) for a in arguments] == [{"city": "Rome"}, {"city": "Oslo"}])
with client.chat.completions.stream(model="up", messages=asked, tools=tools) as stream:
    calls = stream.get_final_completion().choices[0].message.tool_calls
check("streamed tool calls, gathered", [c.id for c in calls] == ["call_1", "call_2"])

# a schema
class Place(BaseModel):
    city: str


parsed = client.chat.completions.parse(model="up", messages=[{"role": "user", "content": "a place"}], response_format=Place)
check("schema", parsed.choices[0].message.parsed == Place(city="Rome"))

# embeddings, completions, responses, models
check("embedding", client.embeddings.create(model="up", input=["a", "b"], encoding_format="float").data[1].embedding == [0.5, 0.25])
check("embedding as the client asks by itself", client.embeddings.create(model="up", input=["a", "b"]).data[1].embedding == [0.5, 0.25])
check("embedding of tokens", len(client.embeddings.create(model="up", input=[[1, 2], [3]], dimensions=2).data) == 2)
check("completion", client.completions.create(model="up", prompt="say").choices[0].text == "done")
response = client.responses.create(model="up", input="say hello", instructions="be short")
check("response", response.output_text == "hello" and response.usage.total_tokens == 10)
events = [e for e in client.responses.create(model="up", input="count", stream=True)]
check("streamed response", "".join(e.delta for e in events if e.type == "response.output_text.delta") == "one two three" and events[-1].type == "response.completed")
check("streamed completion", "".join(c.choices[0].text for c in client.completions.create(model="up", prompt="say", stream=True) if c.choices) == "done")
flat = [{"type": "function", "name": "weather", "parameters": tools[0]["function"]["parameters"], "strict": False}]
response = client.responses.create(model="up", input="weather", tools=flat)
check("response with a tool call", response.output[0].type == "function_call" and json.loads(response.output[0].arguments) == {"city": "Rome"})
told = [{"role": "user", "content": "weather"}, *response.output, {"type": "function_call_output", "call_id": response.output[0].call_id, "output": "sunny"}]
check("response to a tool result", client.responses.create(model="up", input=told, tools=flat).output_text == "it is sunny")
with client.responses.stream(model="up", input="weather", tools=flat) as stream:
    final = stream.get_final_response()
check("streamed response with tool calls", [json.loads(o.arguments) for o in final.output] == [{"city": "Rome"}, {"city": "Oslo"}])
check("response with a schema", client.responses.parse(model="up", input="a place", text_format=Place).output_parsed == Place(city="Rome"))
check("model", client.models.retrieve("up").id == "up")
check("models", "up" in [m.id for m in client.models.list()])

# errors
def raises(kind, action):
    try:
        action()
    except kind as e:
        return e
    return None

bad = raises(openai.BadRequestError, lambda: client.chat.completions.create(model="up", messages=first, temperature="hot"))
check("bad request", bad is not None and bad.param == "temperature")
check("unknown model", raises(openai.NotFoundError, lambda: client.chat.completions.create(model="uo", messages=first)).code == "model_not_found")
check("server error", raises(openai.InternalServerError, lambda: client.chat.completions.create(model="down", messages=first)) is not None)
check("audio", raises(openai.InternalServerError, lambda: client.audio.speech.create(model="up", voice="alloy", input="x")).status_code == 501)
broken = raises(openai.APIError, lambda: [c for c in client.chat.completions.create(model="up", messages=[{"role": "user", "content": "break"}], stream=True)])
check("broken stream", broken is not None and broken.code == "stream_broken")
broken = raises(openai.APIError, lambda: [e for e in client.responses.create(model="up", input="break", stream=True)])
check("broken streamed response", broken is not None and broken.code == "stream_broken")
long = raises(openai.BadRequestError, lambda: client.chat.completions.create(model="up", messages=[{"role": "user", "content": "too long"}]))
check("context too long", long is not None and long.code == "context_length_exceeded")
check("unsupported", raises(openai.BadRequestError, lambda: client.responses.create(model="up", input="x", previous_response_id="resp_1")).param == "previous_response_id")
check("no such model", raises(openai.NotFoundError, lambda: client.models.retrieve("uo")) is not None)
stranger = OpenAI(base_url=os.environ["DOOR"] + "/v1", api_key="flk-unknown", max_retries=0)
check("no such key", raises(openai.AuthenticationError, lambda: stranger.chat.completions.create(model="up", messages=first)).code == "invalid_api_key")
limited_key = OpenAI(base_url=os.environ["DOOR"] + "/v1", api_key=os.environ["KEY"], max_retries=0)
check("key without that scope", raises(openai.PermissionDeniedError, lambda: limited_key.chat.completions.create(model="up", messages=first)) is not None)
raw = limited_key.embeddings.with_raw_response.create(model="up", input="a")
check("headers", raw.headers["x-ratelimit-limit-requests"] == "2" and raw.headers["x-ratelimit-remaining-requests"] == "1" and "openai-processing-ms" in raw.headers and raw.headers["x-request-id"].startswith("req-"))
limited_key.embeddings.create(model="up", input="a")
check("too fast", raises(openai.RateLimitError, lambda: limited_key.embeddings.create(model="up", input="a")).code == "rate_limit_exceeded")
# last, since the door then leaves the target alone for the second it asked for
limited = raises(openai.RateLimitError, lambda: client.chat.completions.create(model="up", messages=[{"role": "user", "content": "limit"}]))
check("rate limit", limited is not None and limited.response.headers["retry-after"])
check("request id", limited.request_id.startswith("req-"))
