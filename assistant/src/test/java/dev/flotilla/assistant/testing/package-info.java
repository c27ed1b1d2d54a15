/**
 * Servers of others that tests start for themselves: each on a port of its own, gone at the end.
 */
@NullMarked
package dev.flotilla.assistant.testing;

import org.jspecify.annotations.NullMarked;
