package io.sluice.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Memories of every layout that was ever written, kept in {@code src/test/resources/memories}: {@code NAME.memory}, and in
 * {@code NAME.said} what a forecaster said at the two readings after. Each stays readable and says the same.
 *
 * <p>A new layout adds its own: {@code mvn test -pl model -Dtests.without= -Dtest=GoldenMemoriesTest#writesThose*
 * -Dgolden.name=3}.
 */
class GoldenMemoriesTest {
  private static final Path MEMORIES = Path.of("src/test/resources/memories");
  private static final String NETWORK = "-network.memory";

  static List<Path> memories() throws IOException {
    try (Stream<Path> files = Files.list(MEMORIES)) {
      return files.filter(file -> file.toString().endsWith(".memory")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("memories")
  void staysReadableAndSaysTheSame(Path file) throws IOException {
    Memory memory = Memory.of(Files.readAllBytes(file));
    List<Double> said = said(memory, file);
    List<String> expected = Files.readAllLines(saying(file));
    assertThat(said).hasSameSizeAs(expected);
    for (int i = 0; i < said.size(); i++) {
      double number = Double.parseDouble(expected.get(i));
      assertThat(said.get(i)).isCloseTo(number, within(1e-6 * Math.abs(number)));
    }
  }

  @Test
  @Tag("writes-golden-files")
  void writesThoseOfThisLayout() throws IOException {
    for (String kind : List.of("-baseline.memory", NETWORK)) {
      Path file = MEMORIES.resolve(System.getProperty("golden.name") + kind);
      Memory memory = Memory.fresh(Plans.irregular());
      Pump pump = new Pump(5, true);
      for (int i = 0; i < 60; i++) {
        forecaster().advance(memory, pump.next(), model(file), new Ledger());
      }
      Files.createDirectories(MEMORIES);
      Files.write(file, memory.bytes());
      Files.write(saying(file), said(memory, file).stream().map(String::valueOf).toList());
    }
  }

  /** After a change of what is said on purpose; the memories stay as they are. */
  @Test
  @Tag("writes-golden-files")
  void writesWhatIsSaidAnew() throws IOException {
    for (Path file : memories()) {
      List<Double> said = said(Memory.of(Files.readAllBytes(file)), file);
      Files.write(saying(file), said.stream().map(String::valueOf).toList());
    }
  }

  /** Every quantile and surprise. */
  private static List<Double> said(Memory memory, Path file) {
    Ledger ledger = new Ledger();
    long minute = (memory.time() - Plans.START) / Plans.MINUTE;
    forecaster().advance(memory, Plans.reading(minute + 1, 21.5, 1e9), model(file), ledger);
    forecaster().advance(memory, Plans.reading(minute + 4, 30, 1e9 + 7), model(file), ledger);
    List<Double> said = new ArrayList<>();
    ledger.forecasts.forEach(forecast -> Arrays.stream(forecast.quantiles()).forEach(said::add));
    ledger.verdicts.forEach(verdict -> said.add(verdict.surprise()));
    return said;
  }

  private static Forecaster forecaster() {
    return new Forecaster(Plans.irregular());
  }

  private static Model model(Path file) {
    return file.toString().endsWith(NETWORK) ? Plans.model(Plans.irregular(), 1, 5) : Model.none();
  }

  private static Path saying(Path file) {
    return Path.of(file.toString().replace(".memory", ".said"));
  }
}
