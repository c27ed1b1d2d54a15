package dev.flotilla.assistant.embedding;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * ONNX Runtime with its libraries in a folder that stays. Left to itself it unpacks them into the
 * temporary folder with every start, and a process that is killed leaves them there.
 */
final class OnnxRuntime {
  /** Of the library on the class path; a new one gets a folder of its own. */
  private static final String VERSION = "1.28.0";

  private static final String FOLDER = "onnxruntime.native.path";

  private OnnxRuntime() {}

  /** Loads it when this process has not yet. */
  static OrtEnvironment in(Path folder) throws IOException {
    if (System.getProperty(FOLDER) == null) {
      String platform = platform();
      Path libraries = folder.resolve("onnxruntime-" + VERSION).toAbsolutePath();
      for (String name : new String[] {"onnxruntime", "onnxruntime4j_jni"}) {
        var _ =
            Unpacked.in(
                libraries, "ai/onnxruntime/native/" + platform + "/" + System.mapLibraryName(name));
      }
      System.setProperty(FOLDER, libraries.toString());
    }
    return OrtEnvironment.getEnvironment();
  }

  private static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    String os = system.contains("mac") ? "osx" : system.contains("win") ? "win" : "linux";
    return os + "-" + (machine.matches("amd64|x86_64") ? "x64" : machine);
  }
}
