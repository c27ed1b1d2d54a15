/** Jobs as people read them. */
@NullMarked
package dev.flotilla.cli.jobs;

import org.jspecify.annotations.NullMarked;
