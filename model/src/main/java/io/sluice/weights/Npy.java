package io.sluice.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One array in numpy's own file format. Objects, which would be pickles, and structures are refused.
 *
 * <pre>
 *   6 bytes    0x93 "NUMPY"
 *   2 bytes    version 1.0, 2.0 or 3.0
 *   2 bytes    N, the length of the header, little-endian; 4 bytes from version 2.0 on
 *   N bytes    {'descr': '&lt;f4', 'fortran_order': False, 'shape': (3, 4), }, padded with spaces, and a line feed
 *   the rest   the numbers
 * </pre>
 */
public final class Npy {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int ALIGNMENT = 64;
  private static final int LONGEST_HEADER = 10_000;
  private static final int HIGHEST_RANK = 32;

  private static final Pattern TYPE =
      Pattern.compile("['\"]descr['\"]\\s*:\\s*['\"]([^'\"]*)['\"]");
  private static final Pattern ORDER =
      Pattern.compile("['\"]fortran_order['\"]\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("['\"]shape['\"]\\s*:\\s*\\(([0-9, ]*)\\)");

  private Npy() {}

  public static Tensor read(Path file) throws IOException {
    return read(file.toString(), Bytes.read(file));
  }

  /** @param source named in the error */
  public static Tensor read(String source, byte[] bytes) throws RefusedException {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    Header header = Header.of(source, headerText(source, in));
    ByteBuffer numbers = in.slice().order(header.bytes());
    return header.fortran()
        ? rowMajor(header.type().read(source, reversed(header.shape()), numbers))
        : header.type().read(source, header.shape(), numbers);
  }

  public static void write(Path file, Tensor tensor) throws IOException {
    Files.write(file, bytes(tensor));
  }

  public static byte[] bytes(Tensor tensor) {
    String shape =
        Arrays.stream(tensor.shape()).mapToObj(d -> d + ",").collect(Collectors.joining(" "));
    String text = "{'descr': '<f4', 'fortran_order': False, 'shape': (%s), }".formatted(shape);
    int before = MAGIC.length + 4;
    int length = text.length() + 1;
    int padding = Math.floorMod(-(before + length), ALIGNMENT);
    ByteBuffer out =
        ByteBuffer.allocate(
                Math.addExact(
                    before + length + padding,
                    Math.multiplyExact(Float.BYTES, tensor.data().length)))
            .order(ByteOrder.LITTLE_ENDIAN);
    out.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) (length + padding));
    out.put((text + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII));
    out.asFloatBuffer().put(tensor.data());
    return out.array();
  }

  private static String headerText(String source, ByteBuffer in) throws RefusedException {
    byte[] magic = new byte[MAGIC.length];
    if (in.remaining() < MAGIC.length + 6
        || !Arrays.equals(in.get(magic).array(), 0, 6, MAGIC, 0, 6)) {
      throw new RefusedException(source, "does not begin as an npy file does");
    }
    int version = in.get();
    in.get();
    if (version < 1 || version > 3) {
      throw new RefusedException(source, "npy version %d, expected 1 to 3".formatted(version));
    }
    long length =
        version == 1 ? Short.toUnsignedInt(in.getShort()) : Integer.toUnsignedLong(in.getInt());
    if (length > Math.min(in.remaining(), LONGEST_HEADER)) {
      throw new RefusedException(
          source,
          "a header of %d bytes, but %d follow and %d is the limit"
              .formatted(length, in.remaining(), LONGEST_HEADER));
    }
    byte[] text = new byte[(int) length];
    in.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  /** The dictionary in front of the numbers. */
  private record Header(NumberType type, ByteOrder bytes, boolean fortran, int[] shape) {

    static Header of(String source, String text) throws RefusedException {
      String type = find(source, text, TYPE, "a 'descr' that is one plain number");
      boolean fortran = find(source, text, ORDER, "'fortran_order'").equals("True");
      String shape = find(source, text, SHAPE, "a 'shape' of whole numbers from 0");
      if (type.endsWith("O")) {
        throw new RefusedException(source, "holds Python objects, which are never unpickled");
      }
      return new Header(
          NumberType.ofNumpy(source, type.isEmpty() ? type : type.substring(1)),
          type.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN,
          fortran,
          shape(source, shape.strip()));
    }

    private static String find(String source, String text, Pattern entry, String what)
        throws RefusedException {
      Matcher matcher = entry.matcher(text);
      if (!matcher.find()) {
        throw new RefusedException(
            source, "header %.200s, expected %s".formatted(text.strip(), what));
      }
      return matcher.group(1);
    }

    private static int[] shape(String source, String list) throws RefusedException {
      String[] dimensions = list.isEmpty() ? new String[0] : list.split("\\s*,\\s*");
      if (dimensions.length > HIGHEST_RANK) {
        throw new RefusedException(source, dimensions.length + " dimensions");
      }
      int[] shape = new int[dimensions.length];
      for (int i = 0; i < shape.length; i++) {
        try {
          shape[i] = Integer.parseInt(dimensions[i]);
        } catch (NumberFormatException e) {
          throw new RefusedException(
              source,
              "dimension \"%.40s\", expected up to %d".formatted(dimensions[i], Integer.MAX_VALUE));
        }
      }
      return shape;
    }
  }

  private static int[] reversed(int[] shape) {
    int[] reversed = new int[shape.length];
    for (int i = 0; i < shape.length; i++) {
      reversed[i] = shape[shape.length - 1 - i];
    }
    return reversed;
  }

  /** The tensor whose dimensions are those of the given one, last to first. */
  private static Tensor rowMajor(Tensor columns) {
    int[] shape = reversed(columns.shape());
    Tensor rows = Tensor.zeros(shape);
    int[] at = new int[shape.length];
    for (int to = 0; to < rows.data().length; to++) {
      int from = 0;
      for (int d = shape.length - 1; d >= 0; d--) {
        from = from * shape[d] + at[d];
      }
      rows.data()[to] = columns.data()[from];
      for (int d = shape.length - 1; d >= 0 && ++at[d] == shape[d]; d--) {
        at[d] = 0;
      }
    }
    return rows;
  }
}
