/** Tests of {@code dev.flotilla.kernel.state}. */
@NullMarked
package dev.flotilla.kernel.state;

import org.jspecify.annotations.NullMarked;
