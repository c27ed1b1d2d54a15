package dev.flotilla.bench.bus;

/**
 * One measurement of one peer.
 *
 * @param p50 of a request with its answer, in microseconds
 * @param p99 likewise
 * @param throughput messages a second from one publisher to one subscriber
 */
record Round(double p50, double p99, double throughput) {}
