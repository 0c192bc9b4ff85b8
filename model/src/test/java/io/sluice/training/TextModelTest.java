package io.sluice.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    double last = Math.exp(trained.epochs().get(11).loss());
    assertThat(first).isGreaterThan(10);
    assertThat(last).isLessThan(0.8 * first);
    assertThat(model.perplexity(trained.weights())).isLessThan(0.8 * first);
    assertThat(model.continuation(trained.weights(), "round and ", 20))
        .hasSize(30)
        .startsWith("round and ");
  }

  @Test
  void refusesATextTooShortToCut() {
    assertThatThrownBy(() -> new TextModel(VERSE)).hasMessageContaining("expected more than 1155");
  }
}
