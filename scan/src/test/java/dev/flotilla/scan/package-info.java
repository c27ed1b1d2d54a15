/** Tests of the scan. */
@NullMarked
package dev.flotilla.scan;

import org.jspecify.annotations.NullMarked;
