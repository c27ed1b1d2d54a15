/**
 * YAML as a tree in which every value knows its line and column, read with limits that hostile
 * input cannot pass. Start reading at {@link dev.flotilla.model.yaml.YamlReader}.
 */
@NullMarked
package dev.flotilla.model.yaml;

import org.jspecify.annotations.NullMarked;
