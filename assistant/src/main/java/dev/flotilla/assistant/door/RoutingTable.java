package dev.flotilla.assistant.door;

import dev.flotilla.assistant.router.Choice;
import dev.flotilla.assistant.router.Policy;
import dev.flotilla.assistant.upstream.Upstream;
import dev.flotilla.kernel.flags.Flags;
import dev.flotilla.model.Router;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who can be asked, and the policy by which one is chosen, of one manifest. Immutable.
 *
 * @param leaves those that are asked themselves
 * @param spread those that stand for one of several others
 * @param judge who scores answers; empty for the checks that need no model
 */
record RoutingTable(
    Policy policy,
    Map<String, Leaf> leaves,
    Map<String, Router.Target> spread,
    Optional<String> judge) {
  RoutingTable {
    leaves = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(leaves));
    spread = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(spread));
  }

  /**
   * A target that is asked itself.
   *
   * @param anyModel whether the request may name the model, as {@code target/model}
   * @param inputPrice in money for a million tokens
   */
  record Leaf(
      String name,
      Upstream upstream,
      boolean anyModel,
      double inputPrice,
      double outputPrice,
      boolean resume) {
    double cost(long input, long output) {
      return (input * inputPrice + output * outputPrice) / 1e6;
    }
  }

  /** What a request may name as its model, in order. */
  List<String> models() {
    Set<String> names = new LinkedHashSet<>(List.of("auto"));
    names.addAll(leaves.keySet());
    names.addAll(spread.keySet());
    policy.classes().forEach(c -> names.add(c.name()));
    return List.copyOf(names);
  }

  /** Whether a name is that of a target. */
  boolean isTarget(String name) {
    return leaf(name).isPresent() || spread.containsKey(name);
  }

  /** The target of a name such as {@code cloud_api} or {@code cloud_api/gpt-4o}. */
  Optional<Leaf> leaf(String name) {
    Leaf exact = leaves.get(name);
    if (exact != null) {
      return Optional.of(exact);
    }
    int slash = name.indexOf('/');
    return slash < 1
        ? Optional.empty()
        : Optional.ofNullable(leaves.get(name.substring(0, slash))).filter(Leaf::anyModel);
  }

  /**
   * The names of those to be asked, in turn, each once.
   *
   * @param session what always gets the same one of several
   */
  List<String> chain(Choice choice, String session, Flags flags) {
    Set<String> chain = new LinkedHashSet<>();
    for (String target : choice.targets()) {
      end(target, session, flags, new ArrayList<>()).ifPresent(chain::add);
    }
    return List.copyOf(chain);
  }

  private Optional<String> end(String name, String session, Flags flags, List<String> seen) {
    Router.Target target = spread.get(name);
    if (target == null) {
      return leaf(name).map(leaf -> name);
    }
    if (seen.contains(name)) {
      return Optional.empty();
    }
    seen.add(name);
    Optional<String> next =
        target.flag().isPresent()
            ? flags.value(target.flag().get(), session).map(String::valueOf)
            : Optional.of(share(name, target.shares(), session));
    return next.flatMap(n -> end(n, session, flags, seen));
  }

  /** By a stable hash, so that a session stays where it is. */
  private static String share(String name, Map<String, Double> shares, String session) {
    double all = shares.values().stream().mapToDouble(Double::doubleValue).sum();
    int hash = (name + '\n' + session).hashCode() * 0x9E3779B9;
    double point = (Integer.toUnsignedLong(hash ^ hash >>> 15) / 4294967296.0) * all;
    for (Map.Entry<String, Double> each : shares.entrySet()) {
      point -= each.getValue();
      if (point < 0) {
        return each.getKey();
      }
    }
    return List.copyOf(shares.keySet()).getLast();
  }
}
