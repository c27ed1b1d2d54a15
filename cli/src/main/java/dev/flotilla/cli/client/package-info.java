/**
 * Speaks with the node of this machine over its local API, and starts one when none runs. Start
 * reading at {@link dev.flotilla.cli.client.NodeClient}.
 */
@NullMarked
package dev.flotilla.cli.client;

import org.jspecify.annotations.NullMarked;
