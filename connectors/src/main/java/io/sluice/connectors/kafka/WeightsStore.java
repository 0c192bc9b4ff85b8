package io.sluice.connectors.kafka;

import io.sluice.connectors.Unreadable;
import io.sluice.connectors.wire.Parts;
import io.sluice.weights.Assembly;
import io.sluice.weights.Part;
import io.sluice.weights.RefusedException;
import io.sluice.weights.Release;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The weights topic from outside of a job: what is in it, and one release more. */
public final class WeightsStore {
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

  public Contents contents() {
    Assembly assembly = new Assembly(settings.maxBytes());
    Map<String, Release> latest = new TreeMap<>();
    List<String> refused = new ArrayList<>();
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
                .ifPresent(release -> latest.merge(name(release), release, WeightsStore::later));
          } catch (Unreadable | RefusedException refusal) {
            refused.add(
                "offset %d of partition %d: %s"
                    .formatted(original.offset(), original.partition(), refusal.getMessage()));
          }
        });
    List<Release> releases = new ArrayList<>(latest.values());
    releases.sort(Comparator.comparing(Release::model).thenComparingLong(Release::version));
    return new Contents(releases, refused);
  }

  private static String name(Release release) {
    return release.model() + "@" + release.version();
  }

  private static Release later(Release one, Release other) {
    return other.supersedes(one) ? other : one;
  }

  /** Adds a release, or a later state of one: all of its parts become visible together. */
  public void publish(Release release) {
    Properties client = kafka.client();
    client.setProperty("transactional.id", "sluice-weights-" + name(release));
    ByteArraySerializer bytes = new ByteArraySerializer();
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(client, bytes, bytes)) {
      producer.initTransactions();
      producer.beginTransaction();
      for (Part part : Part.split(release, settings.partBytes())) {
        producer.send(new ProducerRecord<>(settings.topic(), Parts.key(part), Parts.encode(part)));
      }
      producer.commitTransaction();
    }
  }
}
