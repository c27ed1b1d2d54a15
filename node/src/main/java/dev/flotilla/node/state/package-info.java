/**
 * The fleet's folder on disk: its lock, its permissions, and the file that says how to reach the
 * node. Start reading at {@link dev.flotilla.node.state.StateFolder}.
 */
@NullMarked
package dev.flotilla.node.state;

import org.jspecify.annotations.NullMarked;
