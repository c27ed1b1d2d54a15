"""What users of nats-py do, against the server of the first argument; a second one is its twin.

Prints one line a step, so that whoever reads it sees how far it came.
"""

import asyncio
import sys

import nats
from nats.errors import NoRespondersError, TimeoutError


async def publish_and_subscribe(url: str) -> None:
    one = await nats.connect(url)
    two = await nats.connect(url)
    heard = []

    async def hear(message):
        heard.append((message.subject, message.data, message.headers))

    await one.subscribe("a.*", cb=hear)
    limited = await one.subscribe("b.>")
    await limited.unsubscribe(2)
    await one.flush()
    for i in range(100):
        await two.publish("a.%d" % i, b"x" * i, headers={"N": str(i)})
    for i in range(3):
        await two.publish("b.c.d", b"%d" % i)
    await two.flush()
    await one.flush()
    await asyncio.sleep(0.1)
    assert [s for s, _, _ in heard] == ["a.%d" % i for i in range(100)], heard
    assert heard[99][1] == b"x" * 99 and heard[99][2] == {"N": "99"}
    assert (await limited.next_msg(timeout=2)).data == b"0"
    assert (await limited.next_msg(timeout=2)).data == b"1"
    await one.close()
    await two.close()


async def share_a_queue(url: str) -> None:
    members = [await nats.connect(url) for _ in range(3)]
    counts = [0, 0, 0]

    def counter(at):
        async def count(_):
            counts[at] += 1

        return count

    for at, member in enumerate(members):
        await member.subscribe("jobs", "team", cb=counter(at))
        await member.flush()
    for _ in range(300):
        await members[0].publish("jobs", b"")
    for member in members:
        await member.flush()
    await asyncio.sleep(0.2)
    assert sum(counts) == 300 and min(counts) > 30, counts
    for member in members:
        await member.drain()


async def request(url: str) -> None:
    client = await nats.connect(url)

    async def answer(message):
        await message.respond(message.data.upper())

    async def silent(_):
        return

    await client.subscribe("ask", cb=answer)
    await client.subscribe("silent", cb=silent)
    assert (await client.request("ask", b"abc", timeout=2)).data == b"ABC"
    assert (await client.request("ask", b"abc", timeout=2, old_style=True)).data == b"ABC"
    try:
        await client.request("nobody", b"", timeout=5)
        raise AssertionError("somebody answered")
    except NoRespondersError:
        pass
    try:
        await client.request("silent", b"", timeout=0.2)
        raise AssertionError("silence answered")
    except TimeoutError:
        pass
    await client.close()


async def large(url: str) -> None:
    client = await nats.connect(url)
    subscription = await client.subscribe("large")
    data = bytes(range(256)) * 4096
    await client.publish("large", data)
    assert (await subscription.next_msg(timeout=5)).data == data
    try:
        await client.publish("large", data + b"x")
        raise AssertionError("too large and yet sent")
    except nats.errors.MaxPayloadError:
        pass
    await client.close()


async def reconnect(url: str) -> None:
    again = asyncio.Event()

    async def told():
        again.set()

    client = await nats.connect(
        url, max_reconnect_attempts=-1, reconnect_time_wait=0.1, reconnected_cb=told
    )
    subscription = await client.subscribe("after")
    await client.flush()
    print("restart", flush=True)
    await asyncio.wait_for(again.wait(), 20)
    await client.publish("after", b"yes")
    assert (await subscription.next_msg(timeout=5)).data == b"yes"
    await client.close()


async def main(url: str) -> None:
    for step in (publish_and_subscribe, share_a_queue, request, large, reconnect):
        await asyncio.wait_for(step(url), 40)
        print(step.__name__, flush=True)
    print("done", flush=True)


asyncio.run(main(sys.argv[1]))
