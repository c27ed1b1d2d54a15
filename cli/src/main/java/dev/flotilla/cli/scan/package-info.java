/**
 * The {@code flotilla scan} commands: words in, a scan, words out. Start at {@link
 * dev.flotilla.cli.scan.ScanCommands}.
 */
@NullMarked
package dev.flotilla.cli.scan;

import org.jspecify.annotations.NullMarked;
