package io.sluice.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.weights.Weights;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextModelTest {
  private static final String VERSE = "Round and round the river runs, and round it runs again! ";

  @Test
  void keepsLettersAndNumbersThemByFrequency() {
    String clean = Alphabet.clean("\nThe Time-Machine, [1898]\n\n by\tWells_");
    assertThat(clean).isEqualTo("the time machine by wells");
    Alphabet alphabet = Alphabet.of("abbccc");
    assertThat(alphabet.size()).isEqualTo(4);
    assertThat(alphabet.number('c')).isEqualTo(1);
    assertThat(alphabet.number('a')).isEqualTo(3);
    assertThat(alphabet.number('z')).isZero();
    assertThat(alphabet.character(2)).isEqualTo('b');
  }

  @Test
  void learnsWhichCharactersComeAndGoesOn() throws InterruptedException {
    TextModel model = new TextModel(VERSE.repeat(25));
    Trained trained = model.train(12, 1, Progress.SILENT);
    double first = Math.exp(trained.epochs().get(0).loss());
    assertThat(first).isGreaterThan(10);
    assertThat(Math.exp(trained.epochs().get(11).loss())).isLessThan(0.8 * first);
    assertThat(model.perplexity(trained.weights())).isLessThan(0.8 * first);
    String text = model.continuation(trained.weights(), "round and ", 20);
    assertThat(text).hasSize(30).startsWith("round and ");
    assertThat(text.substring(10)).isEqualTo(likeliest(trained.weights(), text).substring(9));
  }

  /** After each character but the last the one that the sums of a training pass over the whole text hold likeliest. */
  private static String likeliest(Weights weights, String text) {
    Alphabet alphabet = Alphabet.of(Alphabet.clean(VERSE.repeat(25)));
    int symbols = alphabet.size();
    Extent extent = new Extent(text.length() - 1, 1);
    Batch batch = new Batch(extent.steps(), 1, symbols, 1);
    for (int t = 0; t < extent.steps(); t++) {
      batch.inputs[t * symbols + alphabet.number(text.charAt(t))] = 1;
    }
    Bptt bptt = new Bptt(weights.architecture(), new Loss.CrossEntropy(symbols), extent);
    float[] sums = bptt.answers(Parameters.of(weights), batch);
    StringBuilder likeliest = new StringBuilder();
    for (int t = 0; t < extent.steps(); t++) {
      int from = t * symbols;
      int best =
          IntStream.range(0, symbols).reduce(0, (a, b) -> sums[from + b] > sums[from + a] ? b : a);
      likeliest.append(alphabet.character(best));
    }
    return likeliest.toString();
  }

  @Test
  void refusesATextTooShortToCut() {
    assertThatThrownBy(() -> new TextModel(VERSE)).hasMessageContaining("expected more than 1155");
  }
}
