package dev.flotilla.assistant.cache;

import dev.flotilla.bus.Message;
import dev.flotilla.kernel.ServiceContext;
import dev.flotilla.kernel.wire.Wire;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Invalidations across agents, as events {@code flotilla.event.cache.<name>}: whoever keeps a cache
 * of the name in memory hears of them. Thread-safe.
 */
public final class CacheEvents {
  private static final Logger log = LoggerFactory.getLogger(CacheEvents.class);

  private final ServiceContext context;
  private final String origin = UUID.randomUUID().toString();

  public CacheEvents(ServiceContext context) {
    this.context = context;
  }

  /**
   * Lets the cache hear what others say of it, and the events of {@code invalidateOn}, until the
   * service ends.
   */
  public void follow(NamedCache cache, Map<String, String> invalidateOn) {
    context.keep(
        context
            .bus()
            .subscribe(
                "flotilla.event.cache." + cache.name(), "", message -> hear(cache, message)));
    invalidateOn.forEach(
        (event, tag) ->
            context.keep(
                context
                    .bus()
                    .subscribe(
                        "flotilla.event." + event,
                        "",
                        message -> {
                          int ended = cache.invalidate(of(cache.name(), List.of(), tag));
                          log.debug(
                              "{} ended {} entries of {}", message.subject(), ended, cache.name());
                        })));
  }

  private void hear(NamedCache cache, Message message) {
    try {
      Invalidation invalidation = Wire.read(message.data(), Invalidation.class);
      if (!invalidation.origin().equals(origin)) {
        var _ = cache.invalidate(invalidation);
      }
    } catch (UncheckedIOException e) {
      log.warn("What {} says cannot be read: {}", message.subject(), e.getMessage());
    }
  }

  private Invalidation of(String cache, List<String> keys, String tag) {
    boolean all = tag.equals("*");
    return new Invalidation(cache, keys, all ? List.of() : List.of(tag), all, origin);
  }

  /** Ends entries here, behind, and wherever else the cache is kept; gives how many were here. */
  public int invalidate(NamedCache cache, List<String> keys, List<String> tags, boolean all) {
    Invalidation invalidation = new Invalidation(cache.name(), keys, tags, all, origin);
    int ended = cache.invalidate(invalidation);
    context.tell("cache." + cache.name(), invalidation);
    return ended;
  }
}
