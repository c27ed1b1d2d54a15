package dev.flotilla.assistant.models.pool;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Chooses which idle models leave. The cheapest to have back go first: reload time × likelihood of
 * use ÷ size. Then those are kept after all that turn out not to be needed, the dearest first.
 */
public final class Eviction {
  private static final Comparator<Resident> CHEAPEST_FIRST =
      Comparator.comparingDouble(Resident::regret)
          .thenComparing(Resident::lastUsed)
          .thenComparing(Resident::model)
          .thenComparing(Resident::variant);

  private Eviction() {}

  /**
   * @param onCard the models on the card that needs room
   * @param everywhere all models, for when there are too many of them
   * @param bytes how much must leave the card
   * @param count how many must leave at least, wherever they are
   * @return in the order to unload them; empty when what may leave is not enough
   */
  static Optional<List<Resident>> choose(
      List<Resident> onCard, List<Resident> everywhere, long bytes, int count) {
    List<Resident> chosen = new ArrayList<>();
    long freed = 0;
    for (Resident each :
        onCard.stream().filter(Resident::evictable).sorted(CHEAPEST_FIRST).toList()) {
      if (freed >= bytes) {
        break;
      }
      chosen.add(each);
      freed += each.held().count();
    }
    if (freed < bytes) {
      return Optional.empty();
    }
    for (Resident each : chosen.reversed().stream().toList()) {
      if (freed - each.held().count() >= bytes) {
        chosen.remove(each);
        freed -= each.held().count();
      }
    }
    everywhere.stream()
        .filter(Resident::evictable)
        .filter(each -> !chosen.contains(each))
        .sorted(CHEAPEST_FIRST)
        .limit(Math.max(0, count - chosen.size()))
        .forEach(chosen::add);
    return chosen.size() < count ? Optional.empty() : Optional.of(List.copyOf(chosen));
  }

  /** What should leave because others pushed a card over its high mark; nothing while it is not. */
  public static List<Resident> relieve(Card card, List<Resident> onCard) {
    long held = onCard.stream().mapToLong(r -> r.held().count()).sum();
    if (held <= card.ceiling()) {
      return List.of();
    }
    List<Resident> leaving = new ArrayList<>();
    for (Resident each :
        onCard.stream().filter(Resident::evictable).sorted(CHEAPEST_FIRST).toList()) {
      if (held <= card.floor()) {
        break;
      }
      leaving.add(each);
      held -= each.held().count();
    }
    return leaving;
  }

  static double regret(List<Resident> evicted) {
    return evicted.stream().mapToDouble(r -> r.regret() * Math.max(1, r.held().count())).sum();
  }
}
