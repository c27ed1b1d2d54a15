package dev.flotilla.scan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small repository of two machines, with a fault of most kinds. */
final class Monorepo {
  private Monorepo() {}

  static void write(Path root) throws IOException {
    file(
        root,
        "main_pc_code/config/startup_config.yaml",
        """
        agent_groups:
          core:
            Registry:
              script_path: main_pc_code/agents/registry.py
              port: ${PORT_OFFSET}+7200
              health_check_port: ${PORT_OFFSET}+8200
            Twin:
              script_path: main_pc_code/agents/twin.py
              port: 7200
              dependencies: [Registry, Nobody]
            Ghost:
              script_path: main_pc_code/agents/ghost.py
              port: 7300
        """);
    file(
        root,
        "pc2_code/config/startup_config.yaml",
        "pc2_services:\n- name: Broken\n  script_path: pc2_code/agents/broken.py\n  port: 7400\n");
    file(
        root,
        "main_pc_code/agents/registry.py",
        """
        import zmq
        import main_pc_code.agents.twin
        class Registry:
            def __init__(self):
                self.socket = zmq.Context().socket(zmq.REP)
                self.socket.bind("tcp://*:7201")
        if __name__ == "__main__":
            Registry()
        """);
    file(
        root,
        "main_pc_code/agents/twin.py",
        """
        import zmq
        import main_pc_code.agents.registry
        class Twin(BaseAgent):
            def __init__(self):
                self.socket = zmq.Context().socket(zmq.SUB)
                self.socket.connect("tcp://localhost:7201")
                self.other = zmq.Context().socket(zmq.REQ)
                self.other.connect("tcp://localhost:5999")
        """);
    file(root, "pc2_code/agents/broken.py", "class Broken:\n    def f(self:\n        pass\n");
    file(root, "main_pc_code/requirements.txt", "torch==2.0.0\npydantic\npydantic>=2\nasyncio\n");
    file(root, "pc2_code/requirements.txt", "torch==2.2.1\n-r requirements.txt\n");
    file(root, "backups/old_agent.py", "x = 1\n");
    file(root, "Dockerfile", "FROM python:latest\nRUN pip install torch\nCMD [\"python\"]\n");
  }

  static void file(Path root, String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
