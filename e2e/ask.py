"""Calls an operation that a Java service serves, over the bus that FLOTILLA_BUS_URL names."""

import json
import os

from flotilla import Bus, call

bus = Bus(os.environ["FLOTILLA_BUS_URL"], name="ask")
try:
    print(json.dumps(call(bus, "ServiceRegistry", "list")))
finally:
    bus.close()
