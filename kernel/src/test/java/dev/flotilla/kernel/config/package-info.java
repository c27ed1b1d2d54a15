/** Tests of {@code dev.flotilla.kernel.config}. */
@NullMarked
package dev.flotilla.kernel.config;

import org.jspecify.annotations.NullMarked;
