/**
 * What the router's confidence is worth, on the example of this repository and on a public set of
 * requests. Start reading at {@link dev.flotilla.bench.router.RouterBench}.
 */
@NullMarked
package dev.flotilla.bench.router;

import org.jspecify.annotations.NullMarked;
