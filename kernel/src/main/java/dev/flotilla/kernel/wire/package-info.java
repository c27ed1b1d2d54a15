/**
 * How records travel, as JSON and as MessagePack. Start reading at {@link
 * dev.flotilla.kernel.wire.Wire}.
 */
@NullMarked
package dev.flotilla.kernel.wire;

import org.jspecify.annotations.NullMarked;
