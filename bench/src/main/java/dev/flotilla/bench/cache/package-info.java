/**
 * The caches: how fast they answer beside what they are made of, and how often the semantic cache
 * gives the answer to another question. Start reading at {@code CacheBench}, one command of about a
 * minute: {@code CacheBench bench/reports/cache.md}.
 */
@NullMarked
package dev.flotilla.bench.cache;

import org.jspecify.annotations.NullMarked;
