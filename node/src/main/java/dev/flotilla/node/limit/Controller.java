package dev.flotilla.node.limit;

/** What a cgroup can limit, by its name in the kernel. */
enum Controller {
  CPU("cpu"),
  MEMORY("memory"),
  PIDS("pids");

  private final String kernelName;

  Controller(String kernelName) {
    this.kernelName = kernelName;
  }

  String kernelName() {
    return kernelName;
  }
}
