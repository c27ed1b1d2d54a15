/** Tests of what is known before anything starts. */
@NullMarked
package dev.flotilla.model.check;

import org.jspecify.annotations.NullMarked;
