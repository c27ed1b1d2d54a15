/**
 * What every command is given and answers with: options, the world outside, failures in words, exit
 * codes. Start reading at {@link dev.flotilla.cli.context.Context}.
 */
@NullMarked
package dev.flotilla.cli.context;

import org.jspecify.annotations.NullMarked;
