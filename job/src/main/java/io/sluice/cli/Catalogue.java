package io.sluice.cli;

import io.sluice.connectors.kafka.WeightsStore;
import io.sluice.settings.Settings;
import io.sluice.weights.Release;
import io.sluice.weights.State;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The releases in the weights topic, as they stood when it was opened, and a way to add one. */
final class Catalogue {
  private final WeightsStore store;
  private final WeightsStore.Contents contents;
  private final String topic;

  private Catalogue(WeightsStore store, String topic) {
    this.store = store;
    this.topic = topic;
    contents = store.contents();
  }

  static Catalogue of(Settings settings) {
    return new Catalogue(
        new WeightsStore(settings.kafka(), settings.weights()), settings.weights().topic());
  }

  String topic() {
    return topic;
  }

  /** By model and version. */
  List<Release> releases() {
    return contents.releases();
  }

  /** Why other records of the topic are none. */
  List<String> refused() {
    return contents.refused();
  }

  /** Of one model, by version. */
  List<Release> releases(String model) {
    return releases().stream().filter(release -> release.model().equals(model)).toList();
  }

  /** The release of that version, or an error that names those there are. */
  Release release(String model, long version) {
    return releases(model).stream()
        .filter(release -> release.version() == version)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(absent(model, version)));
  }

  private String absent(String model, long version) {
    String there =
        releases(model).stream()
            .map(release -> release.version() + " (" + release.edition().state().word() + ")")
            .collect(Collectors.joining(", "));
    return there.isEmpty()
        ? "topic \"%s\" holds no release of model \"%s\"; it holds %s"
            .formatted(
                topic, model, releases().stream().map(Release::model).distinct().sorted().toList())
        : "model \"%s\" has no version %d; it has %s".formatted(model, version, there);
  }

  /** Who answers readings of that time, if anybody: the newest promoted version that is active then. */
  Optional<Release> answering(String model, long time) {
    return releases(model).stream()
        .filter(release -> release.edition().state() == State.PROMOTED)
        .filter(release -> release.edition().activeFrom() <= time)
        .max(Comparator.comparingLong(Release::version));
  }

  /** The version of a release that is still to come. */
  long next(String model) {
    return 1 + releases(model).stream().mapToLong(Release::version).max().orElse(0);
  }

  /** A later state of a release that is there. */
  void update(Release release) {
    store.publish(release);
  }

  /** Adds one under its number, or under the next that is free. */
  Release add(Release release) {
    return store.add(release);
  }
}
