/**
 * What several benchmarks stand on. Start reading at {@code ModelServer}, which is put behind what
 * is measured, and at {@code CommandFleet}, a fleet run as people run it.
 */
@NullMarked
package dev.flotilla.bench.rig;

import org.jspecify.annotations.NullMarked;
