/** Tests of start order, closures and pictures. */
@NullMarked
package dev.flotilla.model.graph;

import org.jspecify.annotations.NullMarked;
