package dev.flotilla.model.shape;

import dev.flotilla.model.yaml.YamlNode;
import java.util.Optional;

/** What to write instead of something that people know from other programs' files. */
public interface Hints {
  /** A key of another program. */
  sealed interface Foreign {
    /** The known key is called otherwise and takes the same value. */
    record Called(String key) implements Foreign {}

    /** What is meant is written otherwise; the advice says how. */
    record Written(String advice) implements Foreign {}
  }

  /** What a key means that the shape does not know. */
  Optional<Foreign> key(Shape shape, String key);

  /** Advice for a value that has the form of another program, even one that could be read. */
  Optional<String> value(Type type, YamlNode value);
}
