package io.sluice.weights;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A slice of a release's bytes, small enough for one message.
 *
 * @param digest of the whole release: parts belong together when they share it
 * @param index of this part, from 0
 * @param count of all parts
 * @param bytes nobody writes to them
 * @param checksum SHA-256 of this part's bytes, in hex
 */
public record Part(
    String model,
    long version,
    String digest,
    int index,
    int count,
    byte[] bytes,
    String checksum) {

  /** Each at most {@code limit} bytes long, overhead of the message around it not counted. */
  public static List<Part> split(Release release, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("parts of %d bytes, expected 1 or more".formatted(limit));
    }
    byte[] whole = release.bytes();
    int count = (whole.length - 1) / limit + 1;
    List<Part> parts = new ArrayList<>(count);
    for (int index = 0; index < count; index++) {
      int from = index * limit;
      byte[] slice = Arrays.copyOfRange(whole, from, Math.min(whole.length - from, limit) + from);
      parts.add(
          new Part(
              release.model(),
              release.version(),
              release.digest(),
              index,
              count,
              slice,
              Digest.of(slice)));
    }
    return parts;
  }

  /** Says what is wrong with a part that came from outside. */
  void check() throws RefusedException {
    if (model.length() > Edition.LONGEST_MODEL || digest.length() != Digest.LENGTH) {
      throw new RefusedException(toString(), "digest \"%.80s\" is none".formatted(digest));
    }
    if (index < 0 || index >= count) {
      throw new RefusedException(toString(), "index outside of 0 to count");
    }
    if (bytes.length == 0) {
      throw new RefusedException(toString(), "no bytes");
    }
    String actual = Digest.of(bytes);
    if (!actual.equals(checksum)) {
      throw new RefusedException(
          toString(), "checksum is %.80s, its bytes have %s".formatted(checksum, actual));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Part that
        && model.equals(that.model)
        && version == that.version
        && digest.equals(that.digest)
        && index == that.index
        && count == that.count
        && checksum.equals(that.checksum)
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * digest.hashCode() + index;
  }

  @Override
  public String toString() {
    return "part %d of %d of \"%.200s\" version %d".formatted(index, count, model, version);
  }
}
