/**
 * Flotilla on one machine: it supervises, probes, limits and logs agents. Start reading at {@code
 * Reconciler}.
 */
@NullMarked
package dev.flotilla.node;

import org.jspecify.annotations.NullMarked;
