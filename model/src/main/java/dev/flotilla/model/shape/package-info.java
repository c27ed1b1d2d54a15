/**
 * Declarations of what a file may contain: from one table come the strict reading, the JSON Schema
 * for editors and the reference for users. Start reading at {@link dev.flotilla.model.shape.Shape}.
 */
@NullMarked
package dev.flotilla.model.shape;

import org.jspecify.annotations.NullMarked;
