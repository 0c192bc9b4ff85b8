package io.sluice.deploy;

import io.sluice.connectors.broker.EmbeddedBroker;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A broker in a process of its own, so that what dies beside it dies alone. */
final class BrokerProcess implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 90;

  private final Child child;
  private final Path address;

  private BrokerProcess(Child child, Path address) {
    this.child = child;
    this.address = address;
  }

  /** What the process runs: a broker until its input ends, which it does when its parent dies. */
  public static void main(String[] arguments) throws IOException {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      Path address = Path.of(arguments[0]);
      Path whole = Files.writeString(address.resolveSibling("address.part"), broker.bootstrap());
      Files.move(whole, address, StandardCopyOption.ATOMIC_MOVE);
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }

  static BrokerProcess start(Path directory) throws IOException {
    Files.createDirectories(directory);
    Path address = directory.resolve("address");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx384m",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "-Djava.io.tmpdir=" + directory,
            "-Dlog4j.configurationFile="
                + Checkout.deploy("standalone/conf/log4j-client.properties").toUri(),
            "-cp",
            System.getProperty("java.class.path"),
            BrokerProcess.class.getName(),
            address.toString());
    Child child = Child.start(directory.resolve("broker.out"), Map.of(), command);
    return new BrokerProcess(child, address);
  }

  /** Where its clients find it, once it is up. */
  String bootstrap() {
    return Await.until("the broker is up", PATIENCE_SECONDS, this::address);
  }

  private Optional<String> address() {
    if (!child.runs()) {
      throw new IllegalStateException("the broker ended:\n" + child.output());
    }
    try {
      return Files.exists(address) ? Optional.of(Files.readString(address)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    child.close();
  }
}
