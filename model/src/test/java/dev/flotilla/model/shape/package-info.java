/** Tests of declarations and of what is made from them. */
@NullMarked
package dev.flotilla.model.shape;

import org.jspecify.annotations.NullMarked;
