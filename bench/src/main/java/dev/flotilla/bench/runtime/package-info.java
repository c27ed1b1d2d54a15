/**
 * Supervision beside its peers in one run: the same static agents started, killed, stopped and
 * measured under each. Start reading at {@link dev.flotilla.bench.runtime.RuntimeBench}.
 */
@NullMarked
package dev.flotilla.bench.runtime;

import org.jspecify.annotations.NullMarked;
