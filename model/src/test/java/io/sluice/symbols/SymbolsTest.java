package io.sluice.symbols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SymbolsTest {
  private final Symbols machine = new Symbols(List.of("idle", "run", "7"), 2);

  @Test
  void aMessageSaysANameOrElseANumber() {
    assertThat(machine.place("run")).isEqualTo(1);
    assertThat(machine.place(" 2 ")).isEqualTo(2);
    assertThat(machine.place("7")).as("a name comes first").isEqualTo(2);
    assertThat(Symbols.numbered(64, 3).place("63")).isEqualTo(63);
  }

  @Test
  void allOthersShareOnePlace() {
    for (String text : List.of("", "Run", "-1", "3", "1.5", "99999999999", "1e0", "\u0663")) {
      assertThat(machine.place(text)).as(text).isEqualTo(machine.unknown());
    }
    for (double value : new double[] {-1, 0.5, 3, 1e30, Double.NEGATIVE_INFINITY}) {
      assertThat(machine.place(value)).as("%s", value).isEqualTo(machine.unknown());
    }
    assertThat(machine.place(Double.NaN)).isEqualTo(Symbols.MISSING);
    assertThat(machine.name(machine.unknown())).isEqualTo(Symbols.UNKNOWN);
  }

  @Test
  void whatCannotBeToldApartIsRefused() {
    assertThatThrownBy(() -> new Symbols(List.of("a", "a"), 1)).hasMessageContaining("[a, a]");
    assertThatThrownBy(() -> new Symbols(List.of("a", "unknown"), 1))
        .hasMessage("the symbol \"unknown\" is kept for all that have no name");
    assertThatThrownBy(() -> Symbols.numbered(1_000_000_000, 1)).hasMessageContaining("2 to 1000");
    assertThatThrownBy(() -> Symbols.numbered(1, 1)).hasMessageContaining("2 to 1000, not 1");
    assertThatThrownBy(() -> Symbols.numbered(4, 0)).hasMessageContaining("top is 0");
  }
}
