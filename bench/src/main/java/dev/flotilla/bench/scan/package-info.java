/**
 * The scan beside flake8, bandit, pylint, jscpd and ruff on the same Python files: cost, growth,
 * accuracy. Start at {@link dev.flotilla.bench.scan.ScanBench}.
 */
@NullMarked
package dev.flotilla.bench.scan;

import org.jspecify.annotations.NullMarked;
