/** Tests of the commands' pure parts. */
@NullMarked
package dev.flotilla.cli.command;

import org.jspecify.annotations.NullMarked;
