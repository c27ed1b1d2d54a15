package dev.flotilla.kernel.config;

import dev.flotilla.model.Position;
import dev.flotilla.model.Problem;
import dev.flotilla.model.Result;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the {@code config} of an agent into a record, strictly: every mistake is found at once. */
public final class Configuration {
  private Configuration() {}

  /**
   * What is not configured stays as in the defaults. Unknown keys and values of the wrong type are
   * problems. A duration is a number of seconds or a text such as {@code 500ms}, {@code 30s},
   * {@code 5m}; a size is a number of bytes or a text such as {@code 4GiB}.
   *
   * @param where the place problems are reported at, where the configuration does not know the
   *     place of the key itself
   */
  public static <C extends Record> Result<C> decode(
      Map<String, Object> config, C defaults, Position where) {
    RecordReader reader = new RecordReader(where);
    @Nullable Object value = reader.record(config, defaults.getClass(), defaults, "config");
    List<Problem> problems = reader.problems();
    return value != null
        ? new Result.Ok<>(cast(defaults, value), List.of())
        : new Result.Failed<>(problems);
  }

  @SuppressWarnings("unchecked")
  private static <C extends Record> C cast(C defaults, Object value) {
    return (C) defaults.getClass().cast(value);
  }
}
