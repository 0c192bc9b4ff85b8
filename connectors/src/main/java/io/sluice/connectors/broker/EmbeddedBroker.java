package io.sluice.connectors.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * One node that is broker and controller, on free ports of the loopback interface and a temporary directory.
 *
 * <p>Closing it stops the node and deletes the directory.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final int NODE = 1;
  private static final long MOMENT = TimeUnit.MILLISECONDS.toNanos(10);

  private final Path directory;
  private final String bootstrap;
  private final KafkaRaftServer server;

  private EmbeddedBroker(Path directory, String bootstrap, KafkaRaftServer server) {
    this.directory = directory;
    this.bootstrap = bootstrap;
    this.server = server;
  }

  public static EmbeddedBroker start() {
    return start(Map.of(), List.of());
  }

  /**
   * A broker with properties of its own.
   *
   * @param properties laid over the defaults; the listener that clients reach is called {@code CLIENTS}
   * @param scram users, as {@code SCRAM-SHA-512=[name=alice,password=secret]}
   */
  public static EmbeddedBroker start(Map<String, String> properties, List<String> scram) {
    Path directory = directory();
    boolean started = false;
    try {
      EmbeddedBroker broker = start(directory, properties, scram);
      started = true;
      return broker;
    } finally {
      // by a flag: the broker is Scala, and throws what it does not declare
      if (!started) {
        delete(directory);
      }
    }
  }

  private static EmbeddedBroker start(
      Path directory, Map<String, String> properties, List<String> scram) {
    int port = freePort();
    Properties all = defaults(directory, port, freePort());
    all.putAll(properties);
    format(directory, all.getProperty("controller.listener.names"), scram);
    KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(all, false), Time.SYSTEM);
    server.startup();
    return new EmbeddedBroker(directory, HOST + ":" + port, server);
  }

  private static Path directory() {
    try {
      return Files.createTempDirectory("sluice-broker");
    } catch (IOException e) {
      throw new UncheckedIOException("the broker's directory could not be made", e);
    }
  }

  private static Properties defaults(Path directory, int port, int controllerPort) {
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            "process.roles",
            "broker,controller",
            "node.id",
            Integer.toString(NODE),
            "controller.quorum.voters",
            NODE + "@" + HOST + ":" + controllerPort,
            "controller.listener.names",
            "CONTROLLER",
            "listeners",
            "CLIENTS://%s:%d,CONTROLLER://%s:%d".formatted(HOST, port, HOST, controllerPort),
            "advertised.listeners",
            "CLIENTS://" + HOST + ":" + port,
            "log.dirs",
            directory.toString(),
            "group.initial.rebalance.delay.ms",
            "0",
            "log.cleaner.dedupe.buffer.size",
            Integer.toString(2 << 20),
            "auto.create.topics.enable",
            "false"));
    properties.setProperty("inter.broker.listener.name", "CLIENTS");
    properties.setProperty(
        "listener.security.protocol.map", "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT");
    properties.putAll(alone());
    return properties;
  }

  /** Kafka's own topics, which by default want three brokers and fifty partitions. */
  private static Properties alone() {
    Properties properties = new Properties();
    for (String topic :
        List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
      properties.setProperty(topic + ".replication.factor", "1");
      properties.setProperty(topic + ".num.partitions", "1");
    }
    properties.setProperty("transaction.state.log.min.isr", "1");
    properties.setProperty("share.coordinator.state.topic.min.isr", "1");
    return properties;
  }

  private static void format(Path directory, String controllerListener, List<String> scram) {
    Formatter formatter =
        new Formatter()
            .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
            .setNodeId(NODE)
            .setClusterId(Uuid.randomUuid().toString())
            .setReleaseVersion(MetadataVersion.latestProduction())
            .addDirectory(directory.toString())
            .setControllerListenerName(controllerListener)
            .setMetadataLogDirectory(directory.toString())
            .setScramArguments(scram);
    try {
      formatter.run();
    } catch (Exception e) {
      throw new IllegalStateException("the broker's directory could not be formatted", e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no free port on " + HOST, e);
    }
  }

  public String bootstrap() {
    return bootstrap;
  }

  /**
   * Makes a topic of so many partitions, with settings of its own such as {@code cleanup.policy}. It is there for everybody
   * once this returns.
   */
  public EmbeddedBroker topic(String name, int partitions, Map<String, String> settings) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      NewTopic topic = new NewTopic(name, partitions, (short) 1).configs(settings);
      admin.createTopics(List.of(topic)).all().get();
      while (!led(admin, name, partitions)) {
        LockSupport.parkNanos(MOMENT);
      }
      return this;
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException("topic \"" + name + "\" could not be made", e);
    }
  }

  /**
   * Whether each partition answers. The broker hears of a topic a moment after the controller has made it, and leads it a
   * moment later still: a producer whose first batch comes too early and whose second does not is refused for ever.
   */
  private static boolean led(Admin admin, String topic, int partitions)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (int partition = 0; partition < partitions; partition++) {
      ends.put(new TopicPartition(topic, partition), OffsetSpec.latest());
    }
    try {
      admin.listOffsets(ends).all().get();
      return true;
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof UnknownTopicOrPartitionException) {
        return false;
      }
      throw failed;
    }
  }

  public EmbeddedBroker topic(String name, int partitions) {
    return topic(name, partitions, Map.of());
  }

  /** Takes a topic away, with all that is in it. */
  public void delete(String topic) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      admin.deleteTopics(List.of(topic)).all().get();
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException("topic \"" + topic + "\" could not be deleted", e);
    }
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
    delete(directory);
  }

  private static void delete(Path directory) {
    try {
      Files.walkFileTree(directory, eraser());
    } catch (IOException e) {
      throw new UncheckedIOException("the broker left files in " + directory, e);
    }
  }

  private static FileVisitor<Path> eraser() {
    return new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
          throws IOException {
        Files.deleteIfExists(file);
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult postVisitDirectory(Path folder, IOException failure)
          throws IOException {
        Files.deleteIfExists(folder);
        return FileVisitResult.CONTINUE;
      }
    };
  }
}
