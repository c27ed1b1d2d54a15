/**
 * What decides whether a build fails: severities, the baseline of what is known, the coverage
 * floor. Start at {@link dev.flotilla.scan.gate.Baseline}.
 */
@NullMarked
package dev.flotilla.scan.gate;

import org.jspecify.annotations.NullMarked;
