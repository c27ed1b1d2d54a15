package dev.flotilla.scan.read;

import dev.flotilla.scan.python.Expression;
import dev.flotilla.scan.python.Statement;
import dev.flotilla.scan.python.Walker;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The measures of Lanza and Marinescu that betray a god object.
 *
 * @param methods number of methods
 * @param weight sum of the methods' paths (WMC)
 * @param foreign different attributes of other objects it touches (ATFD)
 * @param cohesion share of method pairs that use a common attribute (TCC), 0 to 1
 */
record ClassMetrics(int methods, int weight, int foreign, double cohesion) {

  static ClassMetrics of(Statement.ClassDefinition definition) {
    List<Set<String>> used = new ArrayList<>();
    Set<String> foreign = new HashSet<>();
    int weight = 0;
    for (Statement member : definition.body()) {
      if (member instanceof Statement.Function function) {
        weight += Complexity.paths(function);
        Attributes attributes = new Attributes(foreign);
        attributes.read(function);
        used.add(attributes.own);
      }
    }
    return new ClassMetrics(used.size(), weight, foreign.size(), cohesion(used));
  }

  boolean isGodObject() {
    return methods >= 60 || (weight >= 47 && foreign > 5 && cohesion < 1.0 / 3);
  }

  private static double cohesion(List<Set<String>> used) {
    int pairs = 0;
    int connected = 0;
    for (int i = 0; i < used.size(); i++) {
      for (int j = i + 1; j < used.size(); j++) {
        pairs++;
        Set<String> smaller = used.get(i).size() < used.get(j).size() ? used.get(i) : used.get(j);
        Set<String> larger = used.get(i).size() < used.get(j).size() ? used.get(j) : used.get(i);
        if (smaller.stream().anyMatch(larger::contains)) {
          connected++;
        }
      }
    }
    return pairs == 0 ? 1 : (double) connected / pairs;
  }

  private static final class Attributes extends Walker {
    private final Set<String> own = new HashSet<>();
    private final Set<String> foreign;

    Attributes(Set<String> foreign) {
      this.foreign = foreign;
    }

    void read(Statement.Function function) {
      visitBody(function.body());
    }

    @Override
    protected void visit(Expression expression) {
      if (expression instanceof Expression.Call call
          && call.function() instanceof Expression.Attribute method) {
        if (isSelf(method.value())) {
          own.add(method.name());
        } else {
          visit(method.value());
        }
        visitAll(call.arguments());
        call.keywords().forEach(k -> visit(k.value()));
        return;
      }
      if (expression instanceof Expression.Attribute attribute) {
        if (isSelf(attribute.value())) {
          own.add(attribute.name());
        } else if (attribute.value() instanceof Expression.Name owner) {
          foreign.add(owner.id() + "." + attribute.name());
        }
      }
      super.visit(expression);
    }

    private static boolean isSelf(Expression expression) {
      return expression instanceof Expression.Name name && name.id().equals("self");
    }
  }
}
