/** Tests of {@code dev.flotilla.kernel.batch}. */
@NullMarked
package dev.flotilla.kernel.batch;

import org.jspecify.annotations.NullMarked;
