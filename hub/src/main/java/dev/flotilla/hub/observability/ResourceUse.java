package dev.flotilla.hub.observability;

import java.util.OptionalDouble;

/**
 * What a process and its descendants use.
 *
 * @param residentBytes main memory
 * @param cpuSeconds since they started
 * @param cores used on average since the sample before; empty for the first
 */
record ResourceUse(long residentBytes, double cpuSeconds, OptionalDouble cores) {}
