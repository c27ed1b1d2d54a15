/** Tests of importing what is out there. */
@NullMarked
package dev.flotilla.model.imports;

import org.jspecify.annotations.NullMarked;
