/** Tests of the rehearsal. */
@NullMarked
package dev.flotilla.cli.rehearse;

import org.jspecify.annotations.NullMarked;
