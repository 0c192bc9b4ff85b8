package io.sluice.connectors.kafka;

import io.sluice.connectors.Unreadable;
import io.sluice.connectors.wire.Parts;
import io.sluice.weights.Assembly;
import io.sluice.weights.Edition;
import io.sluice.weights.Part;
import io.sluice.weights.RefusedException;
import io.sluice.weights.Release;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The weights topic from outside of a job: what is in it, and one release more. */
public final class WeightsStore {
  /** What a release's own transactional id begins with, and an id that is nobody's. */
  private static final String OWN = "sluice-weights-";

  static final String ANY = OWN + "check";
  private static final long LEAST_PATIENCE = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long MOST_PATIENCE = TimeUnit.SECONDS.toNanos(10);
  private static final String UNHANDLED = "Unhandled error in EndTxnResponse";

  private final KafkaSettings kafka;
  private final WeightsSettings settings;

  public WeightsStore(KafkaSettings kafka, WeightsSettings settings) {
    this.kafka = kafka;
    this.settings = settings;
  }

  /**
   * What the topic holds.
   *
   * @param releases by model and version, each in its latest state
   * @param refused why other records are none
   */
  public record Contents(List<Release> releases, List<String> refused) {}

  /**
   * A release, and when its state became known.
   *
   * @param clock of the record that completed it, epoch milliseconds
   */
  public record Published(Release release, long clock) {}

  public Contents contents() {
    List<String> refused = new ArrayList<>();
    List<Release> releases = read(refused).stream().map(Published::release).toList();
    return new Contents(releases, refused);
  }

  /** What can be read of it, in the same order. */
  public List<Published> published() {
    return read(new ArrayList<>());
  }

  private List<Published> read(List<String> refused) {
    Assembly assembly = new Assembly(settings.maxBytes());
    Map<String, Published> latest = new TreeMap<>();
    TopicReader.readAll(
        kafka,
        settings.topic(),
        original -> {
          if (original.value().isEmpty()) {
            return;
          }
          try {
            assembly
                .add(Parts.decode(original.value().get()))
                .ifPresent(
                    release ->
                        latest.merge(
                            name(release),
                            new Published(release, original.timestamp()),
                            WeightsStore::later));
          } catch (Unreadable | RefusedException refusal) {
            refused.add(
                "offset %d of partition %d: %s"
                    .formatted(original.offset(), original.partition(), refusal.getMessage()));
          }
        });
    List<Published> releases = new ArrayList<>(latest.values());
    releases.sort(
        Comparator.comparing((Published published) -> published.release().model())
            .thenComparingLong(published -> published.release().version()));
    return releases;
  }

  private static String name(Release release) {
    return release.model() + "@" + release.version();
  }

  private static Published later(Published one, Published other) {
    return other.release().supersedes(one.release()) ? other : one;
  }

  /** Adds a release of a number of its own, or a later state of one: all of its parts become visible together. */
  public void publish(Release release) {
    try (KafkaProducer<byte[], byte[]> producer = producer(OWN + name(release))) {
      write(producer, release);
    }
  }

  /**
   * Adds a release under its number or, where that is taken, under the next that is free.
   *
   * <p>All who number releases hold the same transactional id while they look and write: whoever begins later fences the
   * earlier one off, which then looks again after a while of chance, or two would fence each other off for ever. So no two
   * releases ever get one number.
   *
   * @return as it stands in the topic
   */
  public Release add(Release release) {
    for (long patience = LEAST_PATIENCE; ; patience = Math.min(2 * patience, MOST_PATIENCE)) {
      try (KafkaProducer<byte[], byte[]> producer = producer(numbering(settings))) {
        Release numbered = numbered(release);
        write(producer, numbered);
        return numbered;
      } catch (KafkaException refusal) {
        if (!fenced(refusal)) {
          throw refusal;
        }
        // somebody else has come in between: look again, and not in step with him
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(patience));
      }
    }
  }

  /** The transactional id of those who number releases. */
  static String numbering(WeightsSettings settings) {
    return "sluice-weights-of-" + settings.topic();
  }

  /** A broker that ends a transaction because somebody takes its id may give the commit that comes too late other names. */
  private static boolean fenced(Throwable refusal) {
    boolean by =
        refusal instanceof ProducerFencedException
            || refusal instanceof InvalidProducerEpochException
            || refusal instanceof InvalidTxnStateException
            || String.valueOf(refusal.getMessage()).startsWith(UNHANDLED);
    return by || refusal.getCause() != null && fenced(refusal.getCause());
  }

  /** Says before anything is learnt or decided that its settings make no producer that could publish it. */
  public void expect() {
    idle(ANY).close();
  }

  /** Asks the retraining job that runs for a round of that model, now: a record that is no part of weights. */
  public void ask(String model) {
    try (TopicWriter writer = TopicWriter.open(kafka, settings.topic())) {
      writer.write(Ask.key(model), null, System.currentTimeMillis());
      writer.flush();
    }
  }

  /**
   * Adds what a job has made, or the later state of it that a job has decided on, once, however often the job asks. What a
   * person has decided in the meantime stays.
   */
  Release addOnce(Release release) {
    List<Release> same = contents().releases().stream().filter(release::sameWork).toList();
    Optional<Release> there =
        same.stream().filter(one -> one.version() == release.version()).findFirst();
    if (there.filter(one -> moves(one.edition(), release.edition())).isPresent()) {
      publish(release);
      return release;
    }
    return there.or(() -> same.stream().findFirst()).orElseGet(() -> add(release));
  }

  private static boolean moves(Edition from, Edition to) {
    return from.state().compareTo(to.state()) < 0 && !from.byHand();
  }

  private Release numbered(Release release) {
    long last =
        contents().releases().stream()
            .filter(other -> other.model().equals(release.model()))
            .mapToLong(Release::version)
            .max()
            .orElse(0);
    return last < release.version() ? release : release.renumbered(last + 1);
  }

  /** Ends what an earlier holder of that id has begun, and keeps it from going on. */
  private KafkaProducer<byte[], byte[]> producer(String id) {
    KafkaProducer<byte[], byte[]> producer = idle(id);
    try {
      producer.initTransactions();
      return producer;
    } catch (RuntimeException broken) {
      producer.close();
      throw broken;
    }
  }

  private KafkaProducer<byte[], byte[]> idle(String id) {
    Properties client = kafka.client();
    client.setProperty("transactional.id", id);
    ByteArraySerializer bytes = new ByteArraySerializer();
    return new KafkaProducer<>(client, bytes, bytes);
  }

  private void write(KafkaProducer<byte[], byte[]> producer, Release release) {
    producer.beginTransaction();
    for (Part part : Part.split(release, settings.partBytes())) {
      producer.send(new ProducerRecord<>(settings.topic(), Parts.key(part), Parts.encode(part)));
    }
    producer.commitTransaction();
  }
}
