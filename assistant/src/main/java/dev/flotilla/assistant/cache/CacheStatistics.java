package dev.flotilla.assistant.cache;

/**
 * How a cache fares since it began.
 *
 * @param hits in memory
 * @param sharedHits in Redis
 * @param joined askers that waited for what another was already finding out
 * @param evicted for want of room
 * @param entries now
 * @param bytes of keys and values, now; 0 for a cache without a limit of weight
 */
public record CacheStatistics(
    String cache,
    long hits,
    long sharedHits,
    long misses,
    long joined,
    long refreshes,
    long evicted,
    long invalidated,
    long entries,
    long bytes) {}
