/** Tests of the words of Flotilla. */
@NullMarked
package dev.flotilla.model;

import org.jspecify.annotations.NullMarked;
