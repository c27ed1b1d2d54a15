package dev.flotilla.assistant.models;

import dev.flotilla.assistant.models.pool.Effect;
import dev.flotilla.assistant.models.pool.Pool;
import java.util.List;

/** Something that happened, as the pool is told of it; gives what follows from it. */
@FunctionalInterface
interface Change {
  List<Effect> of(Pool pool);
}
