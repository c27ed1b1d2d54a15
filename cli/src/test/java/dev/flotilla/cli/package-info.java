/** Tests of the command line, most of them from the outside: arguments in, words and codes out. */
@NullMarked
package dev.flotilla.cli;

import org.jspecify.annotations.NullMarked;
