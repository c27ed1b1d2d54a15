package dev.flotilla.plan.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * One thing that happened to a plan.
 *
 * @param sequence one more than the highest its writer had seen; orders events of one branch even
 *     when the clock ran backwards
 * @param id unique everywhere, so that merged logs show no event twice
 * @param who the person or agent
 * @param phase the phase's index, −1 when it is about the whole plan
 * @param title the phase's title at that time, to find it again when numbers changed in a merge
 * @param data what else belongs to this kind; not to be changed
 */
public record Event(
    long sequence,
    String id,
    Instant at,
    String who,
    Kind kind,
    int phase,
    String title,
    ObjectNode data) {

  /** A text of the data, empty when absent. */
  public String text(String key) {
    JsonNode node = data.get(key);
    return node == null || node.isNull() ? "" : node.asText();
  }

  /** A number of the data. */
  public double number(String key, double otherwise) {
    JsonNode node = data.get(key);
    return node == null || !node.isNumber() ? otherwise : node.doubleValue();
  }

  public boolean is(String key) {
    return data.path(key).asBoolean(false);
  }
}
