package dev.flotilla.assistant.models.pool;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How soon each model is likely to be wanted again, told from its last reuse distances: how many
 * requests for any model lay between two for this one. Time is counted in requests, so that a quiet
 * night forgets nothing. Immutable.
 *
 * @param requests seen so far
 * @param models what is known of each
 */
public record Reuse(long requests, Map<String, Past> models) {
  public static final Reuse NOTHING = new Reuse(0, Map.of());

  /** How much less a use counts that is one request farther away; far ahead nobody can plan. */
  private static final double DISCOUNT = 0.97;

  /** How many distances are kept of each model. */
  private static final int KEPT = 8;

  /** After how many requests a use counts half for how popular a model is. */
  private static final double HALF_LIFE = 60;

  /** How many distances popularity weighs as much as. */
  private static final double PRIOR = 3;

  /**
   * What is known of one model.
   *
   * @param last the request that was for it, counted from 1
   * @param distances between its last uses, the newest last
   * @param uses weighed by age as of the last one
   */
  public record Past(long last, List<Long> distances, double uses) {
    public Past {
      distances = List.copyOf(distances);
    }

    private double uses(long now) {
      return uses * Math.pow(0.5, (now - last) / HALF_LIFE);
    }

    private Past used(long now) {
      List<Long> next = new ArrayList<>(distances);
      next.add(now - last);
      return new Past(
          now, next.subList(Math.max(0, next.size() - KEPT), next.size()), uses(now) + 1);
    }
  }

  public Reuse {
    models = Map.copyOf(models);
  }

  /** Somebody wants a model. */
  public Reuse wanted(String model) {
    long now = requests + 1;
    Map<String, Past> next = new HashMap<>(models);
    next.merge(model, new Past(now, List.of(), 1), (past, first) -> past.used(now));
    return new Reuse(now, next);
  }

  /**
   * How likely a model is wanted again, soon counting more than late: the expected discount of its
   * next use, from 0 to 1. Of the distances it had, those count that are not over yet; how popular
   * it is stands for all it has not shown.
   */
  public double likelihood(String model) {
    Past past = models.get(model);
    if (past == null) {
      return 0;
    }
    long age = requests - past.last();
    double weight = PRIOR;
    double sum = PRIOR * popularity(past);
    for (long distance : past.distances()) {
      if (distance >= age) {
        weight++;
        sum += Math.pow(DISCOUNT, (double) (distance - age + 1));
      }
    }
    return sum / weight;
  }

  /** The expected discount if every request were for it with the chance it had lately. */
  private double popularity(Past past) {
    double all = models.values().stream().mapToDouble(each -> each.uses(requests)).sum();
    double chance = past.uses(requests) / all;
    return DISCOUNT * chance / (1 - DISCOUNT * (1 - chance));
  }
}
