package io.sluice.weights;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Arrays by name in numpy's zip archive, compressed or not. Inflates to 256 MiB at most. */
public final class Npz {
  private static final int MOST = 1 << 28;
  private static final String SUFFIX = ".npy";
  private static final int END_LENGTH = 22;
  private static final int END_SIGNATURE = 0x06054b50;
  private static final int END_COUNT = 10;

  private Npz() {}

  public static Tensors read(Path file) throws IOException {
    return read(file.toString(), Bytes.read(file));
  }

  /** @param source named in the error */
  public static Tensors read(String source, byte[] bytes) throws RefusedException {
    int count = count(source, bytes);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      long left = MOST;
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        byte[] array = zip.readNBytes((int) left);
        left -= array.length;
        if (left == 0) {
          throw new RefusedException(source, "inflates to more than %d bytes".formatted(MOST));
        }
        put(source, entry.getName(), array, tensors);
      }
    } catch (RefusedException e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) {
      throw new RefusedException(source, e);
    }
    if (tensors.size() != count) {
      throw new RefusedException(
          source, "%d arrays, its directory lists %d".formatted(tensors.size(), count));
    }
    return new Tensors(tensors);
  }

  /** The archive's directory stands at its end, so that a truncated archive has none. */
  private static int count(String source, byte[] bytes) throws RefusedException {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int end = bytes.length - END_LENGTH;
    if (end < 0 || in.getInt(end) != END_SIGNATURE) {
      throw new RefusedException(source, "does not end as an npz file does");
    }
    return Short.toUnsignedInt(in.getShort(end + END_COUNT));
  }

  private static void put(String source, String entry, byte[] array, Map<String, Tensor> tensors)
      throws RefusedException {
    String what = "%s: \"%.200s\"".formatted(source, entry);
    if (!entry.endsWith(SUFFIX)) {
      throw new RefusedException(what, "is no array, expected a name that ends in " + SUFFIX);
    }
    String name = entry.substring(0, entry.length() - SUFFIX.length());
    if (tensors.put(name, Npy.read(what, array)) != null) {
      throw new RefusedException(what, "stands there twice");
    }
  }

  public static void write(Path file, Tensors tensors) throws IOException {
    Files.write(file, bytes(tensors));
  }

  /** Compressed; the same for the same tensors on the same Java. */
  public static byte[] bytes(Tensors tensors) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, Tensor> tensor : tensors.byName().entrySet()) {
        ZipEntry entry = new ZipEntry(tensor.getKey() + SUFFIX);
        entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
        zip.putNextEntry(entry);
        zip.write(Npy.bytes(tensor.getValue()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes what is written to it", e);
    }
    return bytes.toByteArray();
  }
}
