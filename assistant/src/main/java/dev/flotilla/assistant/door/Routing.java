package dev.flotilla.assistant.door;

import dev.flotilla.assistant.router.Calibration;
import dev.flotilla.assistant.router.Examples;

/** What routes requests, as one manifest has it. Immutable. */
record Routing(RoutingTable table, Examples examples, Calibration calibration) {}
