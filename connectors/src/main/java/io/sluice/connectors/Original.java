package io.sluice.connectors;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A record as the log holds it: where it stands and its bytes, untouched.
 *
 * @param timestamp of the record, epoch milliseconds
 * @param size of the value in bytes, also where the value has been cut
 */
public record Original(
    String topic,
    int partition,
    long offset,
    long timestamp,
    Optional<byte[]> key,
    Optional<byte[]> value,
    int size,
    List<Header> headers) {
  /** What a dead letter may hold, so that with base64 around it it stays under a broker's usual limit of 1 MB. */
  static final int MAX_VALUE = 640 << 10;

  static final int MAX_KEY = 32 << 10;
  static final int MAX_HEADERS = 32 << 10;

  /** Bytes of the largest dead letter: all parts at their limit, in JSON, with room for the reason. */
  public static final int LARGEST_LETTER =
      (MAX_VALUE + MAX_KEY + MAX_HEADERS) / 3 * 4 + MAX_KEY + (16 << 10);

  public Original(
      String topic,
      int partition,
      long offset,
      long timestamp,
      Optional<byte[]> key,
      Optional<byte[]> value,
      List<Header> headers) {
    this(
        topic,
        partition,
        offset,
        timestamp,
        key,
        value,
        value.map(v -> v.length).orElse(0),
        headers);
  }

  /** The same record, its parts cut so that it can be told of in another topic. */
  public Original bounded() {
    return new Original(
        topic,
        partition,
        offset,
        timestamp,
        key.map(bytes -> cut(bytes, MAX_KEY)),
        value.map(bytes -> cut(bytes, MAX_VALUE)),
        size,
        bounded(headers));
  }

  private static byte[] cut(byte[] bytes, int most) {
    return bytes.length <= most ? bytes : Arrays.copyOf(bytes, most);
  }

  private static List<Header> bounded(List<Header> headers) {
    int left = MAX_HEADERS;
    for (int i = 0; i < headers.size(); i++) {
      left -= headers.get(i).name().length() * 3 + headers.get(i).value().length;
      if (left < 0) {
        return List.copyOf(headers.subList(0, i));
      }
    }
    return headers;
  }
}
