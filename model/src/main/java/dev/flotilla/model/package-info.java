/**
 * The words of Flotilla as records and sealed types, and the manifest they are read from. Pure: no
 * network, no threads; start reading at {@link dev.flotilla.model.Fleet}.
 */
@NullMarked
package dev.flotilla.model;

import org.jspecify.annotations.NullMarked;
