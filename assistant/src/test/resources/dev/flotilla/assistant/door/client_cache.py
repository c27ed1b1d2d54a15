"""The official Python client asks twice: what the cache tells again is what was told first."""
import os
from openai import OpenAI

client = OpenAI(base_url=os.environ["DOOR"] + "/v1", api_key="none", max_retries=0)


def streamed():
    text, usage, finish, ids = "", None, None, set()
    for chunk in client.chat.completions.create(
            model="up", messages=[{"role": "user", "content": "count"}], stream=True,
            stream_options={"include_usage": True}):
        ids.add(chunk.id)
        if chunk.choices:
            text += chunk.choices[0].delta.content or ""
            finish = chunk.choices[0].finish_reason or finish
        usage = chunk.usage or usage
    return text, finish, usage.model_dump(), ids


first, again = streamed(), streamed()
assert first == again, (first, again)
assert first[0] == "one two three", first
with client.chat.completions.with_streaming_response.create(
        model="up", messages=[{"role": "user", "content": "count"}]) as raw:
    assert raw.headers["x-flotilla-cache"] == "hit", raw.headers
    whole = raw.parse()
assert whole.choices[0].message.content == first[0], whole
assert whole.usage.total_tokens == first[2]["total_tokens"], whole
print("ok told again")
