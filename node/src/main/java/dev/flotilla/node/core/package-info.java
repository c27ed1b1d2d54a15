/**
 * The decisions of a node as pure functions over records: what to start, stop, restart and say. No
 * clock, no thread, no process; start reading at {@link dev.flotilla.node.core.Reconciler}.
 */
@NullMarked
package dev.flotilla.node.core;

import org.jspecify.annotations.NullMarked;
