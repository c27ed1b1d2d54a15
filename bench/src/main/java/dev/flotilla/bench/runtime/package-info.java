/**
 * Supervision beside its peers in one run: the same static agents started, killed, hung, stopped
 * and measured under each. Start reading at {@link dev.flotilla.bench.runtime.RuntimeBench}.
 *
 * <p>{@code java -cp … dev.flotilla.bench.runtime.RuntimeBench} measures everything with the peers
 * that are in PATH (supervisord, runsvdir, s6-svscan, pm2, process-compose; cc is needed) and
 * writes {@code bench/reports/runtime.md} in about seven minutes; {@code --parts rounds,rest} and
 * {@code --peers Flotilla,runit} measure less, {@code --help} names the rest.
 */
@NullMarked
package dev.flotilla.bench.runtime;

import org.jspecify.annotations.NullMarked;
