/** Tests of the Python reader. */
@NullMarked
package dev.flotilla.scan.python;

import org.jspecify.annotations.NullMarked;
