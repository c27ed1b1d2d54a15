package dev.flotilla.assistant.models.pool;

import dev.flotilla.model.Bytes;
import java.time.Instant;
import java.util.Optional;

/**
 * A model as others may see it.
 *
 * @param held what it takes; 0 while it is absent
 * @param waiting how many wait for it
 */
public record ModelView(
    String model,
    ModelState state,
    Instant since,
    Optional<String> variant,
    Optional<CardId> card,
    Bytes held,
    String address,
    int leases,
    int waiting,
    boolean pinned,
    boolean draining,
    Instant lastUsed,
    String reason) {}
