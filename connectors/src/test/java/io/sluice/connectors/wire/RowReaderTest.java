package io.sluice.connectors.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.connectors.Examples;
import io.sluice.connectors.Row;
import io.sluice.connectors.Unreadable;
import io.sluice.connectors.wire.RowReader.Fields;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a row says in one word or number is the same in each of the three forms. */
class RowReaderTest {
  private static final Map<String, Contract> TOPICS =
      Map.of("f", Contract.FORECAST, "v", Contract.VERDICT, "l", Contract.DEAD_LETTER);

  @Test
  void theFormsAreToldApartByThemselves() throws Exception {
    try (Registry registry = Registry.start()) {
      RegistrySettings settings = RegistrySettings.at(registry.url());
      RowReader reader = new RowReader(settings);
      var forecast = Examples.forecast("pump-7 ü");
      var verdict = new Row.Judged(Examples.verdict("b"));
      var original = Examples.original();
      for (Wire wire :
          List.of(Wire.JSON, Wire.SINGLE_OBJECT, new Wire(WireForm.CONFLUENT, settings))) {
        RowEncoder encoder = wire.encoder(Examples.LABELS, TOPICS);
        Fields row = reader.read(encoder.encode(new Row.Forecasted(forecast)));
        assertThat(row.texts()).containsEntry("series", "pump-7 ü").containsEntry("status", "live");
        assertThat(row.wholes())
            .containsEntry("time", forecast.time())
            .containsEntry("version", forecast.version());

        Fields late = reader.read(encoder.encode(new Row.Late("behind", original)));
        assertThat(late.texts()).containsEntry("topic", original.topic());
        assertThat(late.wholes())
            .containsEntry("partition", (long) original.partition())
            .containsEntry("offset", original.offset());

        byte[] said = encoder.encode(verdict);
        assertThat(RowReader.says(said, verdict, Examples.LABELS)).isTrue();
        said[said.length - 2]++;
        assertThat(RowReader.says(said, verdict, Examples.LABELS)).isFalse();
      }
    }
  }

  @Test
  void whatIsNoRowIsUnreadable() {
    RowReader reader = new RowReader(RegistrySettings.NONE);
    for (byte[] row : List.of(new byte[0], "[1]".getBytes(UTF_8), "{\"a\":".getBytes(UTF_8))) {
      assertThatThrownBy(() -> reader.read(row)).isInstanceOf(Unreadable.class);
    }
    assertThatThrownBy(() -> reader.read(new byte[] {0, 0, 0, 0, 1, 2}))
        .hasMessageContaining("no registry.url");
  }
}
