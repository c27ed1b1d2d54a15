package dev.flotilla.cli.command;

import dev.flotilla.cli.client.StateFolders;
import dev.flotilla.cli.context.CommandFailure;
import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.ExitCode;
import dev.flotilla.cli.context.Manifests;
import dev.flotilla.cli.rehearse.Faults;
import dev.flotilla.cli.rehearse.Rehearsal;
import dev.flotilla.cli.rehearse.RehearsalPlan;
import dev.flotilla.cli.rehearse.Stage;
import dev.flotilla.cli.rehearse.StartTimes;
import dev.flotilla.cli.standin.StandIn;
import dev.flotilla.cli.wiring.JvmCommand;
import dev.flotilla.model.AgentId;
import dev.flotilla.model.Fleet;
import dev.flotilla.model.Problem;
import dev.flotilla.model.check.Facts;
import dev.flotilla.model.check.FleetCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code flotilla rehearse}. */
@Command(
    name = "rehearse",
    description = "Run the manifest with stand-ins: prove ports, order, health and recovery.",
    footerHeading = "%nExample:%n",
    footer = {
      "  flotilla rehearse --crash ServiceRegistry --hang Translator --slow Memory=5s",
      "",
      "Every machine is rehearsed on this one. Exits with 1 when something did not come up or"
          + " recover."
    })
final class RehearseCommand implements Callable<Integer> {
  private final Context context;

  @Option(
      names = "--start-time",
      paramLabel = "TIME",
      defaultValue = "50ms-400ms",
      description =
          "How long a stand-in takes to start: 200ms, 1s or a range; 50ms-400ms when left out.")
  private String startTime = "";

  @Option(
      names = "--crash",
      paramLabel = "AGENT",
      split = ",",
      description = "It ends with exit code 1 once it was ready; AGENT=always after every start.")
  private List<String> crash = List.of();

  @Option(
      names = "--hang",
      paramLabel = "AGENT",
      split = ",",
      description = "It stops answering once it was ready, as after SIGSTOP.")
  private List<String> hang = List.of();

  @Option(
      names = "--slow",
      paramLabel = "AGENT=TIME",
      split = ",",
      description = "It takes this long to start, such as Memory=5s.")
  private Map<String, String> slow = Map.of();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The same seed gives the same start times; 1 when left out.")
  private long seed = 1;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long to wait for all to be well; 60 when left out.")
  private double timeout = 60;

  @Option(
      names = "--real-ports",
      description = "Use the ports as written; without it they are moved to free ones.")
  private boolean realPorts;

  RehearseCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    Fleet fleet = Manifests.load(context).fleet();
    refuseWhenWrong(fleet);
    Stage stage = Stage.of(fleet, offset(fleet), linux());
    Faults faults = faults(fleet.agents().keySet());
    refuse(
        fleet,
        faults.contradictory(),
        "told to crash and to fail in another way",
        "one fault each",
        "");
    try (RehearsalFolder folder =
        RehearsalFolder.make(StateFolders.of(context.environment()), fleet.name())) {
      Path state = Rehearsal.folders(folder.path());
      JvmCommand jvm = JvmCommand.of(System.getProperties());
      RehearsalPlan plan =
          new RehearsalPlan(
              fleet,
              stage,
              faults,
              times("--start-time", startTime),
              new SplittableRandom(seed),
              state.resolve("marks"),
              role -> jvm.standIn(StandIn.class.getName(), role.arguments()));
      refuse(
          fleet,
          plan.unnoticed(),
          "told to hang",
          "an agent with a health probe or a port: nobody notices that another one hangs",
          "Give it health: in the manifest, or let it --crash. ");
      refuse(
          fleet,
          plan.upAtOnce(),
          "told to start slowly",
          "an agent with a health probe or a port: another one counts as up as soon as it runs",
          "Give it health: in the manifest, or make another one --slow. ");
      RehearsalRun run = new RehearsalRun(context, fleet, stage, faults, plan, state, seed);
      return run.perform(Duration.ofMillis((long) (timeout * 1000)))
          ? ExitCode.OK
          : ExitCode.FAILED;
    }
  }

  /** Only the manifest itself: files, programs and held ports are those of other machines. */
  private static void refuseWhenWrong(Fleet fleet) {
    List<Problem> errors =
        FleetCheck.check(fleet, Facts.none()).stream()
            .filter(p -> p.severity() == Problem.Severity.ERROR)
            .toList();
    if (!errors.isEmpty()) {
      throw CommandFailure.of(errors);
    }
  }

  private static void refuse(
      Fleet fleet, Set<AgentId> agents, String found, String expected, String advice) {
    if (!agents.isEmpty()) {
      throw CommandFailure.usage(
          agents.stream().map(fleet::shortName).collect(Collectors.joining(", ")) + " " + found,
          expected,
          advice + "See: flotilla rehearse --help");
    }
  }

  private int offset(Fleet fleet) {
    if (realPorts) {
      return 0;
    }
    FreePorts free = new FreePorts();
    return Stage.freeOffset(fleet, free::isFree)
        .orElseThrow(
            () ->
                CommandFailure.of(
                    "no offset that moves every port of the fleet to a free one",
                    "room for its ports between 1024 and 65535",
                    "Use the ports as they are: flotilla rehearse --real-ports"));
  }

  private static boolean linux() {
    return System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux");
  }

  private Faults faults(Set<AgentId> known) {
    Set<AgentId> once = new LinkedHashSet<>();
    Set<AgentId> always = new LinkedHashSet<>();
    for (String each : crash) {
      boolean again = each.endsWith("=always");
      String name = again ? each.substring(0, each.length() - "=always".length()) : each;
      (again ? always : once).add(AgentChoice.one(name, known));
    }
    Map<AgentId, Duration> late = new LinkedHashMap<>();
    slow.forEach(
        (name, time) ->
            late.put(AgentChoice.one(name, known), times("--slow " + name, time).longest()));
    return new Faults(once, always, Set.copyOf(AgentChoice.of(hang, known)), late);
  }

  private static StartTimes times(String option, String text) {
    return StartTimes.parse(text)
        .orElseThrow(
            () ->
                CommandFailure.usage(
                    option + " \"" + text + "\"",
                    "a time such as 200ms or 1s, or a range such as 100ms-2s",
                    "See: flotilla rehearse --help"));
  }
}
