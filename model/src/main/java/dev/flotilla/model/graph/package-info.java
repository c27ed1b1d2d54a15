/**
 * Who needs whom: start order, closures, critical path, and pictures of them; and the table of
 * ports. Start reading at {@link dev.flotilla.model.graph.DependencyGraph}.
 */
@NullMarked
package dev.flotilla.model.graph;

import org.jspecify.annotations.NullMarked;
