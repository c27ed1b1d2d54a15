"""A worker as the documents show it: what it does is said by the job."""

import sys
import threading

from flotilla import Agent, Cache, jobs

agent = Agent(sys.argv[1], port=0)
answers = Cache(agent, "default")


def work(job):
    job.progress(0.5, "half of it")
    if job.payload == "stay":
        threading.Event().wait()
    if job.payload == "large":
        return "x" * 600_000
    if job.payload == "hopeless":
        raise jobs.Hopeless("no such file")
    if job.payload == "cached":
        return answers.get("k", lambda: "found out by " + agent.name)
    return {"text": "of %s" % job.payload, "attempt": job.attempt}


worker = jobs.Worker(agent, {"transcribe": work}, lease=5)
agent.on_stop(worker.stop)
with agent:
    worker.start()
    threading.Event().wait()
