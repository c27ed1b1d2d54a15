/**
 * Puts the parts of each process together by plain constructors: one class a process. Start reading
 * at {@link dev.flotilla.cli.wiring.NodeProcess}.
 */
@NullMarked
package dev.flotilla.cli.wiring;

import org.jspecify.annotations.NullMarked;
