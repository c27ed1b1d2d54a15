/** Benchmarks of Flotilla beside named peers in the same run. Start reading at {@code Bench}. */
@NullMarked
package dev.flotilla.bench;

import org.jspecify.annotations.NullMarked;
