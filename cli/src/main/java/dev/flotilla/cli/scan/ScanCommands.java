package dev.flotilla.cli.scan;

import dev.flotilla.cli.context.Context;
import dev.flotilla.scan.view.View;
import java.util.LinkedHashMap;
import java.util.Map;

/** The scan command's parts. */
public final class ScanCommands {
  private ScanCommands() {}

  /** The command itself. */
  public static Object command(Context context) {
    return new ScanCommand(context);
  }

  /** Its subcommands by name. */
  public static Map<String, Object> parts(Context context) {
    Map<String, Object> parts = new LinkedHashMap<>();
    for (View view : View.values()) {
      parts.put(view.word(), new ScanViewCommand(context, view));
    }
    for (Tracked tracked : Tracked.values()) {
      parts.put(tracked.word(), new ScanTrackedCommand(context, tracked));
    }
    parts.put("inventory", new ScanInventoryCommand(context));
    parts.put("coverage", new ScanCoverageCommand(context));
    parts.put("diagram", new ScanDiagramCommand(context));
    parts.put("fix", new ScanFixCommand(context));
    parts.put("plan", new ScanPlanCommand(context));
    parts.put("ci", new ScanCiCommand(context));
    return parts;
  }
}
