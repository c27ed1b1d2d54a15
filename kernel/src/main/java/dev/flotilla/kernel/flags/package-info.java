/**
 * Feature flags: evaluated by a pure function, kept by one store, seen by every client. Start
 * reading at {@link dev.flotilla.kernel.flags.FlagEvaluation}.
 */
@NullMarked
package dev.flotilla.kernel.flags;

import org.jspecify.annotations.NullMarked;
