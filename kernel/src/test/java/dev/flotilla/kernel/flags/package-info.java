/** Tests of {@code dev.flotilla.kernel.flags}. */
@NullMarked
package dev.flotilla.kernel.flags;

import org.jspecify.annotations.NullMarked;
