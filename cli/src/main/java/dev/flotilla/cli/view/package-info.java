/**
 * What is known of a fleet as lines for people: pure functions from statuses to text. Start reading
 * at {@link dev.flotilla.cli.view.StatusTable}.
 */
@NullMarked
package dev.flotilla.cli.view;

import org.jspecify.annotations.NullMarked;
