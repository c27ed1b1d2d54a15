/**
 * Rules that need more than one file. Each class is one subject and a pure function of the
 * repository; {@link dev.flotilla.scan.checks.Checks} runs them all.
 */
@NullMarked
package dev.flotilla.scan.checks;

import org.jspecify.annotations.NullMarked;
