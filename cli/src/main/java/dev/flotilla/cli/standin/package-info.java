/**
 * The process that stands in for an agent at a rehearsal. Only the JDK's base module is used, so
 * that dozens of these small JVMs start at once in a second or two; start reading at {@link
 * dev.flotilla.cli.standin.StandIn}.
 */
@NullMarked
package dev.flotilla.cli.standin;

import org.jspecify.annotations.NullMarked;
