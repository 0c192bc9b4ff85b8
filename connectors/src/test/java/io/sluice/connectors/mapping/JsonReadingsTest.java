package io.sluice.connectors.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.connectors.Arrival;
import io.sluice.connectors.Examples;
import io.sluice.connectors.Unreadable;
import io.sluice.forecast.Reading;
import io.sluice.symbols.Symbols;
import java.io.IOException;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonReadingsTest {
  private static final Mapping NESTED =
      new Mapping(
          "device.id",
          "at",
          TimeForm.ISO,
          List.of("device.sensors[1].celsius", "device.sensors[0].bar"),
          List.of("plan.load"));
  private static final Mapping FLAT =
      new Mapping("id", "t", TimeForm.MILLIS, List.of("v"), List.of());

  private static Arrival decode(Mapping mapping, String json) throws IOException {
    return ReadingDecoder.of(Format.JSON, mapping).decode(Examples.message(json));
  }

  private static Reading read(Mapping mapping, String json) throws IOException {
    Arrival arrival = decode(mapping, json);
    assertThat(arrival).as(json).isInstanceOf(Arrival.Decoded.class);
    return ((Arrival.Decoded) arrival).reading();
  }

  private static String reason(Mapping mapping, String json) throws IOException {
    Arrival arrival = decode(mapping, json);
    assertThat(arrival).as(json).isInstanceOf(Arrival.Rejected.class);
    return ((Arrival.Rejected) arrival).reason();
  }

  @Test
  void symbolsComeAsNamesOrNumbers() throws IOException {
    Mapping states = FLAT.withSymbols(new Symbols(List.of("idle", "run", "fault"), 2));

    assertThat(read(states, "{\"id\":\"a\",\"t\":1,\"v\":\"run\"}").values()).containsExactly(1);
    assertThat(read(states, "{\"id\":\"a\",\"t\":1,\"v\":2}").values()).containsExactly(2);
    assertThat(read(states, "{\"id\":\"a\",\"t\":1,\"v\":\"on fire\"}").values())
        .containsExactly(3);
    assertThat(read(states, "{\"id\":\"a\",\"t\":1,\"v\":-4}").values()).containsExactly(3);
    assertThat(read(states, "{\"id\":\"a\",\"t\":1,\"v\":null}").values())
        .containsExactly(Double.NaN);
    assertThat(read(states, "{\"id\":\"a\",\"t\":1,\"v\":\"\"}").values())
        .containsExactly(Double.NaN);
  }

  @Test
  void findsWhatThePathsName() throws IOException {
    Reading reading =
        read(
            NESTED,
            """
            {"at": "2024-03-31T02:30:15.250+01:00", "other": [{"deep": [1, {"x": "y"}]}],
             "device": {"sensors": [{"bar": 1.25, "celsius": 9}, {"celsius": -20.5, "bar": 9}], "id": "p7"},
             "plan": {"load": 3}}
            """);

    assertThat(reading.series()).isEqualTo("p7");
    assertThat(reading.time()).isEqualTo(1_711_848_615_250L);
    assertThat(reading.arrived()).isEqualTo(1_000);
    assertThat(reading.values()).containsExactly(-20.5, 1.25);
    assertThat(reading.covariates()).containsExactly(3);
  }

  @Test
  void whatIsMissingOrNullIsMissingNotZero() throws IOException {
    Reading reading =
        read(
            NESTED,
            """
            {"at": "2024-03-31T02:30Z", "plan": null,
             "device": {"id": "p7", "sensors": [{"bar": null}]}}
            """);

    assertThat(reading.values()).containsExactly(Double.NaN, Double.NaN);
    assertThat(reading.covariates()).containsExactly(Double.NaN);
  }

  @Test
  void keyAndTimestampOfTheRecordCanStandIn() throws IOException {
    Mapping mapping =
        new Mapping(Mapping.KEY, Mapping.TIMESTAMP, TimeForm.MILLIS, List.of("v"), List.of());
    Reading reading = read(mapping, "{\"v\": 1}");

    assertThat(reading.series()).isEqualTo("by-key");
    assertThat(reading.time()).isEqualTo(1_000);
  }

  @Test
  void aRangeTakesJustSoManyValues() throws IOException {
    Mapping own = Mapping.own(3, 0);
    assertThat(own.variables()).isEqualTo(3);
    assertThat(read(own, "{\"series\":\"a\",\"time\":1,\"values\":[1,null,3]}").values())
        .containsExactly(1, Double.NaN, 3);
    assertThat(reason(own, "{\"series\":\"a\",\"time\":1,\"values\":[1,2]}"))
        .isEqualTo("values has 2 values, the model takes 3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"id\":\"a\",\"t\":1,\"v\":\"12.5\"}  | 12.5",
        "{\"id\":\"a\",\"t\":1,\"v\":\" 1e3 \"} | 1000",
        "{\"id\":\"a\",\"t\":1,\"v\":\"\"}      | NaN",
        "{\"id\":\"a\",\"t\":1,\"v\":\"NaN\"}   | NaN",
        "{\"id\":\"a\",\"t\":1,\"v\":NaN}     | NaN",
        "{\"id\":7,\"t\":\"1\",\"v\":-0.0}      | -0.0",
        "{\"id\":\"a\",\"t\":1,\"v\":123456789012345678901234567890} | 1.2345678901234568E29",
      })
  void takesNumbersAsTheySend(String json, double expected) throws IOException {
    assertThat(read(FLAT, json).values()).containsExactly(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "                                       | a reading is a JSON object",
        "[]                                     | a reading is a JSON object",
        "{\"id\":\"a\",\"t\":1,\"v\":1}{}        | something follows",
        "{\"id\":\"a\",\"t\":1,\"v\":1e999}      | v is not finite",
        "{\"id\":\"a\",\"t\":1,\"v\":-Infinity}  | v is not finite",
        "{\"id\":\"a\",\"t\":NaN,\"v\":1}        | not in millis of years 1 to 9999",
        "{\"id\":\"a\",\"t\":1,\"v\":\"warm\"}   | v is \"warm\", expected a number",
        "{\"id\":\"a\",\"t\":1,\"v\":\"0x1p3\"}  | expected a number",
        "{\"id\":\"a\",\"t\":1,\"v\":true}       | v is true, expected a value",
        "{\"id\":\"a\",\"t\":1,\"v\":[1]}        | v is an object or array",
        "{\"id\":\"a\",\"v\":1}                  | the time is missing",
        "{\"id\":\"a\",\"t\":null,\"v\":1}       | the time is missing",
        "{\"id\":\"\",\"t\":1,\"v\":1}           | the series is missing",
        "{\"t\":1,\"v\":1}                       | the series is missing",
        "{\"id\":1.5,\"t\":1,\"v\":1}            | id is 1.5, expected a name",
        "{\"id\":\"a\",\"t\":1700000000000000,\"v\":1} | not in millis of years 1 to 9999",
        "{\"id\":\"a\",\"t\":1e300,\"v\":1}      | not in millis of years 1 to 9999",
        "{\"id\":\"a\",\"t\":1,\"v\":1           | not JSON",
      })
  void saysWhyNot(String json, String reason) throws IOException {
    assertThat(reason(FLAT, json == null ? "" : json)).contains(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "seconds, 1711848615.25, 1711848615250",
    "seconds, -1, -1000",
    "millis, 1711848615250, 1711848615250",
    "micros, 1711848615250999, 1711848615250",
    "nanos, 1711848615250999999, 1711848615250",
    "iso, 2024-03-31T01:30:15.25Z, 1711848615250",
    "iso, 2024-03-31 01:30:15, 1711845015000",
    "iso, 2024-03-31T02:30, 1711848600000", // skipped by Berlin's clocks, moved on
    "iso, 2024-10-27T02:30:00, 1729989000000", // twice in Berlin, the first
    "iso, 2024-10-27T02:30:00+0100, 1729992600000",
    "iso, 2024-10-27T02:30:00-01, 1729999800000",
    "iso, 2024-02-29, 1709161200000",
    "iso, 2024/2/29 0:00, 1709161200000",
  })
  void readsTimesInEveryForm(String unit, String text, long expected) throws Unreadable {
    TimeForm form = new TimeForm(TimeForm.Unit.of(unit), ZoneId.of("Europe/Berlin"));
    assertThat(form.millis(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "2023-02-29",
    "2024-13-01",
    "24-01-01",
    "2024-01-01T",
    "2024-01/01",
    "2024-01-01T10:00Zx",
    "2024-01-01T10:00+1",
    "2024-01-01T25:00",
    "yesterday",
    "2024-01-01T10:00:00.x"
  })
  void refusesTimesThatAreNone(String text) {
    assertThatThrownBy(() -> TimeForm.ISO.millis(text)).hasMessageContaining("is not ISO-8601");
  }

  @ParameterizedTest
  @CsvSource({"a..b", ".a", "a[", "a[x]", "a[1..2]", "a[0..2].b", "a.", "[99999]"})
  void refusesPathsThatAreNone(String path) {
    assertThatThrownBy(() -> new Mapping("id", "t", TimeForm.MILLIS, List.of(path), List.of()))
        .hasMessageContaining("path \"" + path + "\"");
  }

  @Test
  void refusesPathsThatCollide() {
    assertThatThrownBy(() -> new Mapping("a", "a", TimeForm.MILLIS, List.of("v"), List.of()))
        .hasMessageContaining("twice");
    assertThatThrownBy(() -> new Mapping("a", "t", TimeForm.MILLIS, List.of("a.b"), List.of()))
        .hasMessageContaining("another path goes into it");
  }
}
