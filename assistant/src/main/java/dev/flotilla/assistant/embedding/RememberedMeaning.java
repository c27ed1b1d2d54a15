package dev.flotilla.assistant.embedding;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;

/** Asks another once for each text that is in use. Thread-safe. */
public final class RememberedMeaning implements Meaning {
  private final Meaning meaning;
  private final Cache<String, float[]> vectors;

  /**
   * @param most how many texts are remembered, about 2 KiB each
   */
  public RememberedMeaning(Meaning meaning, int most) {
    this.meaning = meaning;
    this.vectors = Caffeine.newBuilder().maximumSize(most).build();
  }

  @Override
  public List<float[]> of(List<String> texts) {
    return texts.stream()
        .map(text -> vectors.get(text, t -> meaning.of(List.of(t)).getFirst()).clone())
        .toList();
  }

  @Override
  public boolean seesAllOf(String text) {
    return meaning.seesAllOf(text);
  }
}
