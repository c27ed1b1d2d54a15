/** Tests of what commands share. */
@NullMarked
package dev.flotilla.cli.context;

import org.jspecify.annotations.NullMarked;
