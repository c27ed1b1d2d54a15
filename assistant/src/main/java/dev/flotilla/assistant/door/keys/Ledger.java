package dev.flotilla.assistant.door.keys;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.flotilla.kernel.state.AppendLog;
import dev.flotilla.kernel.time.Timers;
import dev.flotilla.kernel.wire.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What each key has used, in all and today. A request reserves what it will take at least, and is
 * settled when it ends, however it ends. Of a key that has a budget both are written down before
 * they are answered, so that a kill of the process loses nothing: a request it cut off stays
 * charged with what it had reserved. Of other keys it is written down a moment later. A loss of
 * power may cost what the system had not brought to disk yet. Thread-safe.
 */
public final class Ledger implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Ledger.class);
  private static final int REWRITE = 50_000;
  private static final Duration TOGETHER = Duration.ofMillis(200);

  private final AppendLog file;
  private final InstantSource time;
  private final Timers timers;
  private final Map<String, Account> accounts = new HashMap<>();
  private final Map<String, Entry> unwritten = new HashMap<>();
  private boolean soon;
  private int rewriteAt = REWRITE;
  private Optional<String> trouble = Optional.empty();

  /**
   * One line: what a key used on a day.
   *
   * @param day since 1970
   * @param tokens asked and answered
   */
  record Entry(String key, long day, long tokens, double money) {
    /** As {@link Wire} has it, at a third of the cost: one is written twice a request. */
    String line() {
      StringBuilder line = new StringBuilder(96).append("{\"key\":\"");
      JsonStringEncoder.getInstance().quoteAsString(key, line);
      return line.append("\",\"day\":")
          .append(day)
          .append(",\"tokens\":")
          .append(tokens)
          .append(",\"money\":")
          .append(money)
          .append('}')
          .toString();
    }
  }

  /**
   * How a key stands.
   *
   * @param tokensToday what is reserved not counted
   */
  public record Standing(long tokens, double money, long tokensToday, double moneyToday) {}

  private static final class Account {
    private long tokens;
    private double money;
    private long day;
    private long tokensToday;
    private double moneyToday;
    private long reservedTokens;
    private double reservedMoney;
    private long writtenTokens;
    private double writtenMoney;

    void add(long on, long moreTokens, double moreMoney) {
      tokens += moreTokens;
      money += moreMoney;
      turn(on);
      if (on == day) {
        tokensToday += moreTokens;
        moneyToday += moreMoney;
      }
    }

    void turn(long to) {
      if (to > day) {
        day = to;
        tokensToday = 0;
        moneyToday = 0;
      }
    }
  }

  public Ledger(Path path, InstantSource time, Timers timers) throws IOException {
    this.time = time;
    this.timers = timers;
    this.file = AppendLog.open(path);
    for (String line : file.recovered()) {
      Entry entry = Wire.read(line.getBytes(StandardCharsets.UTF_8), Entry.class);
      account(entry.key()).add(entry.day(), entry.tokens(), entry.money());
    }
    file.rewrite(lines());
  }

  /** What a request will take at least; given back or settled once. */
  public final class Reservation {
    private final String key;
    private final long tokens;
    private final double money;
    private final long day;
    private final boolean written;
    private boolean settled;

    private Reservation(String key, long tokens, double money, boolean written) {
      this.key = key;
      this.tokens = tokens;
      this.money = money;
      this.day = today();
      this.written = written;
    }

    /** The request has ended and took this; only the first time counts. */
    public void settle(long tookTokens, double tookMoney) {
      synchronized (Ledger.this) {
        if (settled) {
          return;
        }
        settled = true;
        Account account = account(key);
        account.reservedTokens -= tokens;
        account.reservedMoney -= money;
        if (tookTokens > 0 || tookMoney > 0) {
          account.add(today(), tookTokens, tookMoney);
          note(new Entry(key, today(), tookTokens, tookMoney));
        }
        if (!written) {
          writeSoon();
        } else {
          account.writtenTokens -= tokens;
          account.writtenMoney -= money;
          note(new Entry(key, day, -tokens, -money));
          flush();
        }
      }
    }
  }

  /** The reservation, or which budget is used up. */
  public sealed interface Answer {}

  public record Reserved(Reservation reservation) implements Answer {}

  public record Refused(String what, boolean today) implements Answer {}

  /**
   * @param tokens what the request will take at least
   */
  public synchronized Answer reserve(Key key, long tokens, double money) {
    Account account = account(key.name());
    account.turn(today());
    Key.Allowance allowed = key.allowance();
    long nextTokens = account.reservedTokens + tokens;
    double nextMoney = account.reservedMoney + money;
    if (allowed.tokens().isPresent() && account.tokens + nextTokens > allowed.tokens().get()) {
      return new Refused(
          "%d of %d tokens are used".formatted(account.tokens, allowed.tokens().get()), false);
    }
    if (allowed.money().isPresent() && over(account.money, nextMoney, allowed.money().get())) {
      return new Refused(
          "%.4f of %.4f are spent".formatted(account.money, allowed.money().get()), false);
    }
    if (allowed.tokensADay().isPresent()
        && account.tokensToday + nextTokens > allowed.tokensADay().get()) {
      return new Refused(
          "%d of %d tokens of today are used"
              .formatted(account.tokensToday, allowed.tokensADay().get()),
          true);
    }
    if (allowed.moneyADay().isPresent()
        && over(account.moneyToday, nextMoney, allowed.moneyADay().get())) {
      return new Refused(
          "%.4f of %.4f of today are spent"
              .formatted(account.moneyToday, allowed.moneyADay().get()),
          true);
    }
    account.reservedTokens = nextTokens;
    account.reservedMoney = nextMoney;
    boolean budgeted = allowed.limited();
    if (budgeted) {
      account.writtenTokens += tokens;
      account.writtenMoney += money;
      note(new Entry(key.name(), today(), tokens, money));
      flush();
    }
    return new Reserved(new Reservation(key.name(), tokens, money, budgeted));
  }

  /** Money that is wholly spent is spent, also for a request whose price nobody knows yet. */
  private static boolean over(double spent, double more, double allowed) {
    return spent >= allowed || spent + more > allowed;
  }

  public synchronized Standing standing(String key) {
    Account account = account(key);
    account.turn(today());
    return new Standing(account.tokens, account.money, account.tokensToday, account.moneyToday);
  }

  /** Why what keys used cannot be written down, while that is so. */
  public synchronized Optional<String> trouble() {
    return trouble;
  }

  private Account account(String key) {
    return accounts.computeIfAbsent(key, k -> new Account());
  }

  private long today() {
    return LocalDate.ofInstant(time.instant(), ZoneOffset.UTC).toEpochDay();
  }

  private void note(Entry entry) {
    unwritten.merge(
        entry.key() + entry.day(),
        entry,
        (a, b) -> new Entry(a.key(), a.day(), a.tokens() + b.tokens(), a.money() + b.money()));
  }

  private void writeSoon() {
    if (!unwritten.isEmpty() && !soon) {
      soon = true;
      var _ = timers.after(TOGETHER, this::flush);
    }
  }

  /** Writes down what was settled since the last time; what cannot be written is tried again. */
  private synchronized void flush() {
    soon = false;
    try {
      for (Iterator<Entry> all = unwritten.values().iterator(); all.hasNext(); ) {
        file.append(all.next().line());
        all.remove();
      }
      if (file.entries() > rewriteAt) {
        rewriteAt = Integer.MAX_VALUE;
        var _ = timers.after(Duration.ZERO, this::compact);
      }
      if (trouble.isPresent()) {
        log.info("What keys used is written down again");
        trouble = Optional.empty();
      }
    } catch (IOException e) {
      if (trouble.isEmpty()) {
        log.error("What keys used cannot be written down, and is tried again: {}", e.getMessage());
      }
      trouble = Optional.of(String.valueOf(e.getMessage()));
      writeSoon();
    }
  }

  /** Writes it anew, beside the requests, none of which waits for the disk. */
  private void compact() {
    int next = REWRITE;
    try {
      AppendLog.Rewriting rewriting;
      synchronized (this) {
        flush();
        if (!unwritten.isEmpty()) {
          return;
        }
        rewriting = file.rewriting(lines());
      }
      rewriting.finish();
    } catch (IOException e) {
      next = file.entries() + REWRITE;
      log.error("What keys used cannot be written anew, and is tried later: {}", e.getMessage());
    } finally {
      synchronized (this) {
        rewriteAt = next;
      }
    }
  }

  /** Two lines a key: all before today, and today with what is reserved. */
  private synchronized List<String> lines() {
    List<String> lines = new ArrayList<>();
    accounts.forEach(
        (key, a) -> {
          lines.add(new Entry(key, 0, a.tokens - a.tokensToday, a.money - a.moneyToday).line());
          lines.add(
              new Entry(key, a.day, a.tokensToday + a.writtenTokens, a.moneyToday + a.writtenMoney)
                  .line());
        });
    return lines;
  }

  @Override
  public void close() throws IOException {
    flush();
    file.close();
  }
}
