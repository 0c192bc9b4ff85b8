package io.sluice.connectors.wire;

import io.sluice.anomaly.Episode;
import io.sluice.anomaly.Verdict;
import io.sluice.connectors.Header;
import io.sluice.connectors.Original;
import io.sluice.connectors.Row;
import io.sluice.forecast.Forecast;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** The contracts in Avro, written field by field in the order of their schemas; a test reads them by the schemas. */
final class AvroRows implements RowEncoder {
  private static final int NULL = 0;
  private static final int PRESENT = 1;

  private final Labels labels;
  private final int median;
  private final Frames frames;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
  private final BinaryEncoder out = EncoderFactory.get().binaryEncoder(bytes, null);

  AvroRows(Labels labels, Frames frames) {
    this.labels = labels;
    this.median = labels.median();
    this.frames = frames;
  }

  @Override
  public byte[] encode(Row row) {
    bytes.reset();
    try {
      bytes.writeBytes(frames.head(contract(row)));
      write(row);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static Contract contract(Row row) {
    if (row instanceof Row.Forecasted) {
      return Contract.FORECAST;
    }
    return row instanceof Row.Judged ? Contract.VERDICT : Contract.DEAD_LETTER;
  }

  private void write(Row row) throws IOException {
    if (row instanceof Row.Forecasted forecasted) {
      forecast(forecasted.forecast());
    } else if (row instanceof Row.Judged judged) {
      verdict(judged.verdict());
    } else if (row instanceof Row.Late late) {
      letter(late.reason(), late.original().bounded());
    } else if (row instanceof Row.DeadLetter letter) {
      letter(letter.reason(), letter.original().bounded());
    }
  }

  private void forecast(Forecast forecast) throws IOException {
    out.writeString(forecast.series());
    out.writeLong(forecast.time());
    out.writeString(forecast.model());
    out.writeLong(forecast.version());
    out.writeEnum(forecast.status().ordinal());
    out.writeBoolean(forecast.imputed());
    items(forecast.levels());
    for (double level : labels.levels()) {
      out.writeDouble(level);
    }
    out.writeArrayEnd();
    items(forecast.variables());
    for (int variable = 0; variable < forecast.variables(); variable++) {
      out.writeString(labels.variables().get(variable));
      items(forecast.leads());
      for (int lead = 0; lead < forecast.leads(); lead++) {
        lead(forecast, variable, lead);
      }
      out.writeArrayEnd();
    }
    out.writeArrayEnd();
  }

  private void lead(Forecast forecast, int variable, int lead) throws IOException {
    out.writeInt(labels.leads().get(lead));
    out.writeLong(forecast.at()[lead]);
    out.writeDouble(forecast.expected(variable, lead, median));
    items(forecast.levels());
    for (int level = 0; level < forecast.levels(); level++) {
      out.writeDouble(forecast.quantile(variable, lead, level));
    }
    out.writeArrayEnd();
    number(forecast.coverage(variable, lead));
    items(forecast.symbols().length);
    for (int rank = 0; rank < forecast.symbols().length; rank++) {
      out.writeString(labels.symbols().name(forecast.symbols()[rank]));
      out.writeDouble(forecast.chances()[rank]);
    }
    out.writeArrayEnd();
  }

  private void verdict(Verdict verdict) throws IOException {
    out.writeString(verdict.series());
    out.writeLong(verdict.time());
    out.writeString(verdict.kind().word());
    out.writeDouble(verdict.surprise());
    items(verdict.actual().length);
    for (int i = 0; i < verdict.actual().length; i++) {
      out.writeString(labels.variables().get(i));
      number(verdict.actual()[i]);
      number(verdict.expected()[i]);
      number(verdict.lower()[i]);
      number(verdict.upper()[i]);
      out.writeDouble(verdict.contribution()[i]);
      symbol(verdict.actual()[i]);
      symbol(verdict.expected()[i]);
    }
    out.writeArrayEnd();
    out.writeBoolean(verdict.alert());
    out.writeString(verdict.reason());
    episode(verdict.episode());
  }

  private void episode(Episode episode) throws IOException {
    if (episode.id().isEmpty()) {
      out.writeIndex(NULL);
      return;
    }
    out.writeIndex(PRESENT);
    out.writeString(episode.id());
    out.writeLong(episode.start());
    out.writeLong(episode.end());
    out.writeDouble(episode.severity());
    out.writeLong(episode.peak());
  }

  private void letter(String reason, Original original) throws IOException {
    out.writeString(reason);
    out.writeString(original.topic());
    out.writeInt(original.partition());
    out.writeLong(original.offset());
    out.writeLong(original.timestamp());
    binary(original.key());
    binary(original.value());
    out.writeInt(original.size());
    items(original.headers().size());
    for (Header header : original.headers()) {
      out.writeString(header.name());
      out.writeBytes(ByteBuffer.wrap(header.value()));
    }
    out.writeArrayEnd();
  }

  private void items(int count) throws IOException {
    out.writeArrayStart();
    out.setItemCount(count);
  }

  private void number(double number) throws IOException {
    if (Double.isNaN(number)) {
      out.writeIndex(NULL);
    } else {
      out.writeIndex(PRESENT);
      out.writeDouble(number);
    }
  }

  /** Its name, where the series is one of symbols. */
  private void symbol(double value) throws IOException {
    if (!labels.symbols().any() || Double.isNaN(value)) {
      out.writeIndex(NULL);
    } else {
      out.writeIndex(PRESENT);
      out.writeString(labels.symbols().name(labels.symbols().place(value)));
    }
  }

  private void binary(Optional<byte[]> binary) throws IOException {
    if (binary.isEmpty()) {
      out.writeIndex(NULL);
    } else {
      out.writeIndex(PRESENT);
      out.writeBytes(ByteBuffer.wrap(binary.get()));
    }
  }
}
