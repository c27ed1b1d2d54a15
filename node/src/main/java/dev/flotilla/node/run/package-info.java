/**
 * How agents of each kind are started and ended: commands, services in a JVM of their group,
 * containers; and how they are found again by the next node. Start reading at {@link
 * dev.flotilla.node.run.Runner}.
 */
@NullMarked
package dev.flotilla.node.run;

import org.jspecify.annotations.NullMarked;
