/** Tests of {@code dev.flotilla.kernel.wire}. */
@NullMarked
package dev.flotilla.kernel.wire;

import org.jspecify.annotations.NullMarked;
