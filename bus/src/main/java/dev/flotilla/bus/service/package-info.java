/**
 * Request/reply services on the bus, found and measured by the NATS services protocol ({@code
 * $SRV.PING|INFO|STATS}), so that any NATS tool can list them. Start reading at {@code BusService}.
 */
@NullMarked
package dev.flotilla.bus.service;

import org.jspecify.annotations.NullMarked;
