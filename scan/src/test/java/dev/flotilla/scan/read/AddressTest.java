package dev.flotilla.scan.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.scan.facts.Fact;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the file alone tells of an address. */
class AddressTest {
  @Test
  void followsParametersAndAttributes() {
    assertThat(
            addresses(
                """
                class A:
                    def __init__(self, port=5556, host=None):
                        self.port = port
                        self.host = host or "localhost"
                        self.socket.bind(f"tcp://*:{self.port}")
                        self.socket.connect(f"tcp://{self.host}:{self.port + 1}")
                """))
        .containsExactly("tcp://*:5556", "tcp://localhost:5557");
  }

  @Test
  void takesTheDefaultsOfTheEnvironmentAndOptions() {
    assertThat(
            addresses(
                """
                import os, argparse
                PORT = int(os.environ.get("MY_PORT", 5600))
                parser = argparse.ArgumentParser()
                parser.add_argument("--pub-port", type=int, default=5601)
                args = parser.parse_args()
                sock.bind("tcp://*:%d" % PORT)
                sock.bind("tcp://*:{}".format(args.pub_port))
                """))
        .containsExactly("tcp://*:«env:MY_PORT=5600»", "tcp://*:5601");
  }

  @Test
  void saysWhatItDoesNotKnow() {
    assertThat(
            addresses(
                """
                for port in ports:
                    sock.connect(f"tcp://localhost:{port}")
                if a:
                    n = 1000
                else:
                    n = 2000
                sock.bind(f"tcp://*:{n}")
                sock.bind(f"tcp://*:{config['zmq']['port']}")
                """))
        .containsExactly(
            "tcp://localhost:«unknown:port varies»",
            "tcp://*:«unknown:n has 2 values»",
            "tcp://*:«config:zmq.port»");
  }

  private static List<String> addresses(String code) {
    return PythonReader.read("a.py", code.getBytes(StandardCharsets.UTF_8))
        .of(Fact.Kind.ENDPOINT)
        .map(fact -> fact.value(2))
        .toList();
  }
}
