/**
 * The embedded bus beside nats-server, each in a process of its own, measured in turns with the
 * same client. Start reading at {@code BusBenchmark}, which writes {@code bench/reports/bus.md} in
 * half a minute and needs nats-server in PATH.
 */
@NullMarked
package dev.flotilla.bench.bus;

import org.jspecify.annotations.NullMarked;
