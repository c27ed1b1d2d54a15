/** Tests of the scan. */
@NullMarked
package dev.flotilla.scan.read;

import org.jspecify.annotations.NullMarked;
