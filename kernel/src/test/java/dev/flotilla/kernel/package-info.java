/** Tests of {@code dev.flotilla.kernel}. */
@NullMarked
package dev.flotilla.kernel;

import org.jspecify.annotations.NullMarked;
