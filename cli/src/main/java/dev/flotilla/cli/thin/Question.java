package dev.flotilla.cli.thin;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A command line and all of its process that a command may depend on.
 *
 * @param umask of the process, in octal digits
 * @param columns of the terminal, 0 when nobody watches
 * @param directory where it was started
 * @param key names that folder on this machine, whatever is mounted where
 */
record Question(
    String umask,
    int columns,
    String directory,
    String key,
    Map<String, String> environment,
    List<String> words) {

  void write(DataOutputStream out) throws IOException {
    Wire.text(out, umask);
    out.writeInt(columns);
    Wire.text(out, directory);
    Wire.text(out, key);
    out.writeInt(environment.size());
    for (Map.Entry<String, String> entry : environment.entrySet()) {
      Wire.text(out, entry.getKey());
      Wire.text(out, entry.getValue());
    }
    out.writeInt(words.size());
    for (String word : words) {
      Wire.text(out, word);
    }
  }

  static Question read(DataInputStream in) throws IOException {
    String umask = Wire.text(in);
    int columns = in.readInt();
    String directory = Wire.text(in);
    String key = Wire.text(in);
    Map<String, String> environment = new HashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      environment.put(Wire.text(in), Wire.text(in));
    }
    List<String> words = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      words.add(Wire.text(in));
    }
    return new Question(umask, columns, directory, key, environment, words);
  }
}
