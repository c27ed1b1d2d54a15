/**
 * One class a command: it reads its options, asks a room of Flotilla and says the answer in words
 * or JSON. Start reading at {@link dev.flotilla.cli.command.Commands}.
 */
@NullMarked
package dev.flotilla.cli.command;

import org.jspecify.annotations.NullMarked;
