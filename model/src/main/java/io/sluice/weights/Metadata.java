package io.sluice.weights;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Map;

/** The named strings beside the tensors of a release: records as JSON, strictly read, written the same everywhere. */
record Metadata(String source, Map<String, String> entries) {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(
              new SimpleModule()
                  .addSerializer(ZoneId.class, ToStringSerializer.instance)
                  .addDeserializer(ZoneId.class, new Zones())
                  .addSerializer(double.class, new Decimals())
                  .addSerializer(Double.class, new Decimals()))
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  static String text(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new AssertionError("our own records have a form in JSON", e);
    }
  }

  <T> T value(String key, Class<T> type) throws RefusedException {
    try {
      return JSON.readValue(entry(key), type);
    } catch (JsonProcessingException e) {
      Throwable cause = e.getCause() instanceof IllegalArgumentException ? e.getCause() : e;
      String reason = cause == e ? e.getOriginalMessage() : cause.getMessage();
      throw new RefusedException(source, "metadata \"%s\": %s".formatted(key, reason));
    }
  }

  void expect(String key, String expected) throws RefusedException {
    if (!entry(key).equals(expected)) {
      throw new RefusedException(
          source,
          "metadata \"%s\" is \"%.80s\", expected \"%s\"".formatted(key, entry(key), expected));
    }
  }

  private String entry(String key) throws RefusedException {
    String entry = entries.get(key);
    if (entry == null) {
      throw new RefusedException(
          source, "no metadata \"%s\", so this is not a release".formatted(key));
    }
    return entry;
  }

  /** The shortest decimal that reads back as the same double. Double.toString differs between Java 17 and 19. */
  private static final class Decimals extends StdSerializer<Double> {
    private static final long serialVersionUID = 1;

    Decimals() {
      super(Double.class);
    }

    @Override
    public void serialize(Double value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeNumber(shortest(value));
    }

    private static BigDecimal shortest(double value) {
      BigDecimal exact = new BigDecimal(value);
      for (int digits = 1; digits < 17; digits++) {
        BigDecimal rounded = exact.round(new MathContext(digits));
        if (rounded.doubleValue() == value) {
          return rounded.scale() < 0 && rounded.scale() > -7 ? rounded.setScale(0) : rounded;
        }
      }
      return exact.round(new MathContext(17));
    }
  }

  private static final class Zones extends StdDeserializer<ZoneId> {
    private static final long serialVersionUID = 1;

    Zones() {
      super(ZoneId.class);
    }

    @Override
    public ZoneId deserialize(JsonParser in, DeserializationContext context) throws IOException {
      String zone = in.getValueAsString("");
      try {
        return ZoneId.of(zone);
      } catch (DateTimeException e) {
        throw context.weirdStringException(zone, ZoneId.class, "no time zone is called that");
      }
    }
  }
}
