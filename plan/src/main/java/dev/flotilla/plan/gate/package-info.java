/**
 * What must hold before a phase is done: conditions, how they are checked, and how far an actor's
 * word is right. Start reading at {@link dev.flotilla.plan.gate.Gate}.
 */
@NullMarked
package dev.flotilla.plan.gate;

import org.jspecify.annotations.NullMarked;
