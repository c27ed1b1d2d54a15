package dev.flotilla.node.limit;

import dev.flotilla.model.Agent;
import dev.flotilla.model.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Limits by rlimits, for machines whose cgroups may not be written: memory as the size of writable
 * data of each process, threads as those of the user; cores cannot be limited so.
 */
final class ResourceLimiter implements Limiter {
  private final Optional<String> prlimit;

  /**
   * @param prlimit the program of util-linux, where there is one
   */
  ResourceLimiter(Optional<String> prlimit) {
    this.prlimit = prlimit;
  }

  @Override
  public Placed place(Agent agent) {
    Limits limits = agent.limits();
    List<String> wrapper = new ArrayList<>();
    prlimit.ifPresent(
        program -> {
          limits.memory().ifPresent(bytes -> wrapper.add("--data=" + bytes.count()));
          limits.threads().ifPresent(count -> wrapper.add("--nproc=" + count));
          if (!wrapper.isEmpty()) {
            wrapper.addFirst(program);
            wrapper.add("--");
          }
        });
    return new Placed(wrapper, describe(agent));
  }

  @Override
  public Optional<String> release(Agent agent) {
    return Optional.empty();
  }

  @Override
  public String describe(Agent agent) {
    List<String> kept = new ArrayList<>();
    List<String> open = new ArrayList<>();
    Limits limits = agent.limits();
    limits.cpu().ifPresent(cores -> open.add(CgroupLimiter.text(Controller.CPU, limits)));
    List<String> target = prlimit.isPresent() ? kept : open;
    limits.memory().ifPresent(b -> target.add(CgroupLimiter.text(Controller.MEMORY, limits)));
    limits.threads().ifPresent(t -> target.add(CgroupLimiter.text(Controller.PIDS, limits)));
    String text = kept.isEmpty() ? "" : String.join(", ", kept) + " by rlimit";
    return open.isEmpty()
        ? text
        : text
            + (text.isEmpty() ? "" : "; ")
            + "not kept (no cgroup may be written): "
            + String.join(", ", open);
  }

  @Override
  public String summary() {
    return prlimit.isPresent()
        ? "rlimit (memory, threads); no cgroup may be written, so cores are not limited"
        : "none; no cgroup may be written and there is no prlimit";
  }
}
