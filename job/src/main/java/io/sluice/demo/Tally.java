package io.sluice.demo;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.connectors.Original;
import io.sluice.connectors.kafka.KafkaSettings;
import io.sluice.connectors.kafka.TopicReader;
import io.sluice.connectors.kafka.WeightsStore;
import io.sluice.settings.Settings;
import io.sluice.weights.Release;
import io.sluice.weights.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts what the job has committed to its topics, as any consumer would see it. */
final class Tally implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TopicReader forecasts;
  private final TopicReader verdicts;
  private final TopicReader letters;
  private final TopicReader releases;
  private final WeightsStore store;
  private final Findings findings = new Findings();
  private final Map<Long, Long> byVersion = new TreeMap<>();
  private Published weights = new Published(0, List.of());
  private long dead;

  /**
   * What has come of retraining.
   *
   * @param promoted versions
   */
  record Published(int rounds, List<Long> promoted) {
    static Published of(List<Release> releases) {
      return new Published(
          releases.size(),
          releases.stream()
              .filter(release -> release.edition().state() == State.PROMOTED)
              .map(Release::version)
              .toList());
    }

    @Override
    public String toString() {
      return promoted.isEmpty()
          ? "no weights yet"
          : "weights v%d".formatted(promoted.get(promoted.size() - 1));
    }
  }

  Tally(Settings settings) {
    KafkaSettings kafka =
        new KafkaSettings(settings.kafka().bootstrap(), Map.of("max.poll.records", "50000"));
    store = new WeightsStore(kafka, settings.weights());
    releases = TopicReader.open(kafka, settings.weights().topic());
    forecasts = TopicReader.open(kafka, "forecasts");
    verdicts = TopicReader.open(kafka, "verdicts");
    letters = TopicReader.open(kafka, "dead-letters");
  }

  /** Takes in what has come since, and looks whether it tells of one of these faults. */
  void poll(List<Fault> faults) {
    forecasts.poll(row -> byVersion.merge(version(row), 1L, Long::sum));
    verdicts.poll(row -> judge(row, faults));
    letters.poll(row -> dead++);
    boolean[] news = {false};
    releases.poll(part -> news[0] = true);
    if (news[0]) {
      weights = Published.of(store.contents().releases());
    }
  }

  /** Of the weights that made a forecast: all else in it is passed over. */
  private static long version(Original row) {
    try (JsonParser fields = JSON.createParser(row.value().orElseThrow())) {
      while (!"version".equals(fields.nextFieldName())) {
        if (!fields.hasCurrentToken()) {
          throw new IllegalStateException("a forecast without a version");
        }
      }
      return fields.nextLongValue(0);
    } catch (IOException e) {
      throw new UncheckedIOException("a forecast is no JSON", e);
    }
  }

  private void judge(Original row, List<Fault> faults) {
    JsonNode verdict = json(row);
    findings.hear(
        new Findings.Said(
            verdict.path("series").asText(),
            verdict.path("kind").asText(),
            verdict.path("time").asLong(),
            verdict.path("alert").asBoolean()),
        faults);
  }

  private static JsonNode json(Original row) {
    try {
      return JSON.readTree(row.value().orElseThrow());
    } catch (IOException e) {
      throw new UncheckedIOException("a verdict is no JSON", e);
    }
  }

  long forecasts() {
    return byVersion.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Forecasts by the version of the weights that made them; 0 for the baseline. */
  Map<Long, Long> byVersion() {
    return byVersion;
  }

  Published weights() {
    return weights;
  }

  long deadLetters() {
    return dead;
  }

  Findings findings() {
    return findings;
  }

  @Override
  public void close() {
    forecasts.close();
    verdicts.close();
    letters.close();
    releases.close();
  }
}
