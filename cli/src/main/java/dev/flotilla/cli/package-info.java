/**
 * The {@code flotilla} command: one class a command, nothing but words in and out. Start reading at
 * {@link dev.flotilla.cli.Main}.
 */
@NullMarked
package dev.flotilla.cli;

import org.jspecify.annotations.NullMarked;
