package dev.flotilla.assistant.door.answers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flotilla.assistant.cache.CacheSettings;
import dev.flotilla.assistant.cache.Invalidation;
import dev.flotilla.assistant.cache.NamedCache;
import dev.flotilla.assistant.cache.ResponseCache;
import dev.flotilla.assistant.cache.Scope;
import dev.flotilla.assistant.cache.SecondLevel;
import dev.flotilla.assistant.cache.semantic.SemanticCache;
import dev.flotilla.assistant.embedding.EmbeddingUnavailable;
import dev.flotilla.assistant.embedding.Meaning;
import dev.flotilla.assistant.upstream.Call;
import dev.flotilla.assistant.upstream.Texts;
import dev.flotilla.model.Router;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answers the door gives again, to the key they were given to, for the target and the system
 * prompt they were made with, and to nobody else. Thread-safe.
 */
public final class AnswerCache {
  /** Of the name others can invalidate it by. */
  public static final String NAME = "answers";

  private static final Logger log = LoggerFactory.getLogger(AnswerCache.class);
  private static final int MOST_MEANINGS = 2_000;
  private static final int MOST_BYTES = 1 << 20;

  private final AnswerCacheConfig config;
  private final NamedCache cache;
  private final ResponseCache exact;
  private final Optional<SemanticCache> semantic;
  private final AtomicInteger generation = new AtomicInteger();

  /** What answers depend on beside their request: the manifest that says who the targets are. */
  private volatile String manifest = "";

  /**
   * @param behind where exact answers are kept, too
   */
  public AnswerCache(
      AnswerCacheConfig config, Meaning meaning, Clock clock, Optional<SecondLevel> behind) {
    this.config = config;
    this.cache =
        new NamedCache(
            NAME,
            new CacheSettings(
                Optional.empty(),
                Optional.of(config.weight()),
                Optional.of(config.ttl()),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty()),
            clock,
            behind);
    this.exact = new ResponseCache(cache);
    this.semantic =
        config.answers() == AnswerCacheConfig.Kept.SEMANTIC
            ? Optional.of(
                new SemanticCache(meaning, config.threshold(), MOST_MEANINGS, config.ttl(), clock))
            : Optional.empty();
  }

  /** The cache, for those who tell it what is not good any more. */
  public NamedCache named() {
    return cache;
  }

  /**
   * Looks for the answer to a request.
   *
   * @param key of whom
   * @param chain who is to be asked, in turn; answers of the first of them are kept, but never
   *     those of the built-in engine, which are of this moment
   * @param cacheControl the header of the request: {@code no-store} leaves the cache alone, {@code
   *     no-cache} asks anew and keeps the answer
   */
  public Visit visit(String key, List<String> chain, Call call, Optional<String> cacheControl) {
    Set<String> wishes =
        cacheControl.stream()
            .flatMap(text -> Arrays.stream(text.split(",", -1)))
            .map(word -> word.strip().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    if (config.answers() == AnswerCacheConfig.Kept.OFF) {
      return Visit.none("off");
    }
    Optional<String> first = chain.stream().filter(t -> !t.equals(Router.BUILT_IN)).findFirst();
    if (first.isEmpty()) {
      return Visit.none("passed by: the built-in engine answers of this moment");
    }
    String target = first.get();
    Optional<String> unfit =
        wishes.contains("no-store")
            ? Optional.of("no-store")
            : Fitness.unfit(call, config.anyTemperature());
    if (unfit.isPresent()) {
      return Visit.none("passed by: " + unfit.get());
    }
    Scope scope = Scope.of(key, target, manifest + system(call));
    if (wishes.contains("no-cache")) {
      return new Visit("passed by: no-cache", Optional.empty(), keeper(scope, target, call));
    }
    Optional<ObjectNode> known = exact.find(scope, call.body()).flatMap(AnswerCache::object);
    if (known.isPresent()) {
      return new Visit("hit", known, Visit.KEEPS_NOTHING);
    }
    return near(scope, call)
        .flatMap(
            hit ->
                object(hit.answer())
                    .map(
                        answer ->
                            new Visit(
                                "hit by meaning, %.2f alike".formatted(hit.likeness()),
                                Optional.of(answer),
                                Visit.KEEPS_NOTHING)))
        .orElseGet(() -> new Visit("miss", Optional.empty(), keeper(scope, target, call)));
  }

  private Optional<SemanticCache.Hit> near(Scope scope, Call call) {
    Optional<String> question = semantic.flatMap(on -> Fitness.singleQuestion(call));
    if (question.isEmpty()) {
      return Optional.empty();
    }
    try {
      return semantic.orElseThrow().find(rest(scope, call), question.get());
    } catch (EmbeddingUnavailable e) {
      log.warn("Answers are not found by meaning: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private static Scope rest(Scope scope, Call call) {
    return ResponseCache.within(scope, Fitness.withoutQuestion(call));
  }

  private Visit.Keeper keeper(Scope scope, String target, Call call) {
    int before = generation.get();
    return (by, answer) -> {
      if (by.equals(target)
          && generation.get() == before
          && Fitness.complete(call.kind(), answer)
          && answer.toString().length() <= MOST_BYTES) {
        exact.keep(scope, call.body(), answer, Set.of(tag(target)));
        Optional<String> question = semantic.flatMap(on -> Fitness.singleQuestion(call));
        if (question.isPresent()) {
          Scope rest = rest(scope, call);
          Thread.startVirtualThread(() -> keepMeaning(rest, question.get(), answer, before));
        }
      }
    };
  }

  /** Beside the answer, which does not wait for the model that finds out the meaning. */
  private void keepMeaning(Scope scope, String question, JsonNode answer, int before) {
    try {
      semantic.orElseThrow().keep(scope, question, answer);
      if (generation.get() != before) {
        semantic.orElseThrow().clear();
      }
    } catch (EmbeddingUnavailable e) {
      log.warn("An answer is not kept by its meaning: {}", e.getMessage());
    }
  }

  private static String system(Call call) {
    return call.conversation().stream()
        .filter(said -> said.role().equals("system") || said.role().equals("developer"))
        .map(Texts.Said::text)
        .collect(Collectors.joining("\n"));
  }

  private static Optional<ObjectNode> object(JsonNode node) {
    return node instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
  }

  private static String tag(String target) {
    int slash = target.indexOf('/');
    return "target:" + (slash < 1 ? target : target.substring(0, slash));
  }

  /** How many answers can be found by their meaning, about. */
  public long meanings() {
    return semantic.map(SemanticCache::size).orElse(0L);
  }

  /** Ends the answers of these targets, as when a model was loaded anew. */
  public void end(Set<String> targets) {
    List<String> tags = targets.stream().map(AnswerCache::tag).toList();
    var _ = generation.incrementAndGet();
    var _ = cache.invalidate(new Invalidation(NAME, List.of(), tags, false, ""));
    semantic.ifPresent(SemanticCache::clear);
  }

  /**
   * From now on answers are those of another manifest. What lies behind stays, for doors that have
   * the same one.
   *
   * @param targets what the manifest says of them, as JSON
   */
  public void begin(JsonNode targets) {
    manifest = ResponseCache.digest(targets);
    var _ = generation.incrementAndGet();
    var _ = cache.hear(new Invalidation(NAME, List.of(), List.of(), true, ""));
    semantic.ifPresent(SemanticCache::clear);
  }
}
