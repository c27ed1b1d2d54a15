/**
 * How things look on a terminal, and that they stay plain text everywhere else. Start reading at
 * {@link dev.flotilla.cli.screen.Screen}.
 */
@NullMarked
package dev.flotilla.cli.screen;

import org.jspecify.annotations.NullMarked;
