package dev.flotilla.model.yaml;

import dev.flotilla.model.Position;
import dev.flotilla.model.Problems;
import dev.flotilla.model.yaml.YamlNode.Entry;
import dev.flotilla.model.yaml.YamlNode.Mapping;
import dev.flotilla.model.yaml.YamlNode.Scalar;
import dev.flotilla.model.yaml.YamlNode.Sequence;
import dev.flotilla.model.yaml.YamlNode.Style;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;

/** From parser events to the tree. Depth and growth are watched while it is built. */
final class YamlComposer {

  /** Nothing more can be made of the file; the problem was reported. */
  static final class Stop extends RuntimeException {
    Stop() {
      super(null, null, false, false);
    }
  }

  private final String file;
  private final Iterator<Event> events;
  private final Problems problems;
  private final Map<Anchor, YamlNode> anchors = new HashMap<>();
  private long aliased;

  YamlComposer(String file, Iterator<Event> events, Problems problems) {
    this.file = file;
    this.events = events;
    this.problems = problems;
  }

  Optional<YamlNode> document() {
    events.next();
    if (events.next().getEventId() == Event.ID.StreamEnd) {
      return nothing();
    }
    YamlNode root = node(events.next(), 1);
    events.next();
    Event after = events.next();
    if (after.getEventId() != Event.ID.StreamEnd) {
      problems.error(
          where(after),
          "a second document",
          "one document a file",
          "remove the line --- and what follows, or move it to a file of its own");
    }
    return root instanceof Scalar scalar && scalar.isNull() ? nothing() : Optional.of(root);
  }

  private Optional<YamlNode> nothing() {
    problems.error(
        new Position(file, 0, 0),
        "an empty file",
        "YAML with at least one key",
        "begin with the example in docs/manifest.md");
    return Optional.empty();
  }

  private YamlNode node(Event event, int depth) {
    if (depth > YamlReader.DEEPEST) {
      throw stop(
          where(event),
          "more than " + YamlReader.DEEPEST + " levels of nesting",
          "at most " + YamlReader.DEEPEST,
          "flatten this part");
    }
    YamlNode node =
        switch (event) {
          case AliasEvent alias -> alias(alias);
          case ScalarEvent scalar -> scalar(scalar);
          case MappingStartEvent start -> mapping(start, depth);
          case SequenceStartEvent start -> sequence(start, depth);
          default -> throw new IllegalStateException("unexpected YAML event " + event);
        };
    if (event instanceof NodeEvent named && !(event instanceof AliasEvent)) {
      named.getAnchor().ifPresent(anchor -> anchors.put(anchor, node));
    }
    return node;
  }

  private YamlNode alias(AliasEvent event) {
    YamlNode target = anchors.get(event.getAlias());
    if (target == null) {
      throw stop(
          where(event),
          "the alias *" + event.getAlias().getValue(),
          "an anchor &" + event.getAlias().getValue() + " that ends before it",
          "add the anchor, or write the value out");
    }
    aliased += target.size();
    if (aliased > YamlReader.MOST_ALIASED) {
      throw stop(
          where(event),
          "aliases that repeat more than " + YamlReader.MOST_ALIASED + " values",
          "at most " + YamlReader.MOST_ALIASED,
          "write the values out, or use defaults");
    }
    return target;
  }

  private Scalar scalar(ScalarEvent event) {
    boolean text = event.getTag().filter(tag -> tag.equals("tag:yaml.org,2002:str")).isPresent();
    event
        .getTag()
        .filter(tag -> !tag.startsWith("tag:yaml.org,2002:") && !tag.equals("!"))
        .ifPresent(tag -> unknownTag(event, tag));
    Style style = event.isPlain() && !text ? Style.PLAIN : Style.QUOTED;
    return new Scalar(event.getValue(), style, where(event));
  }

  private Mapping mapping(MappingStartEvent start, int depth) {
    start.getTag().filter(tag -> !standard(tag)).ifPresent(tag -> unknownTag(start, tag));
    Map<String, Entry> byKey = new LinkedHashMap<>();
    List<YamlNode> merged = new ArrayList<>();
    for (Event next = events.next();
        next.getEventId() != Event.ID.MappingEnd;
        next = events.next()) {
      YamlNode key = node(next, depth + 1);
      YamlNode value = node(events.next(), depth + 1);
      if (!(key instanceof Scalar name)) {
        problems.error(key.where(), "a mapping or list as a key", "a word", "write a plain key");
      } else if (name.text().equals("<<") && name.style() == Style.PLAIN) {
        merged.add(value);
      } else {
        put(byKey, new Entry(name, value));
      }
    }
    merged.forEach(value -> merge(byKey, value));
    return Mapping.of(byKey, where(start));
  }

  private void put(Map<String, Entry> byKey, Entry entry) {
    Entry first = byKey.putIfAbsent(entry.key().text(), entry);
    if (first != null) {
      problems.error(
          entry.key().where(),
          "the key '" + entry.key().text() + "' a second time",
          "each key once; the first is at line " + first.key().where().line(),
          "remove one of the two, or give it another name");
    }
  }

  private void merge(Map<String, Entry> byKey, YamlNode value) {
    switch (value) {
      case Mapping mapping -> mapping.byKey().forEach(byKey::putIfAbsent);
      case Sequence list -> list.items().forEach(item -> merge(byKey, item));
      case Scalar scalar ->
          problems.error(
              scalar.where(), "<< with plain text", "<<: *anchor of a mapping", "name an anchor");
    }
  }

  private Sequence sequence(SequenceStartEvent start, int depth) {
    start.getTag().filter(tag -> !standard(tag)).ifPresent(tag -> unknownTag(start, tag));
    List<YamlNode> items = new ArrayList<>();
    for (Event next = events.next();
        next.getEventId() != Event.ID.SequenceEnd;
        next = events.next()) {
      items.add(node(next, depth + 1));
    }
    return Sequence.of(items, where(start));
  }

  private static boolean standard(String tag) {
    return tag.equals("!") || tag.startsWith("tag:yaml.org,2002:");
  }

  private void unknownTag(Event event, String tag) {
    problems.error(where(event), "the tag " + tag, "plain YAML", "remove the tag");
  }

  private Stop stop(Position where, String found, String expected, String advice) {
    problems.error(where, found, expected, advice);
    return new Stop();
  }

  private Position where(Event event) {
    return event
        .getStartMark()
        .map(mark -> new Position(file, mark.getLine() + 1, mark.getColumn() + 1))
        .orElse(new Position(file, 0, 0));
  }
}
