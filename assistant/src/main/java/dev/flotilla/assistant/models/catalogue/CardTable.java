package dev.flotilla.assistant.models.catalogue;

import dev.flotilla.assistant.models.pool.Card;
import dev.flotilla.assistant.models.pool.CardId;
import dev.flotilla.model.Agent;
import dev.flotilla.model.Bytes;
import dev.flotilla.model.MachineCards;
import dev.flotilla.model.ModelRun;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Cards as the pool sees them: what others take is what agents declare or were seen to take,
 * whichever is more, and what strangers were seen to take. Pure.
 */
public final class CardTable {
  private CardTable() {}

  /**
   * @param reading of one machine
   * @param agents of that machine
   * @param models all models of the manifest
   * @param held what the pool's models hold on a card
   * @param leaving what those of them hold that are on their way out: their process may have ended
   *     already, and then their memory looks like a stranger's
   */
  public static List<Card> of(
      MachineCards reading,
      List<Agent> agents,
      Set<String> models,
      Function<CardId, Bytes> held,
      Function<CardId, Bytes> leaving,
      Card.WaterMarks marks) {
    Set<String> servers = models.stream().map(ModelRun::agentName).collect(Collectors.toSet());
    Map<Integer, Map<String, Bytes>> declared = DeclaredVram.of(agents, reading.cards());
    List<Card> cards = new ArrayList<>();
    for (MachineCards.Card card : reading.cards()) {
      CardId id = new CardId(reading.machine(), card.index());
      long foreign =
          foreign(
              card,
              declared.getOrDefault(card.index(), Map.of()),
              servers,
              held.apply(id),
              leaving.apply(id));
      cards.add(new Card(id, card.total(), new Bytes(Math.max(0, foreign)), marks));
    }
    CardId main = new CardId(reading.machine(), CardId.CPU);
    long taken = reading.memory().count() - reading.free().count() - held.apply(main).count();
    cards.add(new Card(main, reading.memory(), new Bytes(Math.max(0, taken)), marks));
    return cards;
  }

  private static long foreign(
      MachineCards.Card card,
      Map<String, Bytes> declared,
      Set<String> servers,
      Bytes held,
      Bytes leaving) {
    long promised = declared.values().stream().mapToLong(Bytes::count).sum();
    if (card.used().isEmpty()) {
      return promised;
    }
    if (card.uses().isEmpty()) {
      return Math.max(promised, card.used().get().count() - held.count());
    }
    Map<String, Long> seen = new HashMap<>();
    long models = 0;
    long known = 0;
    for (MachineCards.Use use : card.uses().get()) {
      known += use.held().count();
      if (use.agent().filter(servers::contains).isPresent()) {
        models += use.held().count();
      } else {
        use.agent().ifPresent(agent -> seen.merge(agent, use.held().count(), Long::sum));
      }
    }
    long agents = 0;
    for (Map.Entry<String, Bytes> each : declared.entrySet()) {
      agents += Math.max(each.getValue().count(), seen.getOrDefault(each.getKey(), 0L));
    }
    long declaredAndSeen =
        declared.keySet().stream().mapToLong(agent -> seen.getOrDefault(agent, 0L)).sum();
    long strangers = Math.max(card.used().get().count(), known) - models - declaredAndSeen;
    return agents + Math.max(0, strangers - leaving.count());
  }

  /** What a model's server was seen to take on a card; 0 when nothing was seen. */
  public static Bytes seen(MachineCards reading, int card, String model) {
    return new Bytes(
        reading.cards().stream()
            .filter(each -> each.index() == card)
            .flatMap(each -> each.uses().stream().flatMap(List::stream))
            .filter(use -> use.agent().filter(ModelRun.agentName(model)::equals).isPresent())
            .mapToLong(use -> use.held().count())
            .sum());
  }
}
