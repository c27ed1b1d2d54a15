/**
 * Findings as issues of a tracker: one each, once, followed until they are gone. What is to be done
 * is decided by {@link dev.flotilla.scan.tracker.Sync}; {@link dev.flotilla.scan.tracker.GitHub}
 * does it.
 */
@NullMarked
package dev.flotilla.scan.tracker;

import org.jspecify.annotations.NullMarked;
