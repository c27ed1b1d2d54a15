package dev.flotilla.cli.thin;

import dev.flotilla.cli.context.Context;
import dev.flotilla.cli.context.GlobalOptions;
import dev.flotilla.cli.context.Served;
import dev.flotilla.cli.screen.Screen;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** One command, carried out for another process. */
final class Execution {
  private final Counter.Commands commands;
  private final Question question;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  Execution(Counter.Commands commands, Question question) {
    this.commands = commands;
    this.question = question;
  }

  /** Says {@code BEGUN} before it begins: what breaks off after that may have been done. */
  void run(DataOutputStream out) throws IOException {
    out.writeByte(Answer.BEGUN);
    Served served = new Served();
    int code = ScopedValue.where(Served.HERE, served).call(this::execute);
    if (served.refused()) {
      out.writeByte(Answer.ELSEWHERE);
      return;
    }
    said.writeTo(out);
    out.writeByte(Answer.END);
    out.writeInt(code);
  }

  private int execute() {
    PrintStream out = new PrintStream(new Part(Answer.OUT), true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(new Part(Answer.ERR), true, StandardCharsets.UTF_8);
    int columns = question.columns();
    Screen screen = Screen.of(out, err, question.environment(), columns > 0, () -> columns);
    Context context =
        new Context(
            new GlobalOptions(), screen, question.environment(), Path.of(question.directory()));
    int code = commands.run(context, question.words().toArray(String[]::new));
    out.flush();
    err.flush();
    return code;
  }

  /** Keeps what is written to one stream in the order of both. */
  private final class Part extends OutputStream {
    private final byte tag;

    Part(byte tag) {
      this.tag = tag;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      DataOutputStream to = new DataOutputStream(said);
      to.writeByte(tag);
      to.writeInt(length);
      to.write(bytes, from, length);
    }
  }
}
