/**
 * How many loads the model pool needs beside the offline optimum, LRU and most-free, and what a
 * swap costs beyond the engine's own load. Start reading at {@link
 * dev.flotilla.bench.models.ModelsBench}.
 */
@NullMarked
package dev.flotilla.bench.models;

import org.jspecify.annotations.NullMarked;
