package dev.flotilla.assistant.builtin;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The words questions about the fleet are made of, and what is likely to be meant by a slip. */
final class Vocabulary {
  /** Words that say what is asked; slips in them are mended. */
  private static final Set<String> KEYWORDS =
      Set.of(
          "agents",
          "services",
          "unhealthy",
          "healthy",
          "running",
          "changed",
          "changes",
          "happened",
          "status",
          "memory",
          "restart",
          "restarting",
          "depends",
          "dependencies",
          "everything",
          "starting",
          "waiting",
          "degraded",
          "failed",
          "stopped",
          "crashed",
          "broken",
          "problem",
          "problems",
          "enabled",
          "disabled",
          "enable",
          "disable",
          "planned",
          "phases",
          "remember",
          "convert",
          "listens",
          "machine",
          "machines");

  private static final Set<String> COMMON =
      Set.copyOf(
          List.of(
              ("a about active all already am an and any anybody anyone anything are as at be been"
                   + " being bring but by can cant card cards check come comes could crash crashing"
                   + " current currently day date days declared did do does doing done down else"
                   + " event events every everybody everyone failing far fine flag flags fleet for"
                   + " free from get getting give going good got gpu gpus had happen happening has"
                   + " hasn have having health help here hey hi hour hours how i if in is issue"
                   + " issues it its just keep know last lately latest left less let list many me"
                   + " mem minute minutes moment more most much my need needs new next no not now"
                   + " of off ok okay on one ones open or our out over phase plan plans please port"
                   + " ports progress ready recent recently registered right roadmap run runs"
                   + " server service agent set should show sick since so some something state"
                   + " states step still stuck sure system task tasks tell than that the their them"
                   + " then there these they thing things this time to today total trouble up use"
                   + " used uses using us version very vram was we well were what when where which"
                   + " who whole whom whose why with without work working works wrong yet you your"
                   + " unwell sleeping asleep dead alive online offline live loop reason cause"
                   + " present ago exist exists start stop kill shut launch boot reboot name names"
                   + " there whats about fine report attention looping looped restarted restarts"
                   + " crashes started long often tell graphics video reachable heard computer"
                   + " computers hosts yesterday night morning afternoon evening week feature value"
                   + " logs log safely safe dies die break breaks broke depend depended rely relies"
                   + " really right pid process uptime alright order overview summary number count"
                   + " taken listening listen listens wait waits declare declares whole times big"
                   + " happens stops would will should could if may might ready healths")
                  .split(" ", -1)));

  private Vocabulary() {}

  /** Whether a question about the fleet may have it without being about something else. */
  static boolean has(String word) {
    return COMMON.contains(word) || KEYWORDS.contains(word) || word.matches("\\d+[smhd%]?");
  }

  /** The word that is meant, when just one keyword is one slip away. */
  static String meant(String word) {
    if (word.length() < 6 || has(word)) {
      return word;
    }
    Optional<String> near =
        KEYWORDS.stream()
            .filter(key -> key.length() >= 6 && oneSlip(word, key))
            .reduce((a, b) -> a.compareTo(b) < 0 ? a : b);
    return near.orElse(word);
  }

  /** One letter more, less or other, or two in the wrong order. */
  static boolean oneSlip(String a, String b) {
    if (Math.abs(a.length() - b.length()) > 1) {
      return false;
    }
    int same = 0;
    while (same < Math.min(a.length(), b.length()) && a.charAt(same) == b.charAt(same)) {
      same++;
    }
    String restA = a.substring(same);
    String restB = b.substring(same);
    if (restA.isEmpty() || restB.isEmpty()) {
      return true;
    }
    boolean other = restA.substring(1).equals(restB.substring(1));
    boolean more = restA.substring(1).equals(restB);
    boolean less = restA.equals(restB.substring(1));
    boolean swapped =
        restA.length() > 1
            && restB.length() > 1
            && restA.charAt(0) == restB.charAt(1)
            && restA.charAt(1) == restB.charAt(0)
            && restA.substring(2).equals(restB.substring(2));
    return other || more || less || swapped;
  }
}
