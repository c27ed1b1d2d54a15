/**
 * The bus of one machine: a server of the core NATS client protocol inside the node's JVM. One
 * thread reads, routes and writes; start reading at {@code EmbeddedServer}, then {@code Session}.
 */
@NullMarked
package dev.flotilla.bus.embedded;

import org.jspecify.annotations.NullMarked;
