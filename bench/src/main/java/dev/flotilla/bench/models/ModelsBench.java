package dev.flotilla.bench.models;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * {@code ModelsBench FILE [LLAMA_SWAP]}: writes the report; about two minutes. Needs python3 for
 * the swaps of servers, and the program of llama-swap for it to stand beside us ({@code go build}
 * in its repository, which needs no page of its own).
 */
public final class ModelsBench {
  /** What the weights of the pool were chosen on. */
  private static final List<Long> KNOWN = LongStream.rangeClosed(1, 20).boxed().toList();

  /** What nobody looked at before the weights were chosen. */
  private static final List<Long> HELD_OUT = LongStream.rangeClosed(1001, 1020).boxed().toList();

  private static final int ROUNDS = 21;

  private ModelsBench() {}

  public static void main(String... arguments) throws Exception {
    StringBuilder report =
        new StringBuilder(
            """
            # The model pool beside the optimum and its peers

            Eight models of 4 to 16 GiB on a card of 24 GiB and one of 12, 400 requests a trace, \
            %d seeds together, each request after the one before, high mark 90 %%. The weights of the \
            pool were chosen on the first table's seeds; those of the second were not looked at \
            before. *Optimum* is the \
            fewest loads of somebody who knows the whole trace, found by dynamic programming. \
            *LRU* puts a model on the first card with room, *most-free* on the card with most of it, \
            as Ollama does; both unload what was used longest ago.

            """
                .formatted(KNOWN.size()));
    traces(report, "seeds the weights were chosen on", KNOWN);
    traces(report, "seeds held out", HELD_OUT);
    atOnce(report);
    swaps(report, arguments.length > 1 ? Optional.of(Path.of(arguments[1])) : Optional.empty());
    if (arguments.length > 0) {
      Files.writeString(Path.of(arguments[0]), report);
    }
    System.out.println(report);
    // llama.cpp's binding leaves threads behind that would keep this JVM alive.
    System.exit(0);
  }

  private static void traces(StringBuilder report, String title, List<Long> seeds) {
    report.append(
        """
        | %s | optimum | pool | ÷ | LRU | ÷ | most-free | ÷ | over-committed |
        |---|---|---|---|---|---|---|---|---|
        """
            .formatted(title));
    int[] all = new int[5];
    for (int kind = 0; kind < Workload.all(1).size(); kind++) {
      int[] sums = new int[5];
      for (long seed : seeds) {
        Workload workload = Workload.all(seed).get(kind);
        PoolRun.Result pool = PoolRun.of(workload);
        sums[0] += Optimum.loads(workload);
        sums[1] += pool.loads();
        sums[2] += Recent.loads(workload, false);
        sums[3] += Recent.loads(workload, true);
        sums[4] += pool.overcommitted();
      }
      for (int i = 0; i < all.length; i++) {
        all[i] += sums[i];
      }
      row(report, Workload.all(1).get(kind).name(), sums);
    }
    row(report, "**all**", all);
    report.append('\n');
  }

  private static void row(StringBuilder report, String name, int... sums) {
    report.append(
        String.format(
            Locale.ROOT,
            "| %s | %d | %d | %.2f | %d | %.2f | %d | %.2f | %d |%n",
            name,
            sums[0],
            sums[1],
            (double) sums[1] / sums[0],
            sums[2],
            (double) sums[2] / sums[0],
            sums[3],
            (double) sums[3] / sums[0],
            sums[4]));
  }

  private static void atOnce(StringBuilder report) {
    Workload workload = new Workload("", List.of(16, 15, 14), List.of());
    report.append(
        String.format(
            Locale.ROOT,
            "Six requests at once for three models that exclude each other (A B C A B C), 50"
                + " times: %d loads, where first come first served takes 300.%n",
            PoolRun.atOnce(workload, List.of(0, 1, 2, 0, 1, 2), 50)));
  }

  private static void swaps(StringBuilder report, Optional<Path> llamaSwap) throws Exception {
    try (SwapBench bench = SwapBench.start(ROUNDS)) {
      double idle = bench.pss();
      report.append(
          """

          Two models that take turns where one may be loaded: from `acquire` over HTTP to the lease, \
          the unload of the other included, less what the same engine takes to load by itself. \
          Medians of %d, milliseconds; at most 150.

          | engine | own load | acquire | overhead |
          |---|---|---|---|
          """
              .formatted(ROUNDS - 1));
      swap(report, "llama.cpp inside, tiny GGUF", bench.inside());
      SwapBench.Swap server = bench.server();
      swap(report, "server run by the node (Python)", server);
      peer(report, bench, server.own(), llamaSwap);
      report.append(
          String.format(
              Locale.ROOT,
              "%nThe JVM that hosts ModelManagerSuite alone, idle, nothing loaded: %.0f MiB (PSS),"
                  + " heap settings of the node.%n",
              idle));
    }
  }

  private static void peer(
      StringBuilder report, SwapBench bench, double own, Optional<Path> program) throws Exception {
    if (program.isEmpty()) {
      report.append("\nllama-swap was not given to this run.\n");
      return;
    }
    try (LlamaSwap peer = LlamaSwap.start(program.get(), bench.folder())) {
      report.append(
          """

          The same server, from a request for the model that is not loaded to its answer: through \
          llama-swap (%s), which passes it on, and by `acquire` and a request to the lease's address.

          | | own load | answered | overhead |
          |---|---|---|---|
          """
              .formatted(peer.version()));
      swap(report, "Flotilla", new SwapBench.Swap(own, bench.answered()));
      swap(report, "llama-swap", new SwapBench.Swap(own, peer.answered(ROUNDS)));
    }
  }

  private static void swap(StringBuilder report, String name, SwapBench.Swap swap) {
    report.append(
        String.format(
            Locale.ROOT,
            "| %s | %.0f | %.0f | %.0f |%n",
            name,
            swap.own(),
            swap.acquired(),
            swap.overhead()));
  }
}
