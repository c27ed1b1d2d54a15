/** Tests of the rehearsal. */
@NullMarked
package dev.flotilla.cli.standin;

import org.jspecify.annotations.NullMarked;
