package dev.flotilla.assistant.cache;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Somebody is finding out what a key stands for, and others wait for it. Thread-safe. */
final class Flight {
  /** By which who finds out is known, when that is done elsewhere. */
  final String ticket;

  final Instant until;
  final CompletableFuture<Cached> landed = new CompletableFuture<>();
  private final List<Invalidation> meanwhile = new ArrayList<>();

  Flight(String ticket, Instant until) {
    this.ticket = ticket;
    this.until = until;
  }

  synchronized void heard(Invalidation invalidation) {
    meanwhile.add(invalidation);
  }

  /** Whether what was found out may already be out of date. */
  synchronized boolean overtaken(String key, Cached found) {
    return meanwhile.stream().anyMatch(i -> i.covers(key, found.tags()));
  }
}
