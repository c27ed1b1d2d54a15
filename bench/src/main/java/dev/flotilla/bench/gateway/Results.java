package dev.flotilla.bench.gateway;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was measured of one gateway.
 *
 * @param values by what was measured
 */
record Results(
    String name, String version, Map<String, Double> values, Map<String, String> checks) {
  Results(String name, String version) {
    this(name, version, new LinkedHashMap<>(), new LinkedHashMap<>());
  }
}
