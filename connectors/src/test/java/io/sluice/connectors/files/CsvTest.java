package io.sluice.connectors.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.connectors.mapping.TimeForm;
import io.sluice.forecast.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvTest {
  @TempDir Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static List<Reading> read(Path file, Columns columns) throws IOException {
    List<Reading> all = new ArrayList<>();
    try (CsvReadings readings = CsvReadings.open(file, columns)) {
      for (Optional<Reading> next = readings.next(); next.isPresent(); next = readings.next()) {
        all.add(next.get());
      }
    }
    return all;
  }

  private static double[] values(Path file, String... columns) throws IOException {
    return read(file, Columns.of("t", columns)).stream()
        .flatMapToDouble(r -> java.util.Arrays.stream(r.values()))
        .toArray();
  }

  @Test
  void readsNamedColumnsInTheOrderAskedFor() throws IOException {
    Path file =
        file(
            "pump.csv",
            "date,HUFL,note,OT\n2016-07-01 00:00:00,5.827,\"a,\"\"b\n\",30.5\r\n2016-07-01 01:00:00,-1,,2e-3");

    List<Reading> readings = read(file, Columns.of("date", "OT", "HUFL"));

    assertThat(readings).extracting(Reading::series).containsOnly("pump");
    assertThat(readings).extracting(Reading::time).containsExactly(1467331200000L, 1467334800000L);
    assertThat(readings.get(0).values()).containsExactly(30.5, 5.827);
    assertThat(readings.get(1).values()).containsExactly(0.002, -1);
  }

  @Test
  void whatIsNotThereIsMissing() throws IOException {
    Path file = file("a.csv", "t,v,w\n1,,1\n2,NaN,2\n3,NA,3\n4,null,4\n\n5, 5 ,\n");

    assertThat(values(file, "v"))
        .containsExactly(Double.NaN, Double.NaN, Double.NaN, Double.NaN, 5);
    assertThat(values(file, "w")).containsExactly(1, 2, 3, 4, Double.NaN);
  }

  @Test
  void aFileOfNumbersAloneHasColumnsByNumber() throws IOException {
    List<Reading> readings = read(file("u.txt", "-118.00000000\n-138.5\n"), Columns.untimed("1"));

    assertThat(readings).extracting(r -> r.values()[0]).containsExactly(-118.0, -138.5);
    assertThat(readings).extracting(Reading::time).containsExactly(0L, 60_000L);
  }

  @ParameterizedTest
  @CsvSource({
    "1467331200, 1467331200000",
    "1467331200.25, 1467331200250",
    "1467331200123, 1467331200123",
    "1467331200123456, 1467331200123",
    "1467331200123456789, 1467331200123",
    "1990/1/1 0:00, 631148400000",
    "2016-07-01T00:00:00Z, 1467331200000",
  })
  void theFirstTimeTellsHowTimesAreWritten(String text, long expected) throws IOException {
    Columns columns =
        new Columns(
            Optional.empty(),
            Optional.of("t"),
            Optional.empty(),
            ZoneId.of("Europe/Berlin"),
            List.of("v"),
            List.of());
    assertThat(read(file("t.csv", "t,v\n" + text + ",1\n"), columns))
        .singleElement()
        .extracting(Reading::time)
        .isEqualTo(expected);
  }

  @Test
  void aColumnCanNameTheSeriesAndOthersBeKnownInAdvance() throws IOException {
    Columns columns =
        new Columns(
            Optional.of("id"),
            Optional.of("t"),
            Optional.of(TimeForm.Unit.MILLIS),
            ZoneId.of("UTC"),
            List.of("v"),
            List.of("plan"));
    List<Reading> readings = read(file("s.csv", "\uFEFFid;t;v;plan\na;7;1;2\nb;8;3;\n"), columns);

    assertThat(readings).extracting(Reading::series).containsExactly("a", "b");
    assertThat(readings).extracting(Reading::time).containsExactly(7L, 8L);
    assertThat(readings.get(0).covariates()).containsExactly(2);
    assertThat(readings.get(1).covariates()).containsExactly(Double.NaN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "t,v;1,x        | line 2 of .*: v is .x., expected a number",
        "t,v;1          | line 2 of .* has 1 fields, the first line has 2",
        "t,v;1,1e999    | v is 1e999, expected a finite number",
        "t,x;1,1        | has no column .v. among .t, x.",
        "t,v;1,\"3      | a quote is not closed",
        "t,v;2016-13-01,1 | line 2 of .*: time .2016-13-01. is not ISO-8601",
      })
  void saysWhichLineIsWrong(String text, String error) throws IOException {
    Path file = file("bad.csv", text.replace(";", "\n"));

    assertThatThrownBy(() -> values(file, "v"))
        .isInstanceOf(IOException.class)
        .hasMessageMatching("(?s).*" + error + ".*");
  }

  @Test
  void saysThatThereIsNoFile() {
    assertThatThrownBy(() -> read(folder.resolve("none.csv"), Columns.of("t", "v")))
        .hasMessageContaining("there is no file");
  }

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    for (String name : List.of("out.csv", "out.csv.gz")) {
      Path file = folder.resolve(name);
      try (CsvWriter out = CsvWriter.create(file, "t", "note", "v")) {
        out.time(1467331200123L).text("a,\"b\"\n").number(0.1).end();
        out.time(0).text("").number(Double.NaN).end();
      }
      List<Reading> readings = read(file, Columns.of("t", "v"));

      assertThat(readings).extracting(Reading::time).containsExactly(1467331200123L, 0L);
      assertThat(readings).extracting(r -> r.values()[0]).containsExactly(0.1, Double.NaN);
    }
  }

  @Test
  void aRowHasAsManyFieldsAsTheHeader() throws IOException {
    try (CsvWriter out = CsvWriter.create(folder.resolve("o.csv"), "a", "b")) {
      assertThatThrownBy(() -> out.whole(1).end())
          .hasMessage("a row of 1 fields under a header of 2");
    }
  }

  @Property
  void decimalsAreReadAsJavaReadsThem(
      @ForAll @DoubleRange(min = -1e12, max = 1e12) double number,
      @ForAll @IntRange(max = 12) int places)
      throws Exception {
    for (String text : List.of(Double.toString(number), ("%." + places + "f").formatted(number))) {
      byte[] bytes = ("x" + text).getBytes(UTF_8);
      assertThat(Decimal.parse("v", bytes, 1, bytes.length)).isEqualTo(Double.parseDouble(text));
    }
  }
}
