package dev.flotilla.model.manifest;

import dev.flotilla.model.Bytes;
import dev.flotilla.model.Gpu;
import dev.flotilla.model.Group;
import dev.flotilla.model.Machine;
import dev.flotilla.model.Position;
import dev.flotilla.model.Problems;
import dev.flotilla.model.shape.Nearest;
import dev.flotilla.model.yaml.YamlNode;
import dev.flotilla.model.yaml.YamlNode.Mapping;
import dev.flotilla.model.yaml.YamlNode.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads machines and groups, and finds the machine that a name means. */
final class PlaceReader {
  static final String ONLY_MACHINE = "local";

  private final Fields root;
  private final Problems problems;

  PlaceReader(Fields root, Problems problems) {
    this.root = root;
    this.problems = problems;
  }

  /** At least one: without any in the manifest, this one. */
  Map<String, Machine> machines() {
    Fields all = root.section("machines").orElse(new Fields(Mapping.empty(root.mapping().where())));
    Map<String, Machine> machines = new LinkedHashMap<>();
    for (String name : all.mapping().byKey().keySet()) {
      Fields fields = all.section(name).orElse(new Fields(Mapping.empty(all.where(name))));
      machines.put(
          name,
          new Machine(
              name,
              fields.text("address").orElse("127.0.0.1"),
              fields.whole("cores"),
              fields.size("memory"),
              gpus(fields),
              environment(fields)));
    }
    if (machines.isEmpty()) {
      machines.put(
          ONLY_MACHINE,
          new Machine(
              ONLY_MACHINE, "127.0.0.1", Optional.empty(), Optional.empty(), List.of(), Map.of()));
    }
    return machines;
  }

  private List<Gpu> gpus(Fields machine) {
    List<Gpu> gpus = new ArrayList<>();
    for (YamlNode node : machine.list("gpus")) {
      if (node instanceof Mapping mapping) {
        Fields fields = new Fields(mapping);
        int index = gpus.size();
        if (!fields.has("vram")) {
          problems.error(mapping.where(), "a card without vram", "its memory", "write vram: 24GB");
        }
        gpus.add(
            new Gpu(
                index,
                fields.text("name").orElse("GPU " + index),
                fields.size("vram").orElse(Bytes.ZERO)));
      }
    }
    return gpus;
  }

  private static Map<String, String> environment(Fields fields) {
    Map<String, String> environment = new LinkedHashMap<>();
    fields
        .entries("env")
        .forEach(
            (name, entry) -> {
              if (entry.value() instanceof Scalar scalar) {
                environment.put(name, scalar.text());
              }
            });
    return environment;
  }

  Map<String, Group> groups(Set<String> machines) {
    Fields all = root.section("groups").orElse(new Fields(Mapping.empty(root.mapping().where())));
    Map<String, Group> groups = new LinkedHashMap<>();
    for (String name : all.mapping().byKey().keySet()) {
      Optional<String> shortForm = all.text(name);
      Fields fields = all.section(name).orElse(new Fields(Mapping.empty(all.whereKey(name))));
      Position where = shortForm.isPresent() ? all.where(name) : fields.where("machine");
      String machine =
          shortForm
              .or(() -> fields.text("machine"))
              .map(written -> known(written, where, machines))
              .orElseGet(() -> only(machines, where, "the group '" + name + "' without a machine"));
      groups.put(
          name, new Group(name, machine, fields.text("container"), fields.text("description")));
    }
    return groups;
  }

  /** The machine as written; a problem is added when there is none of that name. */
  String known(String written, Position where, Set<String> machines) {
    if (!machines.contains(written)) {
      problems.error(
          where,
          "the unknown machine '" + written + "'",
          "one of " + String.join(", ", machines),
          Nearest.to(written, machines)
              .map(near -> "did you mean '" + near + "'?")
              .orElse("declare it under machines"));
    }
    return written;
  }

  String only(Set<String> machines, Position where, String found) {
    if (machines.size() > 1) {
      problems.error(
          where,
          found,
          "one of " + String.join(", ", machines),
          "write machine: " + machines.iterator().next());
    }
    return machines.iterator().next();
  }
}
