/**
 * The door beside other gateways: first whether each passes on what it should, then what a request
 * costs. Start reading at {@link dev.flotilla.bench.gateway.GatewayBench}.
 */
@NullMarked
package dev.flotilla.bench.gateway;

import org.jspecify.annotations.NullMarked;
