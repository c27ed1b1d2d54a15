"""The agent of the end-to-end script: one operation, and one that asks a flag."""

from flotilla import Agent

agent = Agent("Greeter")


@agent.operation()
def greet(name: str = "world"):
    return {"greeting": "Hello, " + name}


@agent.operation()
def unified(keys: int = 1000):
    """How many of so many keys have the flag on."""
    on = [str(k) for k in range(keys) if agent.flags.enabled("use_unified_memory", str(k))]
    return {"on": len(on), "first": on[:5]}


agent.run()
