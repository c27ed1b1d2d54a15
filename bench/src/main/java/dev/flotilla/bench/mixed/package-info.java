/**
 * Minutes of mixed load with faults: requests, streams, models and jobs on a whole fleet whose
 * targets misbehave and whose services are killed, and an account of what was lost. Start reading
 * at {@link dev.flotilla.bench.mixed.MixedLoad}.
 */
@NullMarked
package dev.flotilla.bench.mixed;

import org.jspecify.annotations.NullMarked;
