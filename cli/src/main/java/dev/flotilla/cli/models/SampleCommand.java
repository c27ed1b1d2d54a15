package dev.flotilla.cli.models;

import dev.flotilla.assistant.models.gguf.RandomLlama;
import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.model.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code flotilla models sample}. */
@Command(
    name = "sample",
    description = "Write a tiny model with random weights, to try an engine with.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla models sample tiny.gguf")
final class SampleCommand implements Callable<Integer> {
  private final Context context;

  @Parameters(index = "0", paramLabel = "FILE", description = "A new file that ends in .gguf.")
  private String name = "";

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      defaultValue = "1",
      description = "Another one gives other weights.")
  private long seed = 1;

  SampleCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Path file = context.directory().resolve(name).normalize();
    if (!name.endsWith(".gguf")) {
      throw CommandFailure.usage(
          "\"" + name + "\"", "a name that ends in .gguf", "Such as tiny.gguf.");
    }
    if (Files.exists(file)) {
      throw CommandFailure.of(
          name + ", which is there already", "a new file", "Name another, or remove it.");
    }
    try {
      RandomLlama.write(file, seed);
      long size = Files.size(file);
      if (context.options().json()) {
        context.printJson(Map.of("file", file.toString(), "bytes", size));
      } else {
        context
            .screen()
            .line(
                "%s: a llama with random weights, %s. It answers, and says nothing of sense."
                    .formatted(name, new Bytes(size)));
      }
      return ExitCode.OK;
    } catch (IOException e) {
      throw CommandFailure.of(
          "%s cannot be written: %s".formatted(file, e.getMessage()),
          "a folder that can be written",
          "Name another file.");
    }
  }
}
