package dev.flotilla.plan.run;

import dev.flotilla.plan.Block;
import dev.flotilla.plan.Hashes;
import dev.flotilla.plan.Phase;
import dev.flotilla.plan.Plan;
import dev.flotilla.plan.PlanRefused;
import dev.flotilla.plan.event.Event;
import dev.flotilla.plan.event.Kind;
import dev.flotilla.plan.event.PhaseState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code exec} would run: the exact bytes, where, with which variables. Its hash covers all of
 * that; running asks for the hash, so that nothing runs that was not shown.
 *
 * @param folder where the commands run
 * @param variables names the scripts use, each with whether it is set; values are never shown
 * @param unresolved placeholders without a value
 * @param succeeded steps left out because they ran with exit code 0 and have not changed since
 * @param interrupted the first step that was started and never ended, or empty
 */
public record Preview(
    String folder,
    List<Step> steps,
    Map<String, Boolean> variables,
    Set<String> unresolved,
    List<Step> succeeded,
    String interrupted) {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([A-Z_][A-Z0-9_]*)");

  public Preview {
    steps = List.copyOf(steps);
    succeeded = List.copyOf(succeeded);
  }

  /**
   * What to show.
   *
   * @param number one block, or 0 for all
   * @param again also what already succeeded
   * @param values for placeholders the plan does not know
   */
  public record Wanted(int number, boolean rollback, boolean again, Map<String, String> values) {}

  public static Preview of(
      Plan plan,
      Phase phase,
      PhaseState state,
      String folder,
      Set<String> environment,
      Wanted wanted) {
    Block.Role role = wanted.rollback() ? Block.Role.ROLLBACK : Block.Role.STEP;
    List<Step> all = new ArrayList<>();
    for (Block block : phase.blocks(role)) {
      if (wanted.number() == 0 || block.number() == wanted.number()) {
        Map<String, String> values =
            new LinkedHashMap<>(Placeholders.known(plan.id(), phase.index(), block.number()));
        values.putAll(wanted.values());
        all.add(
            new Step(
                role.word() + ":" + block.number(),
                role,
                block.number(),
                block.language(),
                Placeholders.resolve(block.code(), values)));
      }
    }
    if (all.isEmpty()) {
      throw none(plan, phase, role, wanted.number());
    }
    if (wanted.rollback()) {
      Collections.reverse(all);
    }
    List<Step> succeeded = new ArrayList<>();
    List<Step> steps = new ArrayList<>();
    boolean keep = wanted.again() || wanted.number() > 0;
    for (Step step : all) {
      boolean skip = !keep && steps.isEmpty() && succeeded(state, step);
      (skip ? succeeded : steps).add(step);
    }
    String interrupted =
        steps.stream().filter(step -> isOpen(state, step)).findFirst().map(Step::name).orElse("");
    return new Preview(
        folder, steps, variables(steps, environment), names(steps), succeeded, interrupted);
  }

  private static PlanRefused none(Plan plan, Phase phase, Block.Role role, int number) {
    int count = phase.blocks(role).size();
    String kind = role == Block.Role.STEP ? "commands" : "rollback commands";
    return new PlanRefused(
        plan.file() + ".md:" + phase.line(),
        count == 0
            ? "PHASE " + phase.index() + " has no " + kind
            : "PHASE " + phase.index() + " has no command " + number,
        count == 0 ? "a closed block ```bash in the phase" : "a number from 1 to " + count,
        count == 0
            ? "add one to the plan, or close the phase with flotilla plan done"
            : "see flotilla plan show " + plan.id());
  }

  private static boolean succeeded(PhaseState state, Step step) {
    Event last = state.steps().get(step.name());
    return last != null
        && last.text("hash").equals(step.hash())
        && (last.kind() == Kind.STEP_SKIPPED
            || (last.kind() == Kind.STEP_ENDED && last.number("exit", -1) == 0));
  }

  private static boolean isOpen(PhaseState state, Step step) {
    Event last = state.steps().get(step.name());
    return last != null && last.kind() == Kind.STEP_STARTED;
  }

  private static Map<String, Boolean> variables(List<Step> steps, Set<String> environment) {
    Map<String, Boolean> used = new LinkedHashMap<>();
    Set<String> names = new TreeSet<>();
    for (Step step : steps) {
      Matcher variable = VARIABLE.matcher(step.script());
      while (variable.find()) {
        names.add(variable.group(1));
      }
    }
    names.forEach(name -> used.put(name, environment.contains(name)));
    return Collections.unmodifiableMap(used);
  }

  private static Set<String> names(List<Step> steps) {
    Set<String> names = new LinkedHashSet<>();
    steps.forEach(step -> names.addAll(Placeholders.unresolved(step.script())));
    return Collections.unmodifiableSet(names);
  }

  /** Of everything shown; twelve hexadecimal digits. */
  public String hash() {
    StringBuilder all = new StringBuilder(folder).append('\n').append(variables).append('\n');
    for (Step step : steps) {
      all.append(step.name()).append('\n').append(step.interpreter()).append('\n');
      all.append(step.script().length()).append('\n').append(step.script());
    }
    return Hashes.of(all.toString()).substring(0, 12);
  }
}
