package dev.flotilla.assistant.door.keys;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A virtual key, without its secret.
 *
 * @param name unique; shown in metrics and explanations
 * @param hash SHA-256 of the secret, in hexadecimal
 * @param operations what it may be used for, such as {@code chat}; empty for everything
 * @param models what it may ask for, and no other target answers it; empty for all
 */
public record Key(
    String name,
    String hash,
    Instant created,
    List<String> operations,
    List<String> models,
    Allowance allowance) {
  public Key {
    operations = List.copyOf(operations);
    models = List.copyOf(models);
  }

  /**
   * How much a key may use; what is empty is not limited. Days begin at midnight UTC.
   *
   * @param tokens asked and answered, in all
   * @param money in all
   */
  public record Allowance(
      Optional<Long> tokens,
      Optional<Long> tokensADay,
      Optional<Double> money,
      Optional<Double> moneyADay,
      Optional<Integer> requestsAMinute,
      Optional<Integer> tokensAMinute) {
    /** Whether there is a budget, which must hold also when the process is killed. */
    boolean limited() {
      return tokens.isPresent()
          || tokensADay.isPresent()
          || money.isPresent()
          || moneyADay.isPresent();
    }

    public static final Allowance FREE =
        new Allowance(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
  }

  /** Whether it may be answered by a target, named alone or with a model of it. */
  public boolean mayAsk(String target) {
    return models.isEmpty()
        || models.contains(target)
        || models.stream().anyMatch(model -> target.startsWith(model + "/"));
  }

  /** What no other key has, also not one that was given the same name later. */
  public String identity() {
    return name + "\n" + hash;
  }

  /** Without the hash. */
  @Override
  public String toString() {
    return "Key[" + name + "]";
  }
}
