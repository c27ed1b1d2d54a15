/** Tests of {@code dev.flotilla.kernel.http}. */
@NullMarked
package dev.flotilla.kernel.http;

import org.jspecify.annotations.NullMarked;
