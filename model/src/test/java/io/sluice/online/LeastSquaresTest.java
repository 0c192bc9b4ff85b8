package io.sluice.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeastSquaresTest {
  private static final int SIZE = 3;
  private final LeastSquares squares = new LeastSquares();
  private final double[][] factors = new double[SIZE][SIZE];
  private final double[] scale = new double[SIZE];

  @Test
  void solvesAsNumpyDoes() throws IOException {
    List<double[]> rows = golden();
    squares.begin(SIZE, 2);
    for (double[] row : rows.subList(0, rows.size() - 2)) {
      squares.learn(Arrays.copyOf(row, SIZE), Arrays.copyOfRange(row, SIZE, SIZE + 2), 0.99);
    }
    squares.solve(factors, scale);
    for (int lead = 0; lead < 2; lead++) {
      double[] expected = rows.get(rows.size() - 2 + lead);
      for (int i = 0; i < SIZE; i++) {
        double[] unit = new double[SIZE];
        unit[i] = 1;
        double weight = squares.predict(lead, unit);
        assertThat(weight).isCloseTo(expected[i], within(1e-9 * Math.abs(expected[i])));
      }
    }
  }

  @Test
  void expectsNothingOfAColumnThatIsAlwaysZero() {
    squares.begin(SIZE, 1);
    for (int i = 0; i < 50; i++) {
      squares.learn(new double[] {1, 0, i % 7}, new double[] {3 + 2 * (i % 7)}, 1);
    }
    squares.solve(factors, scale);
    assertThat(squares.predict(0, new double[] {1, 1e9, 2})).isCloseTo(7, within(0.3));
  }

  private static List<double[]> golden() throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                LeastSquaresTest.class.getResourceAsStream("/online/least-squares.csv"),
                StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .map(line -> Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray())
          .toList();
    }
  }
}
