package io.sluice.demo;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How a demo went.
 *
 * @param faults injected, and over for long enough to have been found
 * @param byKind how many of each kind were injected, alerted upon, and called by their name
 * @param falseAlarms alerts that no fault explains, by the kind they told
 * @param falseAlarmsEach for each series and 30 days of the fleet's clock
 * @param rounds of learning that came to weights
 * @param promoted the versions that were put into use
 * @param byVersion forecasts by the version of the weights that made them; 0 for the baseline
 * @param firstForecast seconds from the start of the process to the first committed forecast; negative for none
 */
record Summary(
    @JsonProperty("seconds") long seconds,
    @JsonProperty("series") int series,
    @JsonProperty("readings_in") long readingsIn,
    @JsonProperty("forecasts_out") long forecastsOut,
    @JsonProperty("verdicts") Map<String, Long> verdicts,
    @JsonProperty("dead_letters") long deadLetters,
    @JsonProperty("faults_injected") long faults,
    @JsonProperty("faults_found") long found,
    @JsonProperty("faults_by_kind") Map<String, Findings.Share> byKind,
    @JsonProperty("false_alarms") Map<String, Long> falseAlarms,
    @JsonProperty("false_alarms_a_series_and_month") double falseAlarmsEach,
    @JsonProperty("retraining_rounds") int rounds,
    @JsonProperty("weights_promoted") List<Long> promoted,
    @JsonProperty("forecasts_by_version") Map<Long, Long> byVersion,
    @JsonProperty("first_forecast_seconds") double firstForecast,
    @JsonProperty("errors") List<String> errors) {

  void write(Path directory) throws IOException {
    Files.createDirectories(directory);
    new ObjectMapper()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .writeValue(directory.resolve("summary.json").toFile(), this);
  }

  /** What a person reads at the end. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%,d readings of %d sensors in, %,d forecasts out; first after %.1f s"
            .formatted(readingsIn, series, forecastsOut, firstForecast));
    lines.add("%d of %d injected faults found".formatted(found, faults));
    byKind.forEach((kind, share) -> lines.add("  %-9s %s".formatted(kind, share)));
    lines.add(
        "%d false alarms, %.2f a series and month of the fleet's clock"
            .formatted(
                falseAlarms.values().stream().mapToLong(Long::longValue).sum(), falseAlarmsEach));
    lines.add(
        "%d rounds of retraining; weights versions promoted: %s"
            .formatted(rounds, promoted.isEmpty() ? "none" : text(promoted)));
    byVersion.forEach(
        (version, count) ->
            lines.add(
                "  %-11s made %,d forecasts"
                    .formatted(version == 0 ? "no weights" : "version " + version, count)));
    errors.forEach(error -> lines.add("error: " + error));
    return lines;
  }

  private static String text(List<Long> versions) {
    return versions.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
