package dev.flotilla.cli.cache;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code flotilla cache invalidate}. */
@Command(
    name = "invalidate",
    description = "End entries, wherever they are kept.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  flotilla cache invalidate prompts --key a --key b",
      "  flotilla cache invalidate prompts --tag model:llama",
      "  flotilla cache invalidate prompts --all"
    })
final class CacheInvalidateCommand implements Callable<Integer> {
  private final Context context;

  @Parameters(index = "0", paramLabel = "CACHE", description = "Its name in the manifest.")
  private String cache = "";

  @Option(names = "--key", paramLabel = "KEY", description = "The entry of this key.")
  private List<String> keys = List.of();

  @Option(names = "--tag", paramLabel = "TAG", description = "All entries with this tag.")
  private List<String> tags = List.of();

  @Option(names = "--all", description = "All there are.")
  private boolean all;

  CacheInvalidateCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    if (keys.isEmpty() && tags.isEmpty() && !all) {
      throw CommandFailure.usage(
          "nothing to end", "--key, --tag or --all", "Such as --tag model:llama.");
    }
    JsonNode ended =
        new CacheClient(context)
            .ask("invalidate", Map.of("cache", cache, "keys", keys, "tags", tags, "all", all));
    if (context.options().json()) {
      context.printJson(ended);
    } else {
      long entries = ended.path("entries").asLong();
      context.screen().line(entries + (entries == 1 ? " entry" : " entries") + " ended in memory.");
    }
    return ExitCode.OK;
  }
}
