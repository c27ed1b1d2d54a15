/** Tests of how things look. */
@NullMarked
package dev.flotilla.cli.screen;

import org.jspecify.annotations.NullMarked;
