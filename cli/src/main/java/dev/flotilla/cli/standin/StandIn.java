package dev.flotilla.cli.standin;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * Starts as slowly as it is told, answers every probe on its ports, and fails when it is told to.
 */
public final class StandIn {
  private static final int BACKLOG = 64;
  private static final int PATIENCE_MILLIS = 2_000;

  private StandIn() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Role role = Role.read(arguments);
    Thread.sleep(role.startMillis());
    for (String place : role.listen()) {
      listen(place);
    }
    role.say().forEach(System.out::println);
    fail(role);
    if (!role.ends()) {
      new CountDownLatch(1).await();
    }
  }

  private static void listen(String place) throws IOException {
    int colon = place.lastIndexOf(':');
    InetAddress host = InetAddress.getByName(place.substring(0, colon));
    int port = Integer.parseInt(place.substring(colon + 1));
    ServerSocket server = new ServerSocket();
    server.setReuseAddress(true);
    server.bind(new InetSocketAddress(host, port), BACKLOG);
    daemon(() -> accept(server));
  }

  private static void accept(ServerSocket server) {
    while (true) {
      try {
        Socket caller = server.accept();
        daemon(() -> answer(caller));
      } catch (IOException e) {
        System.out.println("does not listen any more: " + e.getMessage());
        return;
      }
    }
  }

  private static void answer(Socket caller) {
    try (caller) {
      caller.setSoTimeout(PATIENCE_MILLIS);
      caller.setTcpNoDelay(true);
      Answers.to(caller.getInputStream(), caller.getOutputStream());
    } catch (IOException callerLeft) {
      // A probe that only connects does just that.
    }
  }

  private static void fail(Role role) throws IOException, InterruptedException {
    if (role.fault() == Role.Fault.NONE || !first(role.once())) {
      return;
    }
    Thread.sleep(role.faultMillis());
    switch (role.fault()) {
      case NONE -> {}
      case CRASH -> {
        System.out.println("crashes now, as the rehearsal has it");
        Runtime.getRuntime().halt(1);
      }
      case HANG -> {
        System.out.println("hangs now, as the rehearsal has it");
        new ProcessBuilder("kill", "-STOP", Long.toString(ProcessHandle.current().pid())).start();
      }
    }
  }

  private static boolean first(String once) throws IOException {
    if (once.isEmpty()) {
      return true;
    }
    try {
      Files.createFile(Path.of(once));
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(null, work, "stand-in", 128 << 10);
    thread.setDaemon(true);
    thread.start();
  }
}
