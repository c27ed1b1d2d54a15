/**
 * Why something was not done, in words that help the caller, the same on the bus, over HTTP and in
 * Java. Start reading at {@link dev.flotilla.kernel.failure.Failure}.
 */
@NullMarked
package dev.flotilla.kernel.failure;

import org.jspecify.annotations.NullMarked;
