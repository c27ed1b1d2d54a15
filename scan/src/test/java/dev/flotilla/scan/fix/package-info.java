/** Tests of the fixes. */
@NullMarked
package dev.flotilla.scan.fix;

import org.jspecify.annotations.NullMarked;
