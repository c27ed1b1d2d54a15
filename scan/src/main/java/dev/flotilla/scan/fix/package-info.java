/**
 * Mending what is safe to mend: findings become changes that are shown as a diff before anything is
 * written, and what is written can be taken back. Start at {@link dev.flotilla.scan.fix.Fixer}.
 */
@NullMarked
package dev.flotilla.scan.fix;

import org.jspecify.annotations.NullMarked;
