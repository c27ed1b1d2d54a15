/** Tests of the scan. */
@NullMarked
package dev.flotilla.scan.gate;

import org.jspecify.annotations.NullMarked;
