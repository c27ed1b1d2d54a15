/**
 * Named caches for agents, in memory with Redis behind it where there is one, and the cache of
 * answers for the door. Start reading at {@link dev.flotilla.assistant.cache.NamedCache}.
 */
@NullMarked
package dev.flotilla.assistant.cache;

import org.jspecify.annotations.NullMarked;
