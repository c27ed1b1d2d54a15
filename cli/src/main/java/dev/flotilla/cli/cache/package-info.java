/**
 * {@code flotilla cache}: see how the caches of a running fleet fare, look into them, put and end
 * entries. Start reading at {@link dev.flotilla.cli.cache.CacheCommand}.
 */
@NullMarked
package dev.flotilla.cli.cache;

import org.jspecify.annotations.NullMarked;
