package dev.flotilla.scan.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.scan.Scan;
import dev.flotilla.scan.ScanRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyncTest {
  @TempDir Path root;

  @Test
  void aTodoKeepsItsIssueWhenLinesMove() throws Exception {
    List<Ticket> before = todos("a.py", "# TODO: mend it\n");
    List<Issue> issues = performed(Sync.of("todo", before, List.of()), List.of());

    Sync same = Sync.of("todo", before, issues);
    Sync moved = Sync.of("todo", todos("a.py", "\n\n# TODO:  mend   it\n"), issues);

    assertThat(same.actions()).isEmpty();
    assertThat(same.same()).isOne();
    assertThat(moved.actions())
        .singleElement()
        .isInstanceOfSatisfying(
            Action.Update.class, update -> assertThat(update.body()).contains("in line 3"));
  }

  @Test
  void aTodoKeepsItsIssueWhenItsFileMoves() throws Exception {
    List<Ticket> before = todos("a.py", "# TODO: mend it\n# TODO: twice\n# TODO: twice\n");
    List<Issue> issues = performed(Sync.of("todo", before, List.of()), List.of());
    Files.delete(root.resolve("a.py"));

    Sync sync = Sync.of("todo", todos("b.py", "# TODO: mend it\n"), issues);

    assertThat(sync.actions())
        .hasSize(3)
        .filteredOn(Action.Update.class::isInstance)
        .singleElement()
        .isInstanceOfSatisfying(
            Action.Update.class, update -> assertThat(update.body()).contains("`b.py` says"));
  }

  @Test
  void wordsOfPeopleAroundOursStay() throws Exception {
    List<Ticket> before = todos("a.py", "# TODO: mend it\n");
    Issue issue = performed(Sync.of("todo", before, List.of()), List.of()).getFirst();
    Issue edited =
        new Issue(
            1, "Renamed", true, ("Hello\n\n" + issue.body() + "\n\nBye").replace("\n", "\r\n"));

    assertThat(Sync.of("todo", before, List.of(edited)).actions()).isEmpty();
    List<Issue> closed = performed(Sync.of("todo", List.of(), List.of(edited)), List.of(edited));
    assertThat(closed.getFirst().title()).isEqualTo("Renamed");
    assertThat(closed.getFirst().open()).isFalse();
    assertThat(closed.getFirst().body()).startsWith("Hello\r\n").endsWith("\r\n\r\nBye");
  }

  @Test
  void whatComesBackIsOpenedAgainButNotWhatSomebodyClosed() throws Exception {
    List<Ticket> tickets = todos("a.py", "# TODO: mend it\n");
    List<Issue> open = performed(Sync.of("todo", tickets, List.of()), List.of());
    List<Issue> gone = performed(Sync.of("todo", List.of(), open), open);
    Issue byHand = new Issue(1, open.getFirst().title(), false, open.getFirst().body());

    assertThat(Sync.of("todo", List.of(), gone).actions()).isEmpty();
    assertThat(Sync.of("todo", tickets, gone).actions())
        .singleElement()
        .isInstanceOfSatisfying(
            Action.Update.class, update -> assertThat(update.reopen()).isTrue());
    assertThat(Sync.of("todo", tickets, List.of(byHand))).isEqualTo(new Sync(List.of(), 0, 1));
  }

  @Test
  void ofTwoIssuesThatSayTheSameTheLaterIsClosed() throws Exception {
    List<Ticket> tickets = todos("a.py", "# TODO: mend it\n");
    Issue first = performed(Sync.of("todo", tickets, List.of()), List.of()).getFirst();
    Issue second = new Issue(7, first.title(), true, first.body());

    assertThat(Sync.of("todo", tickets, List.of(second, first)).actions())
        .singleElement()
        .isInstanceOfSatisfying(
            Action.Close.class,
            close -> {
              assertThat(close.number()).isEqualTo(7);
              assertThat(close.twin()).isEqualTo(1);
            });
  }

  @Test
  void issuesOfOthersAndOfOtherKindsAreLeftAlone() throws Exception {
    Files.createDirectories(root.resolve("old"));
    Files.writeString(root.resolve("old/b.py"), "x = 1\n");
    List<Ticket> backups = Tickets.backups(Scan.run(ScanRequest.of(root)));
    List<Issue> issues = performed(Sync.of("backup", backups, List.of()), List.of());
    issues.add(new Issue(99, "Mine", true, "words"));

    assertThat(backups).singleElement().satisfies(t -> assertThat(t.title()).contains("old/"));
    assertThat(Sync.of("todo", List.of(), issues).actions()).isEmpty();
  }

  @Test
  void aSecretInATodoIsNotTold() throws Exception {
    String key = "ghp_" + "a1B2c3D4e5F6g7H8i9J0".repeat(2);

    Ticket ticket = todos("a.py", "# TODO: replace " + key + " soon\n").getFirst();

    assertThat(ticket.toString()).doesNotContain(key).contains("[redacted]");
  }

  /** Whatever happened before, after one run there is nothing more to do. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void oneRunIsEnough(int seed) {
    Random random = new Random(seed);
    List<Issue> issues = new ArrayList<>();
    for (int round = 0; round < 40; round++) {
      List<Ticket> tickets = tickets(random);
      issues = performed(Sync.of("todo", tickets, issues), issues);
      assertThat(Sync.of("todo", tickets, issues).actions()).isEmpty();
      if (!issues.isEmpty() && random.nextInt(3) == 0) {
        Issue any = issues.get(random.nextInt(issues.size()));
        issues.add(new Issue(issues.size() + 1, any.title(), random.nextBoolean(), any.body()));
      }
    }
  }

  private static List<Ticket> tickets(Random random) {
    List<Ticket> tickets = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      if (random.nextBoolean()) {
        String place = "f" + i + (random.nextInt(5) == 0 ? "m" : "");
        String body = "line " + random.nextInt(3);
        tickets.add(new Ticket("todo", place, "t" + i % 5, "title", body, List.of()));
      }
    }
    return tickets;
  }

  private List<Ticket> todos(String file, String text) throws Exception {
    Files.writeString(root.resolve(file), text);
    return Tickets.todos(Scan.run(ScanRequest.of(root)));
  }

  /** What the tracker has when it has done all this. */
  private static List<Issue> performed(Sync sync, List<Issue> before) {
    List<Issue> issues = new ArrayList<>(before);
    for (Action action : sync.actions()) {
      switch (action) {
        case Action.Open open ->
            issues.add(new Issue(issues.size() + 1, open.title(), true, open.body()));
        case Action.Update update ->
            issues.replaceAll(
                i ->
                    i.number() == update.number()
                        ? new Issue(
                            i.number(), i.title(), i.open() || update.reopen(), update.body())
                        : i);
        case Action.Close close ->
            issues.replaceAll(
                i ->
                    i.number() == close.number()
                        ? new Issue(i.number(), i.title(), false, close.body())
                        : i);
      }
    }
    return issues;
  }
}
