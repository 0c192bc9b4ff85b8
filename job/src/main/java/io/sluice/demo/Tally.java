package io.sluice.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.connectors.Original;
import io.sluice.connectors.kafka.KafkaSettings;
import io.sluice.connectors.kafka.TopicReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** Counts what the job has committed to its topics, as any consumer would see it. */
final class Tally implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TopicReader forecasts;
  private final TopicReader verdicts;
  private final TopicReader letters;
  private final Findings findings = new Findings();
  private long forecast;
  private long dead;

  Tally(String bootstrap) {
    KafkaSettings kafka = new KafkaSettings(bootstrap, Map.of("max.poll.records", "50000"));
    forecasts = TopicReader.open(kafka, "forecasts");
    verdicts = TopicReader.open(kafka, "verdicts");
    letters = TopicReader.open(kafka, "dead-letters");
  }

  /** Takes in what has come since, and looks whether it tells of one of these faults. */
  void poll(List<Fault> faults) {
    forecasts.poll(row -> forecast++);
    verdicts.poll(row -> judge(row, faults));
    letters.poll(row -> dead++);
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
    return forecast;
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
  }
}
