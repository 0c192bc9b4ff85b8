package io.sluice.demo;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How a demo went.
 *
 * @param faults injected, and over for long enough to have been found
 * @param byKind how many of each kind were injected, alerted upon, and called by their name
 * @param falseAlarms alerts that no fault explains, by the kind they told
 * @param falseAlarmsEach for each series and 30 days of the fleet's clock
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
    @JsonProperty("weights_promoted") List<Long> promoted,
    @JsonProperty("first_forecast_seconds") double firstForecast,
    @JsonProperty("errors") List<String> errors) {

  void write(Path directory) throws IOException {
    Files.createDirectories(directory);
    new ObjectMapper()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .writeValue(directory.resolve("summary.json").toFile(), this);
  }
}
