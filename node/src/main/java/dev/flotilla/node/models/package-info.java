/**
 * Servers of models that a service has this node run, and nothing that is not in the manifest.
 * Start reading at {@link dev.flotilla.node.models.ModelRuns}.
 */
@NullMarked
package dev.flotilla.node.models;

import org.jspecify.annotations.NullMarked;
