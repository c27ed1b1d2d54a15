/** Tests of the kernel over a real connection to the embedded server. */
@NullMarked
package dev.flotilla.kernel.functional;

import org.jspecify.annotations.NullMarked;
