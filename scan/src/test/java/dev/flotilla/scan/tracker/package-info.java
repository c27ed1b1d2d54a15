/** Tests of the issues. */
@NullMarked
package dev.flotilla.scan.tracker;

import org.jspecify.annotations.NullMarked;
