package io.sluice.connectors.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.sluice.anomaly.Episode;
import io.sluice.anomaly.Verdict;
import io.sluice.connectors.Header;
import io.sluice.connectors.Original;
import io.sluice.connectors.Row;
import io.sluice.forecast.Forecast;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;

/**
 * The contracts written as JSON: the same names, times in epoch milliseconds, bytes in base64, missing numbers null. What
 * only series of symbols have is left out for those of numbers.
 */
final class JsonRows implements RowEncoder {
  private final JsonFactory factory =
      JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();
  private final Labels labels;
  private final int median;

  JsonRows(Labels labels) {
    this.labels = labels;
    this.median = labels.median();
  }

  @Override
  public byte[] encode(Row row) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = factory.createGenerator(bytes)) {
      json.writeStartObject();
      write(row, json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private void write(Row row, JsonGenerator json) throws IOException {
    if (row instanceof Row.Forecasted forecasted) {
      forecast(forecasted.forecast(), json);
    } else if (row instanceof Row.Judged judged) {
      verdict(judged.verdict(), json);
    } else if (row instanceof Row.Late late) {
      letter(late.reason(), late.original().bounded(), json);
    } else if (row instanceof Row.DeadLetter letter) {
      letter(letter.reason(), letter.original().bounded(), json);
    }
  }

  private void forecast(Forecast forecast, JsonGenerator json) throws IOException {
    json.writeStringField("series", forecast.series());
    json.writeNumberField("time", forecast.time());
    json.writeStringField("model", forecast.model());
    json.writeNumberField("version", forecast.version());
    json.writeStringField("status", forecast.status().name().toLowerCase(Locale.ROOT));
    json.writeBooleanField("imputed", forecast.imputed());
    json.writeArrayFieldStart("levels");
    for (double level : labels.levels()) {
      json.writeNumber(level);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("variables");
    for (int variable = 0; variable < forecast.variables(); variable++) {
      variable(forecast, variable, json);
    }
    json.writeEndArray();
  }

  private void variable(Forecast forecast, int variable, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("variable", labels.variables().get(variable));
    json.writeArrayFieldStart("leads");
    for (int lead = 0; lead < forecast.leads(); lead++) {
      lead(forecast, variable, lead, json);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void lead(Forecast forecast, int variable, int lead, JsonGenerator json)
      throws IOException {
    json.writeStartObject();
    json.writeNumberField("lead", labels.leads().get(lead));
    json.writeNumberField("at", forecast.at()[lead]);
    number("median", forecast.expected(variable, lead, median), json);
    json.writeArrayFieldStart("quantiles");
    for (int level = 0; level < forecast.levels(); level++) {
      number(forecast.quantile(variable, lead, level), json);
    }
    json.writeEndArray();
    number("coverage", forecast.coverage(variable, lead), json);
    if (labels.symbols().any()) {
      symbols(forecast, json);
    }
    json.writeEndObject();
  }

  private void symbols(Forecast forecast, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("symbols");
    for (int rank = 0; rank < forecast.symbols().length; rank++) {
      json.writeStartObject();
      json.writeStringField("symbol", labels.symbols().name(forecast.symbols()[rank]));
      json.writeNumberField("probability", forecast.chances()[rank]);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void verdict(Verdict verdict, JsonGenerator json) throws IOException {
    json.writeStringField("series", verdict.series());
    json.writeNumberField("time", verdict.time());
    json.writeStringField("kind", verdict.kind().word());
    json.writeNumberField("surprise", verdict.surprise());
    json.writeArrayFieldStart("variables");
    for (int i = 0; i < verdict.actual().length; i++) {
      json.writeStartObject();
      json.writeStringField("variable", labels.variables().get(i));
      number("actual", verdict.actual()[i], json);
      number("expected", verdict.expected()[i], json);
      number("lower", verdict.lower()[i], json);
      number("upper", verdict.upper()[i], json);
      number("contribution", verdict.contribution()[i], json);
      if (labels.symbols().any()) {
        symbol("symbol", verdict.actual()[i], json);
        symbol("expectedSymbol", verdict.expected()[i], json);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeBooleanField("alert", verdict.alert());
    json.writeStringField("reason", verdict.reason());
    episode(verdict.episode(), json);
  }

  private void symbol(String name, double value, JsonGenerator json) throws IOException {
    if (Double.isNaN(value)) {
      json.writeNullField(name);
    } else {
      json.writeStringField(name, labels.symbols().name(labels.symbols().place(value)));
    }
  }

  private static void episode(Episode episode, JsonGenerator json) throws IOException {
    if (episode.id().isEmpty()) {
      json.writeNullField("episode");
      return;
    }
    json.writeObjectFieldStart("episode");
    json.writeStringField("id", episode.id());
    json.writeNumberField("start", episode.start());
    json.writeNumberField("end", episode.end());
    json.writeNumberField("severity", episode.severity());
    json.writeNumberField("peak", episode.peak());
    json.writeEndObject();
  }

  private static void letter(String reason, Original original, JsonGenerator json)
      throws IOException {
    json.writeStringField("reason", reason);
    json.writeStringField("topic", original.topic());
    json.writeNumberField("partition", original.partition());
    json.writeNumberField("offset", original.offset());
    json.writeNumberField("timestamp", original.timestamp());
    binary("key", original.key(), json);
    binary("value", original.value(), json);
    json.writeNumberField("size", original.size());
    json.writeArrayFieldStart("headers");
    for (Header header : original.headers()) {
      json.writeStartObject();
      json.writeStringField("name", header.name());
      json.writeBinaryField("value", header.value());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void binary(String name, Optional<byte[]> bytes, JsonGenerator json)
      throws IOException {
    json.writeFieldName(name);
    if (bytes.isPresent()) {
      json.writeBinary(bytes.get());
    } else {
      json.writeNull();
    }
  }

  private static void number(String name, double number, JsonGenerator json) throws IOException {
    json.writeFieldName(name);
    number(number, json);
  }

  private static void number(double number, JsonGenerator json) throws IOException {
    if (Double.isFinite(number)) {
      json.writeNumber(number);
    } else {
      json.writeNull();
    }
  }
}
