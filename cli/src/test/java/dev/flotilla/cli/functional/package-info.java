/**
 * Commands against nodes that really run. Start reading at {@link
 * dev.flotilla.cli.functional.LiveFleetTest}.
 */
@NullMarked
package dev.flotilla.cli.functional;

import org.jspecify.annotations.NullMarked;
