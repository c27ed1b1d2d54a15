package dev.flotilla.scan.read;

import dev.flotilla.scan.facts.Fact;
import dev.flotilla.scan.facts.FileFacts;
import dev.flotilla.scan.facts.FileFacts.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The dependencies in {@code pyproject.toml} and {@code setup.cfg}. */
final class ProjectReader {
  private static final Pattern QUOTED = Pattern.compile("[\"']([^\"']+)[\"']");

  private ProjectReader() {}

  static FileFacts read(String path, String text) {
    List<Fact> facts = new ArrayList<>();
    String section = "";
    boolean open = false;
    String[] lines = text.split("\\R", -1);
    for (int i = 0; i < lines.length; i++) {
      String line = lines[i].strip();
      if (line.startsWith("[") && !open) {
        section = line.replaceAll("[\\[\\]\\s]", "");
        continue;
      }
      boolean poetry = section.startsWith("tool.poetry") && section.endsWith("dependencies");
      if (poetry && line.matches("[\\w.\\-]+\\s*=.*")) {
        String name = line.substring(0, line.indexOf('=')).strip();
        if (!name.equals("python")) {
          RequirementsReader.parse(name, i + 1).ifPresent(facts::add);
        }
        continue;
      }
      boolean list =
          line.matches("(?:dependencies|install_requires)\\s*=.*")
              || (section.equals("project.optional-dependencies")
                  && line.matches("[\\w\\-]+\\s*=.*"));
      if (list || open) {
        open = (open || line.contains("[") || line.endsWith("=")) && !line.matches(".*]\\s*,?$");
        Matcher matcher = QUOTED.matcher(line);
        boolean quoted = false;
        while (matcher.find()) {
          quoted = true;
          RequirementsReader.parse(matcher.group(1).replaceAll(";.*", ""), i + 1)
              .ifPresent(facts::add);
        }
        if (path.endsWith(".cfg")) {
          open = line.isEmpty() || list || lines[i].startsWith(" ") || lines[i].startsWith("\t");
          if (!quoted && !list && open && !line.isEmpty()) {
            RequirementsReader.parse(line.replaceAll(";.*", ""), i + 1).ifPresent(facts::add);
          }
        }
      }
    }
    return FileReader.plain(path, Language.PROJECT, text, List.of(), facts);
  }
}
