package dev.flotilla.cli.plan;

import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.plan.desk.Desk;
import dev.flotilla.plan.event.EventLog;
import dev.flotilla.plan.gate.Calibration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code flotilla plan calibration}. */
@Command(
    name = "calibration",
    description = "Show how far each actor's word is right.",
    footerHeading = "%nExample:%n",
    footer = "  flotilla plan calibration")
final class CalibrationCommand extends PlanAction {

  CalibrationCommand(Context context) {
    super(context);
  }

  @Override
  int act() {
    Desk desk = desk();
    Map<String, Calibration.Trust> trust =
        Calibration.of(desk.store().list().stream().map(e -> desk.store().read(e.file())).toList());
    var json = EventLog.data();
    var list = json.putArray("actors");
    List<String> words = new ArrayList<>();
    for (Calibration.Trust one : trust.values()) {
      list.addObject()
          .put("who", one.who())
          .put("claims", one.claims())
          .put("says", one.says())
          .put("right", one.right());
      words.add(
          one.who()
              + " says "
              + Math.round(one.says())
              + " %, is right "
              + Math.round(one.right())
              + " %  ("
              + one.claims()
              + " claims)");
    }
    answer(json, words.isEmpty() ? List.of("No confidence was stated yet") : words);
    return ExitCode.OK;
  }
}
