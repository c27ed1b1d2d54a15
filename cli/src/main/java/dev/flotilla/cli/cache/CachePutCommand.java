package dev.flotilla.cli.cache;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.cli.context.JsonArgument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code flotilla cache put}. */
@Command(
    name = "put",
    description = "Keep a value under a key, or with null that there is none.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla cache put prompts a '{\"text\":\"…\"}' --tag model:llama")
final class CachePutCommand implements Callable<Integer> {
  private final Context context;

  @Parameters(index = "0", paramLabel = "CACHE", description = "Its name in the manifest.")
  private String cache = "";

  @Parameters(index = "1", paramLabel = "KEY", description = "What it is kept under.")
  private String key = "";

  @Parameters(index = "2", paramLabel = "JSON", description = "The value.")
  private String value = "";

  @Option(
      names = "--tag",
      paramLabel = "TAG",
      description = "A word by which it can be ended with others; may be given again.")
  private List<String> tags = List.of();

  @Option(
      names = "--ttl",
      paramLabel = "SECONDS",
      defaultValue = "0",
      description = "How long it is good; as the cache is set when left out.")
  private double ttl;

  CachePutCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (ttl < 0) {
      throw CommandFailure.usage("--ttl " + ttl, "more than 0 seconds", "Such as --ttl 60.");
    }
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("cache", cache);
    request.put("key", key);
    request.put("value", JsonArgument.read(value, "value", "{\"text\":\"x\"}"));
    request.put("tags", tags);
    if (ttl > 0) {
      request.put("ttl", ttl);
    }
    JsonNode kept = new CacheClient(context).ask("put", request);
    if (context.options().json()) {
      context.printJson(kept);
    } else {
      context.screen().line("Kept until " + kept.path("until").asText() + ".");
    }
    return ExitCode.OK;
  }
}
