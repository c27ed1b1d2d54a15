/**
 * The one class of the parser we put ours in the place of. See the decision on the parser: it saves
 * most of the time that memory of rules cost.
 */
@NullMarked
package com.oracle.graal.python.pegparser;

import org.jspecify.annotations.NullMarked;
