package dev.flotilla.cli.plan;

import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.plan.desk.Search;
import dev.flotilla.plan.event.EventLog;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code flotilla plan search}. */
@Command(
    name = "search",
    description = "Find words in the texts of all plans.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla plan search vram leak")
final class SearchCommand extends PlanAction {

  @Parameters(
      index = "0..*",
      arity = "1..*",
      paramLabel = "WORDS",
      description = "All of them in one line.")
  private List<String> words = List.of();

  SearchCommand(Context context) {
    super(context);
  }

  @Override
  int act() {
    List<Search.Hit> hits = new Search(desk()).of(String.join(" ", words));
    var json = EventLog.data();
    var list = json.putArray("hits");
    for (Search.Hit hit : hits) {
      list.addObject()
          .put("id", hit.id())
          .put("phase", hit.phase())
          .put("line", hit.line())
          .put("text", hit.text());
    }
    answer(
        json,
        hits.stream()
            .map(
                hit ->
                    hit.id()
                        + ":"
                        + hit.line()
                        + (hit.phase() < 0 ? "" : " PHASE " + hit.phase())
                        + "  "
                        + hit.text())
            .toList());
    return hits.isEmpty() ? ExitCode.FAILED : ExitCode.OK;
  }
}
