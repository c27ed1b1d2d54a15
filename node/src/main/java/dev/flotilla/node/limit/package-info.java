/**
 * Keeps agents within their limits, by cgroups where they may be written and by rlimits elsewhere.
 * Start reading at {@link dev.flotilla.node.limit.Limiter}.
 */
@NullMarked
package dev.flotilla.node.limit;

import org.jspecify.annotations.NullMarked;
