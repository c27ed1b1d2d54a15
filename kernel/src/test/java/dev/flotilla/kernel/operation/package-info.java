/** Tests of {@code dev.flotilla.kernel.operation}. */
@NullMarked
package dev.flotilla.kernel.operation;

import org.jspecify.annotations.NullMarked;
