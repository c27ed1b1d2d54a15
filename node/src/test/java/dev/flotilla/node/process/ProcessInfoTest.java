package dev.flotilla.node.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.node.core.Exit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProcessInfoTest {
  private static final String TAIL =
      " 1 42 42 0 -1 4194304 1 0 0 0 0 0 0 0 20 0 1 0 98765 5000 100 1844 1 1 0 0 0 0 0";

  @Test
  void readsANameWithBlanksAndParentheses() {
    ProcessInfo info = ProcessInfo.parse("42 (odd) name (x) S" + TAIL);
    assertThat(info).isEqualTo(new ProcessInfo(42, "odd) name (x", 1, 42, 42, 98765, false, false));
    assertThat(ProcessInfo.parse("42 (z) Z" + TAIL).zombie()).isTrue();
    assertThat(ProcessInfo.parse("42 (t) T" + TAIL).stopped()).isTrue();
  }

  @Test
  void refusesWhatIsNoStatus() {
    assertThatThrownBy(() -> ProcessInfo.parse("")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void decodesExits() {
    assertThat(Exits.decode(0x0300)).isEqualTo(new Exit.Code(3));
    assertThat(Exits.decode(9)).isEqualTo(new Exit.Signal(9));
    assertThat(Exits.decode(0x80 | 11)).isEqualTo(new Exit.Signal(11));
  }

  @Test
  void findsATreeBySessionDescentAndMark() {
    Map<Long, ProcessInfo> table = new HashMap<>();
    add(table, 10, 1, 10, 100); // leader
    add(table, 11, 10, 10, 101); // child
    add(table, 12, 1, 12, 102); // own session, marked
    add(table, 13, 12, 13, 103); // its child in a session of its own, not marked
    add(table, 14, 1, 14, 104); // a stranger
    add(table, 15, 1, 10, 50); // older than the leader: an earlier user of the number
    List<Long> pids =
        new Tree(table, Set.of(14L), pid -> pid == 12 ? "run" : "")
            .members(10, 100, "run", Map.of()).stream().map(ProcessInfo::pid).sorted().toList();
    assertThat(pids).containsExactly(10L, 11L, 12L, 13L);
  }

  private static void add(
      Map<Long, ProcessInfo> table, long pid, long parent, long session, long ticks) {
    table.put(pid, new ProcessInfo(pid, "p", parent, session, session, ticks, false, false));
  }
}
