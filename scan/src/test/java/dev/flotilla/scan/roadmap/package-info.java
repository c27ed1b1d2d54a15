/** Tests of the roadmap. */
@NullMarked
package dev.flotilla.scan.roadmap;

import org.jspecify.annotations.NullMarked;
