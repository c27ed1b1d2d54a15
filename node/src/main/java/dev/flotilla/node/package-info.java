/**
 * Flotilla on one machine: it supervises, probes, limits and logs agents. Start reading at {@link
 * dev.flotilla.node.Supervisor}; the decisions are in {@link dev.flotilla.node.core.Reconciler}.
 */
@NullMarked
package dev.flotilla.node;

import org.jspecify.annotations.NullMarked;
