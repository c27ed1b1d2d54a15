package dev.flotilla.assistant.models.gguf;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/** The names of the files one model is split over. */
final class SplitFiles {
  private static final Pattern NAME = Pattern.compile("(.*)-(\\d{5})-of-(\\d{5})\\.gguf");

  private SplitFiles() {}

  /** The files that follow the first; none when the model is whole. */
  static List<Path> after(Path first, long count) throws GgufException {
    if (count <= 1) {
      return List.of();
    }
    Matcher name = NAME.matcher(String.valueOf(first.getFileName()));
    if (!name.matches() || Long.parseLong(name.group(3)) != count) {
      throw new GgufException(
          "%s says it is one of %d files, expected a name that ends in -00001-of-%05d.gguf"
              .formatted(first.getFileName(), count, count));
    }
    if (!name.group(2).equals("00001")) {
      throw new GgufException(
          "%s is a later part of its model; name the first part, %s-00001-of-%s.gguf"
              .formatted(first.getFileName(), name.group(1), name.group(3)));
    }
    return LongStream.rangeClosed(2, count)
        .mapToObj(
            k -> first.resolveSibling("%s-%05d-of-%05d.gguf".formatted(name.group(1), k, count)))
        .toList();
  }
}
