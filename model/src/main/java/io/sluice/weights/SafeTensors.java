package io.sluice.weights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A safetensors file.
 *
 * <pre>
 *   8 bytes    N, the length of the header, little-endian
 *   N bytes    JSON, padded with spaces: {"__metadata__": {key: text},
 *              name: {"dtype": "F32", "shape": [rows, columns], "data_offsets": [begin, end]}, ...}
 *   the rest   the numbers, little-endian; offsets count from here, and the tensors fill it without gap or overlap
 * </pre>
 */
public record SafeTensors(Tensors tensors, Map<String, String> metadata) {
  private static final String METADATA = "__metadata__";
  private static final int HIGHEST_RANK = 32;
  private static final int LONGEST_HEADER = 4 << 20;
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(8).build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  public SafeTensors {
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  public static SafeTensors read(Path file) throws IOException {
    return read(file.toString(), Bytes.read(file));
  }

  /** @param source named in the error */
  public static SafeTensors read(String source, byte[] bytes) throws RefusedException {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < Long.BYTES) {
      throw new RefusedException(source, bytes.length + " bytes are no safetensors file");
    }
    long length = in.getLong();
    if (length < 2 || length > Math.min(in.remaining(), LONGEST_HEADER)) {
      throw new RefusedException(
          source,
          "is no safetensors file, or a broken one: a header of %s bytes, but %d follow and %d is the limit"
              .formatted(Long.toUnsignedString(length), in.remaining(), LONGEST_HEADER));
    }
    byte[] text = new byte[(int) length];
    in.get(text);
    JsonNode header = header(source, new String(text, StandardCharsets.UTF_8));
    Map<String, String> metadata = metadata(source, header);
    return new SafeTensors(tensors(source, header, in.slice()), metadata);
  }

  public void write(Path file) throws IOException {
    Files.write(file, bytes());
  }

  /** The same for the same tensors and metadata in the same order. */
  public byte[] bytes() {
    byte[] header = header();
    int data = 0;
    for (Tensor tensor : tensors.byName().values()) {
      data = Math.addExact(data, Math.multiplyExact(Float.BYTES, tensor.data().length));
    }
    ByteBuffer out =
        ByteBuffer.allocate(Math.addExact(Long.BYTES + header.length, data))
            .order(ByteOrder.LITTLE_ENDIAN);
    out.putLong(header.length).put(header);
    for (Tensor tensor : tensors.byName().values()) {
      out.asFloatBuffer().put(tensor.data());
      out.position(out.position() + Float.BYTES * tensor.data().length);
    }
    return out.array();
  }

  private byte[] header() {
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(header)) {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        json.writePOJOField(METADATA, metadata);
      }
      long begin = 0;
      for (Map.Entry<String, Tensor> entry : tensors.byName().entrySet()) {
        long end = begin + (long) Float.BYTES * entry.getValue().data().length;
        json.writeObjectFieldStart(entry.getKey());
        json.writeStringField("dtype", "F32");
        json.writePOJOField("shape", entry.getValue().shape());
        json.writePOJOField("data_offsets", new long[] {begin, end});
        json.writeEndObject();
        begin = end;
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes what is written to it", e);
    }
    while (header.size() % Long.BYTES != 0) {
      header.write(' ');
    }
    return header.toByteArray();
  }

  private static JsonNode header(String source, String text) throws RefusedException {
    try {
      JsonNode header = JSON.readTree(text);
      if (header.isObject()) {
        return header;
      }
    } catch (JsonProcessingException e) {
      throw new RefusedException(source, "header is no JSON: " + e.getOriginalMessage());
    }
    throw new RefusedException(source, "header is no JSON object");
  }

  private static Map<String, String> metadata(String source, JsonNode header)
      throws RefusedException {
    Map<String, String> metadata = new LinkedHashMap<>();
    if (header.has(METADATA) && !header.get(METADATA).isObject()) {
      throw new RefusedException(source, "metadata is no JSON object");
    }
    for (Map.Entry<String, JsonNode> entry : header.path(METADATA).properties()) {
      if (!entry.getValue().isTextual()) {
        throw new RefusedException(
            source, "metadata \"%.80s\" is no text".formatted(entry.getKey()));
      }
      metadata.put(entry.getKey(), entry.getValue().textValue());
    }
    return metadata;
  }

  /** In the order in which they lie in the file. */
  private static Tensors tensors(String source, JsonNode header, ByteBuffer data)
      throws RefusedException {
    List<Slice> slices = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : header.properties()) {
      if (!entry.getKey().equals(METADATA)) {
        slices.add(Slice.of(source, entry.getKey(), entry.getValue()));
      }
    }
    slices.sort(Comparator.comparingLong(Slice::begin).thenComparingLong(Slice::end));
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    long begin = 0;
    for (Slice slice : slices) {
      tensors.put(slice.name(), slice.read(begin, data));
      begin = slice.end();
    }
    if (begin != data.limit()) {
      throw new RefusedException(
          source, "%d bytes of numbers, the header accounts for %d".formatted(data.limit(), begin));
    }
    return new Tensors(tensors);
  }

  /** What the header says of one tensor. */
  private record Slice(
      String source, String name, NumberType type, int[] shape, long begin, long end) {

    static Slice of(String source, String name, JsonNode json) throws RefusedException {
      String what = "%s: tensor \"%.200s\"".formatted(source, name);
      JsonNode offsets = json.path("data_offsets");
      JsonNode dimensions = json.path("shape");
      boolean lists = dimensions.isArray() && offsets.isArray();
      if (!lists || dimensions.size() > HIGHEST_RANK || offsets.size() != 2 || json.size() != 3) {
        throw new RefusedException(
            what,
            "expected dtype, shape of at most %d and two data_offsets".formatted(HIGHEST_RANK));
      }
      int[] shape = new int[dimensions.size()];
      for (int i = 0; i < shape.length; i++) {
        shape[i] = (int) whole(what, dimensions.get(i), Integer.MAX_VALUE);
      }
      return new Slice(
          what,
          name,
          NumberType.ofSafeTensors(what, json.path("dtype").asText()),
          shape,
          whole(what, offsets.get(0), Long.MAX_VALUE),
          whole(what, offsets.get(1), Long.MAX_VALUE));
    }

    private static long whole(String what, JsonNode json, long most) throws RefusedException {
      if (!json.isIntegralNumber()
          || !json.canConvertToLong()
          || json.longValue() < 0
          || json.longValue() > most) {
        throw new RefusedException(
            what, "%.80s in its shape or offsets, expected 0 to %d".formatted(json, most));
      }
      return json.longValue();
    }

    Tensor read(long expectedBegin, ByteBuffer data) throws RefusedException {
      if (begin != expectedBegin || end < begin || end > data.limit()) {
        throw new RefusedException(
            source,
            "lies from %d to %d, expected from %d to at most %d"
                .formatted(begin, end, expectedBegin, data.limit()));
      }
      ByteBuffer slice = data.slice((int) begin, (int) (end - begin));
      return type.read(source, shape, slice.order(ByteOrder.LITTLE_ENDIAN));
    }
  }
}
