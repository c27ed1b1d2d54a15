package dev.flotilla.assistant.cache;

import java.util.concurrent.atomic.LongAdder;

/** Counts what happens to a cache. Thread-safe. */
final class Tally {
  final LongAdder hits = new LongAdder();
  final LongAdder sharedHits = new LongAdder();
  final LongAdder misses = new LongAdder();
  final LongAdder joined = new LongAdder();
  final LongAdder refreshes = new LongAdder();
  final LongAdder evicted = new LongAdder();
  final LongAdder invalidated = new LongAdder();
}
