package dev.flotilla.node.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.Agent;
import dev.flotilla.model.Bytes;
import dev.flotilla.model.Limits;
import dev.flotilla.node.Fleets;
import dev.flotilla.node.process.SpawnException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupTreeTest {
  @TempDir Path root;

  private List<String> mount(Path point, String type, String options) {
    return List.of("30 25 0:26 / %s rw,relatime - %s cgroup rw,%s".formatted(point, type, options));
  }

  @Test
  void nothingMountedIsNothingFound() {
    assertThat(CgroupTree.find(List.of(), List.of("0::/"), "x")).isEmpty();
  }

  @Test
  void aFolderWithoutTheKernelsFilesIsNotTaken() {
    assertThat(
            CgroupTree.find(mount(root, "cgroup", "memory"), List.of("4:memory:/"), "flotilla-x"))
        .isEmpty();
  }

  @Test
  void writesTheSettingsOfVersionTwo() throws IOException, SpawnException {
    CgroupLimiter limiter =
        new CgroupLimiter(new CgroupTree(2, Map.of(Controller.CPU, root, Controller.MEMORY, root)));
    Agent agent =
        limited(
            new Limits(
                Optional.of(0.5),
                Optional.of(Bytes.ofMebibytes(64)),
                Optional.of(7),
                Optional.empty()));
    Limiter.Placed placed = limiter.place(agent);
    Path folder = root.resolve("a@here");
    assertThat(folder.resolve("cpu.max")).hasContent("50000 100000");
    assertThat(folder.resolve("memory.max")).hasContent("67108864");
    assertThat(placed.wrapper()).contains(folder.resolve("cgroup.procs").toString(), "--");
    assertThat(placed.description())
        .isEqualTo("cpu ≤ 0.5, memory ≤ 64 MiB by cgroup v2; not kept: threads ≤ 7");
  }

  @Test
  void writesTheSettingsOfVersionOne() throws IOException, SpawnException {
    CgroupLimiter limiter = new CgroupLimiter(new CgroupTree(1, Map.of(Controller.PIDS, root)));
    Agent agent =
        limited(new Limits(Optional.empty(), Optional.empty(), Optional.of(7), Optional.empty()));
    assertThat(limiter.place(agent).description()).isEqualTo("threads ≤ 7 by cgroup v1");
    assertThat(Files.readString(root.resolve("a@here").resolve("pids.max"))).isEqualTo("7");
  }

  @Test
  void noLimitsNeedNothing() throws SpawnException {
    CgroupLimiter limiter = new CgroupLimiter(new CgroupTree(2, Map.of(Controller.CPU, root)));
    assertThat(limiter.place(Fleets.command("a", "x")).wrapper()).isEmpty();
  }

  @Test
  void withoutCgroupsMemoryIsKeptByAnRlimit() {
    ResourceLimiter limiter = new ResourceLimiter(Optional.of("/usr/bin/prlimit"));
    Agent agent =
        limited(
            new Limits(
                Optional.of(1.5),
                Optional.of(Bytes.ofMebibytes(64)),
                Optional.empty(),
                Optional.empty()));
    assertThat(limiter.place(agent).wrapper())
        .containsExactly("/usr/bin/prlimit", "--data=67108864", "--");
    assertThat(limiter.describe(agent))
        .isEqualTo("memory ≤ 64 MiB by rlimit; not kept (no cgroup may be written): cpu ≤ 1.5");
  }

  private static Agent limited(Limits limits) {
    return Fleets.limited(Fleets.command("a", "x"), limits);
  }
}
