from flotilla import Agent

agent = Agent("Greeter")


@agent.operation()
def greet(name: str = "world"):
    """Greets somebody."""
    return {"greeting": "Hello, " + name}


agent.run()
