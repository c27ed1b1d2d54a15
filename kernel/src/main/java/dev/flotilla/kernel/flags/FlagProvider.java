package dev.flotilla.kernel.flags;

import dev.flotilla.model.Flag;
import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.FeatureProvider;
import dev.openfeature.sdk.Metadata;
import dev.openfeature.sdk.ProviderEvaluation;
import dev.openfeature.sdk.Reason;
import dev.openfeature.sdk.Value;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Flags through the OpenFeature API: {@code OpenFeatureAPI.createIsolated()}, then {@code
 * setProviderAndWait(new FlagProvider(flags))}. The targeting key of the evaluation context is the
 * key of {@link FlagEvaluation}; without one every caller gets the answer of the empty key.
 */
public final class FlagProvider implements FeatureProvider {
  private final Flags flags;

  public FlagProvider(Flags flags) {
    this.flags = flags;
  }

  @Override
  public Metadata getMetadata() {
    return () -> "flotilla";
  }

  @Override
  public ProviderEvaluation<Boolean> getBooleanEvaluation(
      String key, Boolean fallback, @Nullable EvaluationContext context) {
    return evaluate(key, fallback, context, value -> as(Boolean.class, value));
  }

  @Override
  public ProviderEvaluation<String> getStringEvaluation(
      String key, String fallback, @Nullable EvaluationContext context) {
    return evaluate(key, fallback, context, value -> as(String.class, value));
  }

  @Override
  public ProviderEvaluation<Integer> getIntegerEvaluation(
      String key, Integer fallback, @Nullable EvaluationContext context) {
    return evaluate(key, fallback, context, value -> as(Integer.class, value));
  }

  @Override
  public ProviderEvaluation<Double> getDoubleEvaluation(
      String key, Double fallback, @Nullable EvaluationContext context) {
    return evaluate(
        key, fallback, context, value -> as(Number.class, value).map(Number::doubleValue));
  }

  @Override
  public ProviderEvaluation<Value> getObjectEvaluation(
      String key, Value fallback, @Nullable EvaluationContext context) {
    return evaluate(key, fallback, context, value -> Optional.of(Value.objectToValue(value)));
  }

  private <T> ProviderEvaluation<T> evaluate(
      String name,
      T fallback,
      @Nullable EvaluationContext context,
      Function<Object, Optional<T>> read) {
    Flag flag = flags.all().get(name);
    if (flag == null) {
      return error(fallback, ErrorCode.FLAG_NOT_FOUND, "no flag " + name);
    }
    String variant = FlagEvaluation.variant(flag, keyOf(context));
    Object value = flag.variants().get(variant);
    Optional<T> typed = value == null ? Optional.empty() : read.apply(value);
    if (typed.isEmpty()) {
      return error(
          fallback, ErrorCode.TYPE_MISMATCH, name + " has the value " + value + " of another type");
    }
    return ProviderEvaluation.<T>builder()
        .value(typed.get())
        .variant(variant)
        .reason((flag.split().isEmpty() ? Reason.STATIC : Reason.SPLIT).name())
        .build();
  }

  private static <T> ProviderEvaluation<T> error(T fallback, ErrorCode code, String message) {
    return ProviderEvaluation.<T>builder()
        .value(fallback)
        .reason(Reason.ERROR.name())
        .errorCode(code)
        .errorMessage(message)
        .build();
  }

  private static String keyOf(@Nullable EvaluationContext context) {
    String key = context == null ? null : context.getTargetingKey();
    return key == null ? "" : key;
  }

  private static <T> Optional<T> as(Class<T> type, Object value) {
    return type.isInstance(value) ? Optional.of(type.cast(value)) : Optional.empty();
  }
}
