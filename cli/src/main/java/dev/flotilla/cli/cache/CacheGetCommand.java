package dev.flotilla.cli.cache;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code flotilla cache get}. */
@Command(
    name = "get",
    description = "Show what is kept under a key; 1 when nothing is.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla cache get prompts a")
final class CacheGetCommand implements Callable<Integer> {
  private final Context context;

  @Parameters(index = "0", paramLabel = "CACHE", description = "Its name in the manifest.")
  private String cache = "";

  @Parameters(index = "1", paramLabel = "KEY", description = "What it is kept under.")
  private String key = "";

  CacheGetCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    JsonNode found = new CacheClient(context).look(cache, key);
    if (context.options().json()) {
      context.printJson(found);
    } else if (!found.path("known").asBoolean()) {
      context.screen().line("Nothing is known of " + key + ".");
    } else if (!found.hasNonNull("value")) {
      context.screen().line("It is known that there is none, until " + until(found) + ".");
    } else {
      context.printJson(found.path("value"));
      StringBuilder about = new StringBuilder("until ").append(until(found));
      found.path("tags").forEach(tag -> about.append(", ").append(tag.asText()));
      context.screen().line(about.toString());
    }
    return found.path("known").asBoolean() ? ExitCode.OK : ExitCode.FAILED;
  }

  private static String until(JsonNode found) {
    return found.path("until").asText();
  }
}
