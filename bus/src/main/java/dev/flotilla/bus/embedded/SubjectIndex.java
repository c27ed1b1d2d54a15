package dev.flotilla.bus.embedded;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the subscribers of a subject: a tree with a level for each token. Not thread-safe.
 *
 * @param <S> a subscriber, told apart by identity
 */
final class SubjectIndex<S> {
  private final Node<S> root = new Node<>();
  private int size;
  private long changes;

  /** Grows with every change: who listens stays the same while this does. */
  long changes() {
    return changes;
  }

  /** How many subscribers there are. */
  int size() {
    return size;
  }

  /**
   * @param subject a valid one
   * @param queue empty for none
   */
  void add(String subject, String queue, S subscriber) {
    Node<S> node = root;
    int from = 0;
    while (from >= 0) {
      int dot = subject.indexOf('.', from);
      node = node.childFor(token(subject, from, dot));
      from = dot < 0 ? -1 : dot + 1;
    }
    (queue.isEmpty() ? node.plain : node.queues.computeIfAbsent(queue, q -> new ArrayList<>(1)))
        .add(subscriber);
    size++;
    changes++;
  }

  /** Takes one out again; one that is not there is left out in peace. */
  void remove(String subject, String queue, S subscriber) {
    if (remove(root, subject, 0, queue, subscriber)) {
      size--;
      changes++;
    }
  }

  /** Fills {@code found} with who listens on a literal subject; nobody on a malformed one. */
  void match(String subject, Match<S> found) {
    found.clear();
    if (!subject.isEmpty() && !hasEmptyToken(subject)) {
      match(root, subject, 0, found);
    }
  }

  /** Whether nothing is left over from subscribers that went. */
  boolean empty() {
    return size == 0 && root.useless();
  }

  private static <S> void match(Node<S> node, String subject, int from, Match<S> found) {
    if (node.rest != null) {
      node.rest.collect(found);
    }
    int dot = subject.indexOf('.', from);
    Node<S> named = node.children.get(token(subject, from, dot));
    if (named != null) {
      descend(named, subject, dot, found);
    }
    if (node.any != null) {
      descend(node.any, subject, dot, found);
    }
  }

  private static <S> void descend(Node<S> node, String subject, int dot, Match<S> found) {
    if (dot < 0) {
      node.collect(found);
    } else {
      match(node, subject, dot + 1, found);
    }
  }

  private static <S> boolean remove(
      Node<S> node, String subject, int from, String queue, S subscriber) {
    if (from < 0) {
      return node.removeHere(queue, subscriber);
    }
    int dot = subject.indexOf('.', from);
    String token = token(subject, from, dot);
    Node<S> child = node.child(token);
    if (child == null) {
      return false;
    }
    boolean removed = remove(child, subject, dot < 0 ? -1 : dot + 1, queue, subscriber);
    if (child.useless()) {
      node.dropChild(token);
    }
    return removed;
  }

  private static String token(String subject, int from, int dot) {
    return dot < 0 ? subject.substring(from) : subject.substring(from, dot);
  }

  private static boolean hasEmptyToken(String subject) {
    return subject.charAt(0) == '.'
        || subject.charAt(subject.length() - 1) == '.'
        || subject.contains("..");
  }

  private static final class Node<S> {
    final Map<String, Node<S>> children = new HashMap<>(2);
    final List<S> plain = new ArrayList<>(1);
    final Map<String, List<S>> queues = new LinkedHashMap<>(1);
    @Nullable Node<S> any;
    @Nullable Node<S> rest;

    @Nullable Node<S> child(String token) {
      return switch (token) {
        case "*" -> any;
        case ">" -> rest;
        default -> children.get(token);
      };
    }

    Node<S> childFor(String token) {
      Node<S> there = child(token);
      if (there != null) {
        return there;
      }
      Node<S> made = new Node<>();
      switch (token) {
        case "*" -> any = made;
        case ">" -> rest = made;
        default -> children.put(token, made);
      }
      return made;
    }

    void dropChild(String token) {
      switch (token) {
        case "*" -> any = null;
        case ">" -> rest = null;
        default -> children.remove(token);
      }
    }

    boolean removeHere(String queue, S subscriber) {
      if (queue.isEmpty()) {
        return removeIdentical(plain, subscriber);
      }
      List<S> members = queues.get(queue);
      if (members == null || !removeIdentical(members, subscriber)) {
        return false;
      }
      if (members.isEmpty()) {
        queues.remove(queue);
      }
      return true;
    }

    void collect(Match<S> found) {
      found.addPlain(plain);
      if (!queues.isEmpty()) {
        queues.forEach(found::addQueue);
      }
    }

    boolean useless() {
      return children.isEmpty()
          && plain.isEmpty()
          && queues.isEmpty()
          && any == null
          && rest == null;
    }

    @SuppressWarnings("ReferenceEquality") // subscribers are told apart by identity
    private static <S> boolean removeIdentical(List<S> list, S subscriber) {
      for (int i = 0; i < list.size(); i++) {
        if (list.get(i) == subscriber) {
          list.remove(i);
          return true;
        }
      }
      return false;
    }
  }
}
