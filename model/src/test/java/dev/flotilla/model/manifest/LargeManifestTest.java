package dev.flotilla.model.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class LargeManifestTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Work is counted in what it allocates. */
  @Test
  void fourTimesTheAgentsAreFourTimesTheWork() {
    String some = manifest(1000);
    String many = manifest(4000);
    Manifests.fleet(some);
    assertThat((double) allocatedBy(many, 4000) / allocatedBy(some, 1000)).isLessThan(4.5);
  }

  private static String manifest(int agents) {
    StringBuilder yaml =
        new StringBuilder("defaults: {health: /health}\ngroups: {g: {}}\nagents:\n");
    for (int i = 0; i < agents; i++) {
      yaml.append("  Agent").append(i).append(":\n    group: g\n    command: run --port ${port}\n");
      yaml.append("    port: ").append(10_000 + i).append("\n    env: {LEVEL: info}\n");
      yaml.append(i > 20 ? "    needs: [Agent" + (i - 7) + ", Agent" + i / 2 + "]\n" : "");
    }
    return yaml.toString();
  }

  private static long allocatedBy(String yaml, int agents) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    assertThat(Manifests.fleet(yaml).agents()).hasSize(agents);
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
