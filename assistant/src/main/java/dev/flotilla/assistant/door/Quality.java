package dev.flotilla.assistant.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.assistant.upstream.Call;
import dev.flotilla.assistant.upstream.Reply;
import dev.flotilla.assistant.upstream.Upstream;
import dev.flotilla.assistant.upstream.UpstreamException;
import dev.flotilla.assistant.upstream.Usage;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Scores answers from 0 to 1: by checks that need no model, or by asking a judge. Pure but for him.
 */
final class Quality {
  private static final double CUT_OFF = 0.5;
  private static final double REFUSED = 0.2;
  private static final double REPEATS_ITSELF = 0.3;
  private static final int MOST_REPETITIONS = 4;
  private static final int MOST_SHOWN = 8_000;
  private static final Pattern SCORE =
      Pattern.compile("(?<![\\d.])(0(\\.\\d+)?|1(\\.0+)?)(?![\\d.])");

  private Quality() {}

  /**
   * How good an answer is.
   *
   * @param value from 0 to 1
   * @param judging what the judge took; empty when he was not asked, or did not answer
   */
  record Score(double value, Optional<Usage> judging) {}

  /** By the judge where there is one that answers with a score, else by the checks. */
  static Score score(Call call, ObjectNode answer, Optional<Upstream> judge) {
    double checked = checks(answer);
    if (checked == 0 || judge.isEmpty()) {
      return new Score(checked, Optional.empty());
    }
    try {
      return judged(call, answer, judge.get(), checked);
    } catch (UpstreamException e) {
      return new Score(checked, Optional.empty());
    }
  }

  static double checks(ObjectNode answer) {
    JsonNode choice = answer.path("choices").path(0);
    JsonNode message = choice.path("message");
    String text = message.path("content").asText(choice.path("text").asText("")).strip();
    if (!message.path("tool_calls").isEmpty()) {
      return 1;
    }
    if (text.isEmpty()) {
      return 0;
    }
    if (message.path("refusal").isTextual()
        || choice.path("finish_reason").asText().equals("content_filter")) {
      return REFUSED;
    }
    if (repetitions(text) >= MOST_REPETITIONS) {
      return REPEATS_ITSELF;
    }
    return choice.path("finish_reason").asText().equals("length") ? CUT_OFF : 1;
  }

  /** How often the sentence that comes most often does. */
  private static int repetitions(String text) {
    Map<String, Integer> counts = new HashMap<>();
    Arrays.stream(text.split("(?<=[.!?\\n])\\s*"))
        .map(String::strip)
        .filter(sentence -> sentence.length() > 10)
        .forEach(sentence -> counts.merge(sentence, 1, Integer::sum));
    return counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  private static Score judged(Call call, ObjectNode answer, Upstream judge, double checked)
      throws UpstreamException {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("temperature", 0).put("max_tokens", 10);
    body.putArray("messages")
        .addObject()
        .put("role", "user")
        .put(
            "content",
            "Score how well the answer serves the question, from 0 (useless) to 1 (perfect). Reply"
                + " with the number alone.\n\nQuestion:\n"
                + shortened(call.text())
                + "\n\nAnswer:\n"
                + shortened(
                    answer.path("choices").path(0).path("message").path("content").asText()));
    Call question = new Call(Call.Kind.CHAT, body, false, call.left());
    if (!(judge.ask(question) instanceof Reply.Whole(ObjectNode said))) {
      return new Score(checked, Optional.empty());
    }
    String verdict = said.path("choices").path(0).path("message").path("content").asText("");
    Usage took = Usage.of(said).orElseGet(() -> Usage.byLength(question, verdict.length()));
    Matcher score = SCORE.matcher(verdict);
    return new Score(score.find() ? Double.parseDouble(score.group()) : checked, Optional.of(took));
  }

  private static String shortened(String text) {
    return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN);
  }
}
