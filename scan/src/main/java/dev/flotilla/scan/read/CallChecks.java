package dev.flotilla.scan.read;

import dev.flotilla.scan.facts.Fact;
import dev.flotilla.scan.python.Expression;
import dev.flotilla.scan.python.Expression.Constant;
import dev.flotilla.scan.python.Statement;
import dev.flotilla.scan.rules.Rule;
import dev.flotilla.scan.rules.Severity;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a single call gives away: shells, eval, unsafe loading, blocking, missing limits, GPUs. */
final class CallChecks {
  private static final Set<String> SHELLS =
      Set.of(
          "os.system",
          "os.popen",
          "subprocess.getoutput",
          "subprocess.getstatusoutput",
          "asyncio.create_subprocess_shell",
          "asyncio.subprocess.create_subprocess_shell");
  private static final Set<String> PROCESSES =
      Set.of(
          "subprocess.run",
          "subprocess.call",
          "subprocess.check_call",
          "subprocess.check_output",
          "subprocess.Popen");
  private static final Set<String> PICKLES =
      Set.of("pickle", "cPickle", "_pickle", "dill", "shelve");
  private static final Set<String> BLOCKING =
      Set.of(
          "time.sleep",
          "urllib.request.urlopen",
          "os.system",
          "subprocess.run",
          "subprocess.call",
          "subprocess.check_call",
          "subprocess.check_output");
  private static final Set<String> QUEUES =
      Set.of(
          "queue.Queue",
          "asyncio.Queue",
          "multiprocessing.Queue",
          "queue.LifoQueue",
          "queue.PriorityQueue",
          "asyncio.PriorityQueue");
  private static final Pattern REQUEST =
      Pattern.compile(
          "_?(?:handle|process|on_|serve|answer|transcribe|translate|predict|infer)\\w*");

  private CallChecks() {}

  static void check(Expression.Call call, Context context) {
    String full = context.qualified(call.function());
    String last = call.function() instanceof Expression.Attribute a ? a.name() : Dotted.last(full);
    shell(call, full, context);
    code(call, full, context);
    load(call, full, context);
    async(call, full, context);
    limits(call, full, context);
    model(call, full, last, context);
    query(call, last, context);
    gpu(call, full, last, context);
    environment(call, full, last, context);
    resources(call, full, context);
    traits(call, full, context);
  }

  private static void shell(Expression.Call call, String full, Context context) {
    boolean fixed =
        !call.arguments().isEmpty()
            && call.arguments().getFirst() instanceof Constant c
            && c.isString();
    Severity severity = fixed ? Severity.LOW : Severity.HIGH;
    boolean variable =
        !call.arguments().isEmpty() && call.arguments().getFirst() instanceof Expression.Name;
    String what =
        fixed
            ? " with a fixed text"
            : variable ? " with the text of a variable" : " with a composed text";
    if (SHELLS.contains(full) || full.endsWith(".subprocess_shell")) {
      context.report(Rule.SHELL, severity, call.span(), full + " runs a shell" + what);
      return;
    }
    Optional<Expression> shell = call.keyword("shell");
    if (shell.isEmpty() || (!PROCESSES.contains(full) && !full.contains("ubprocess"))) {
      return;
    }
    if (shell.get() instanceof Constant c) {
      if (c.kind() == Constant.Kind.TRUE || c.text().equals("1")) {
        context.report(Rule.SHELL, severity, call.span(), full + " with shell=True" + what);
      }
    } else {
      context.report(
          Rule.SHELL, Severity.MEDIUM, call.span(), full + " with shell set by a variable");
    }
  }

  private static void code(Expression.Call call, String full, Context context) {
    boolean builtin = full.equals("eval") || full.equals("exec") || full.startsWith("builtins.e");
    if (builtin
        && call.function() instanceof Expression.Name
        && !call.arguments().isEmpty()
        && !(call.arguments().getFirst() instanceof Constant)) {
      context.report(Rule.EVAL, call, full + " runs a composed text");
    }
  }

  private static void load(Expression.Call call, String full, Context context) {
    String module = Dotted.first(full);
    String last = Dotted.last(full);
    if (PICKLES.contains(module)
        && (last.equals("load")
            || last.equals("loads")
            || last.equals("Unpickler")
            || full.equals("shelve.open"))) {
      context.report(Rule.UNSAFE_LOAD, call, full + " runs code of whoever made the data");
    }
    boolean yaml = full.matches("yaml\\.(?:load|unsafe_load|load_all)");
    if (yaml && context.bindings().isImported("yaml")) {
      Optional<Expression> loader =
          call.keyword("Loader")
              .or(
                  () ->
                      call.arguments().size() > 1
                          ? Optional.of(call.arguments().get(1))
                          : Optional.empty());
      boolean safe = loader.map(l -> Dotted.of(l).endsWith("SafeLoader")).orElse(false);
      if (!safe) {
        context.report(Rule.UNSAFE_LOAD, call, full + " without SafeLoader");
      }
    }
  }

  private static void async(Expression.Call call, String full, Context context) {
    boolean async = context.function().map(Statement.Function::async).orElse(false);
    boolean requests =
        full.startsWith("requests.")
            && Dotted.last(full).matches("get|post|put|delete|patch|head|request");
    if (async && (BLOCKING.contains(full) || requests)) {
      context.report(Rule.BLOCKING_ASYNC, call, full + " blocks the event loop");
    }
    if (!async && full.equals("asyncio.get_event_loop")) {
      context.report(Rule.LEGACY_LOOP, call, "asyncio.get_event_loop outside a coroutine");
    }
  }

  private static void limits(Expression.Call call, String full, Context context) {
    if (QUEUES.contains(full)
        && call.arguments().isEmpty()
        && call.keyword("maxsize").isEmpty()
        && context.inClass()) {
      context.report(Rule.UNBOUNDED, call, full + " has no maximum size");
    }
    if (full.endsWith("lru_cache")
        && call.keyword("maxsize")
            .map(m -> m instanceof Constant c && c.kind() == Constant.Kind.NONE)
            .orElse(false)) {
      context.report(Rule.UNBOUNDED, call, "lru_cache without a maximum size");
    }
  }

  private static void model(Expression.Call call, String full, String last, Context context) {
    boolean loads =
        full.equals("spacy.load")
            || full.equals("whisper.load_model")
            || full.equals("torch.load")
            || full.equals("transformers.pipeline")
            || last.equals("from_pretrained")
            || last.equals("SentenceTransformer")
            || last.equals("WhisperModel");
    if (!loads || context.function().isEmpty()) {
      return;
    }
    Statement.Function function = context.function().get();
    boolean cached = function.decorators().stream().anyMatch(d -> name(d).contains("cache"));
    if (REQUEST.matcher(function.name()).matches() && !cached && !guarded(context)) {
      context.report(Rule.LOAD_PER_REQUEST, call, full + " in " + function.name() + "()");
    }
  }

  private static String name(Expression decorator) {
    return Dotted.of(decorator instanceof Expression.Call c ? c.function() : decorator);
  }

  /** Under a condition: loaded once, when it is not there yet. */
  private static boolean guarded(Context context) {
    return context.blocks().stream().anyMatch(Statement.If.class::isInstance);
  }

  private static void query(Expression.Call call, String last, Context context) {
    boolean executes = last.equals("execute") || last.equals("fetch") || last.equals("fetchrow");
    if (!executes || call.arguments().isEmpty() || !context.inForLoop()) {
      return;
    }
    String text = context.text(call.arguments().getFirst()).strip().toUpperCase(Locale.ROOT);
    if (text.startsWith("SELECT")) {
      context.report(Rule.N_PLUS_ONE, call, "a SELECT for each turn of the loop");
    }
  }

  private static void gpu(Expression.Call call, String full, String last, Context context) {
    if (full.startsWith("torch.cuda.") || full.startsWith("cupy.") || full.startsWith("pynvml.")) {
      context.fact(Fact.Kind.GPU, call, full);
    } else if (last.equals("cuda") && call.arguments().isEmpty() && full.indexOf('.') > 0) {
      context.fact(Fact.Kind.GPU, call, ".cuda()");
    } else if (last.equals("to") && !call.arguments().isEmpty()) {
      String device = context.text(call.arguments().getFirst());
      if (device.startsWith("cuda")) {
        context.fact(Fact.Kind.GPU, call, ".to(" + device + ")");
      }
    }
    call.keyword("device")
        .map(context::text)
        .filter(d -> d.startsWith("cuda"))
        .ifPresent(d -> context.fact(Fact.Kind.GPU, call, "device=" + d));
  }

  private static void environment(Expression.Call call, String full, String last, Context context) {
    if (call.arguments().isEmpty() || !(call.arguments().getFirst() instanceof Constant first)) {
      return;
    }
    if (Environment.reads(full)) {
      String initial = call.arguments().size() > 1 ? context.text(call.arguments().get(1)) : "";
      context.fact(Fact.Kind.ENVIRONMENT, call, first.text(), initial);
    } else if (last.equals("get")
        && first.isString()
        && call.function() instanceof Expression.Attribute method
        && Evaluator.looksLikeConfiguration(method.value())) {
      context.fact(Fact.Kind.CONFIG_KEY, call, first.text());
    }
  }

  private static void resources(Expression.Call call, String full, Context context) {
    if (call.arguments().isEmpty()) {
      return;
    }
    if (full.equals("open") && call.arguments().getFirst() instanceof Constant c && c.isString()) {
      context.fact(Fact.Kind.RESOURCE, call, "file", c.text());
    } else if (full.equals("sqlite3.connect")
        || full.equals("asyncpg.connect")
        || full.equals("psycopg2.connect")
        || full.equals("aiosqlite.connect")) {
      context.fact(Fact.Kind.RESOURCE, call, "database", context.text(call.arguments().getFirst()));
    }
  }

  private static void traits(Expression.Call call, String full, Context context) {
    switch (full) {
      case "signal.signal" -> context.trait("signal", call);
      case "atexit.register" -> context.trait("atexit", call);
      default -> {}
    }
    if (full.endsWith("add_signal_handler")) {
      context.trait("signal", call);
    }
  }
}
