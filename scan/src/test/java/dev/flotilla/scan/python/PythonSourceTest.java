package dev.flotilla.scan.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PythonSourceTest {
  @Test
  void readsWhatPythonAccepts() {
    PythonSource source = PythonSource.parse("def f(a, *b, c=1, **d) -> int:\n    return a + 1\n");

    assertThat(source.problem()).isEmpty();
    assertThat(source.body().getFirst())
        .isInstanceOfSatisfying(
            Statement.Function.class,
            f -> {
              assertThat(f.parameters())
                  .extracting(Parameter::name)
                  .containsExactly("a", "b", "c", "d");
              assertThat(f.span().line()).isEqualTo(1);
            });
  }

  @Test
  void namesTheBracketThatDoesNotMatch() {
    assertThat(PythonSource.parse("if x:\n    y\nz = 1)\n").problem())
        .contains(new SyntaxProblem(3, 6, "SyntaxError", "unmatched ')'"));
  }

  @Test
  void rejectsStatementsThatCame312() {
    assertThat(PythonSource.parse("type X = int\n").problem()).isPresent();
  }

  @Test
  void rejectsTheFormatStringsThatCameWith312() {
    Map.of(
            "f\"{d[\"a\"]}\"", "f-string: expecting '}'",
            "f\"{'\\n'.join(x)}\"", "f-string expression part cannot include a backslash",
            "f'''{a # b\n}'''", "f-string expression part cannot include '#'",
            "f\"{\na\n}\"", "unterminated string literal (detected at line 2)",
            "f'''{f'{d['a']}'}'''", "f-string: expecting '}'",
            "f'{a:{b:{c}}}'", "f-string: expressions nested too deeply",
            "f'{*a}'", "f-string: cannot use starred expression here")
        .forEach(
            (code, message) ->
                assertThat(PythonSource.parse("x = 1\n" + code + "\n").problem())
                    .as(code)
                    .hasValueSatisfying(
                        p -> {
                          assertThat(p.message()).startsWith(message);
                          assertThat(p.line()).isEqualTo(2);
                        }));
    assertThat(
            List.of(
                "f'{d[\"a\"]!r:>{w}}'",
                "f'{x = }{{#}}\\n\\N{EM DASH}'",
                "f'''{\na\n}'''",
                "f'{*a, *b}'",
                "f'{a != b} {a >= b} {x:%H:%M}'",
                "f\"{f'{1}'}\""))
        .allSatisfy(code -> assertThat(PythonSource.parse(code + "\n").problem()).isEmpty());
  }

  @Test
  void findsTheLineOfAnUnexpectedIndent() {
    assertThat(PythonSource.parse("import a\nx = 1\n        y = 2\n").problem())
        .hasValueSatisfying(p -> assertThat(p.line()).isEqualTo(3));
  }

  @Test
  void readsTheRestOfABrokenFile() {
    String text =
        """
        import os
        class Agent:
            def start(self):
                try:
                    self.socket.bind(f"tcp://*:{self.port}"
                except Exception as e:
                    pass
            def stop(self):
                try:
                    self.socket.close()
                except:
                    print("no")
        def after():
            try:
                x = 1
            except (ValueError, Exception):
                raise
        """;

    PythonSource source = PythonSource.parse(text);

    assertThat(source.problem()).isPresent();
    assertThat(handlers(source)).containsExactly(6, 11, 16);
    assertThat(source.body().get(1)).isInstanceOf(Statement.ClassDefinition.class);
  }

  @Test
  void keepsHandlersWhoseTryIsLost() {
    String text =
        "def f():\n    x = (1\n    except KeyError:\n        pass\n    finally:\n        y()\n";

    assertThat(handlers(PythonSource.parse(text))).containsExactly(3);
  }

  @Test
  void readsLatinOneByItsCookie() {
    byte[] bytes = "# -*- coding: latin-1 -*-\nx = 'é'\n".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(PythonSource.parse(bytes).problem()).isEmpty();
    assertThat(PythonSource.parse("x = 'é'\n".getBytes(StandardCharsets.ISO_8859_1)).problem())
        .hasValueSatisfying(p -> assertThat(p.message()).contains("utf-8"));
  }

  @Test
  void rejectsNullBytesAndUnknownEncodings() {
    assertThat(PythonSource.parse(new byte[] {'x', '=', 0, '\n'}).problem())
        .hasValueSatisfying(p -> assertThat(p.message()).contains("null bytes"));
    assertThat(PythonSource.parse("# coding: klingon\n".getBytes(StandardCharsets.UTF_8)).problem())
        .hasValueSatisfying(p -> assertThat(p.message()).contains("klingon"));
    assertThat(parsed("\uFEFF#coding: utf8\n").problem())
        .hasValueSatisfying(p -> assertThat(p.message()).contains("utf8 with BOM"));
    assertThat(parsed("\uFEFF#coding: UTF_8\n").problem()).isEmpty();
  }

  @Test
  void survivesLongSumsAndDeepNesting() {
    String sum = "x = " + "a + ".repeat(20_000) + "a\n";
    assertThat(PythonSource.parse(sum).body().getFirst())
        .isInstanceOfSatisfying(
            Statement.Assign.class,
            assign ->
                assertThat(assign.value())
                    .isInstanceOfSatisfying(
                        Expression.Operation.class, o -> assertThat(o.operands()).hasSize(20_001)));

    String deep = "x = " + "(".repeat(1000) + ")".repeat(1000) + "\n";
    assertThat(PythonSource.parse(deep).problem()).isPresent();
  }

  @Test
  void collectsCommentsOutsideStrings() {
    PythonSource source = PythonSource.parse("x = '# no'  # yes\n'''\n# no\n'''\n# alone\n");

    assertThat(source.lexed().comments())
        .containsExactly(
            new Lexed.Comment(1, 12, "# yes", false), new Lexed.Comment(5, 0, "# alone", true));
  }

  private static List<Integer> handlers(PythonSource source) {
    List<Integer> lines = new ArrayList<>();
    Walker walker =
        new Walker() {
          @Override
          protected void visit(Handler handler) {
            lines.add(handler.span().line());
            super.visit(handler);
          }
        };
    walker.walk(source.body());
    return lines;
  }

  private static PythonSource parsed(String text) {
    return PythonSource.parse(text.getBytes(StandardCharsets.UTF_8));
  }
}
