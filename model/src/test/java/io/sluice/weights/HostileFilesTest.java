package io.sluice.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.Test;

/** Whatever the bytes, the answer is tensors or a {@code RefusedException}, and memory follows the bytes there are. */
class HostileFilesTest {
  private static final Path GOLDEN = Path.of("src/test/resources/weights/formats");
  private static final Path STATE_DICT =
      Path.of("src/test/resources/weights/checks/lstm-both-ways/weights.safetensors");
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long ALLOWED = 2 << 20;

  private static final List<Reader> READERS =
      List.of(Release::read, SafeTensors::read, Npy::read, Npz::read, Weights::read);

  private interface Reader {
    Object read(String source, byte[] bytes) throws RefusedException;
  }

  @Property(tries = 3000)
  void mutatedReleases(@ForAll long seed) throws Exception {
    survives(Release::read, mutated(Examples.release(3).bytes(), seed));
  }

  @Property(tries = 3000)
  void mutatedSafetensors(@ForAll long seed) throws Exception {
    survives(SafeTensors::read, mutated(golden("every-type.safetensors"), seed));
  }

  @Property(tries = 3000)
  void mutatedStateDicts(@ForAll long seed) throws Exception {
    survives(Weights::read, mutated(Files.readAllBytes(STATE_DICT), seed));
  }

  @Property(tries = 3000)
  void mutatedArrays(@ForAll long seed) throws Exception {
    survives(Npy::read, mutated(golden("fortran.npy"), seed));
  }

  @Property(tries = 2000)
  void mutatedArchives(@ForAll long seed) throws Exception {
    survives(Npz::read, mutated(golden("stored.npz"), seed));
    survives(Npz::read, mutated(golden("deflated.npz"), seed));
  }

  @Property(tries = 1000)
  void noise(@ForAll byte[] bytes) {
    for (Reader reader : READERS) {
      survives(reader, bytes);
    }
  }

  /** So that loading classes is not counted as reading. */
  @BeforeContainer
  static void warm() throws Exception {
    for (int seed = 0; seed < 50; seed++) {
      for (Path file :
          List.of(
              GOLDEN.resolve("every-type.safetensors"),
              GOLDEN.resolve("deflated.npz"),
              STATE_DICT)) {
        byte[] bytes = mutated(Files.readAllBytes(file), seed);
        for (Reader reader : READERS) {
          try {
            reader.read("warm", bytes);
          } catch (RefusedException expected) {
            assertThat(expected).hasMessageStartingWith("warm");
          }
        }
      }
    }
  }

  private static void survives(Reader reader, byte[] bytes) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    try {
      reader.read("fuzz", bytes);
    } catch (RefusedException e) {
      assertThat(e.getMessage()).startsWith("fuzz").hasSizeLessThan(2000);
    }
    assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
        .isLessThan(ALLOWED + 64L * bytes.length);
  }

  private static byte[] golden(String name) throws Exception {
    return Files.readAllBytes(GOLDEN.resolve(name));
  }

  /** A few bytes changed, digits by digits so that numbers stay numbers, and sometimes the end cut or doubled. */
  private static byte[] mutated(byte[] bytes, long seed) {
    Random random = new Random(seed);
    byte[] mutated = bytes.clone();
    for (int change = random.nextInt(4); change >= 0; change--) {
      int at =
          random.nextInt(random.nextBoolean() ? Math.min(mutated.length, 1500) : mutated.length);
      boolean digit = mutated[at] >= '0' && mutated[at] <= '9';
      mutated[at] = (byte) (digit ? '0' + random.nextInt(10) : random.nextInt(256));
    }
    int length =
        switch (random.nextInt(6)) {
          case 0 -> random.nextInt(mutated.length);
          case 1 -> mutated.length + random.nextInt(100);
          default -> mutated.length;
        };
    return Arrays.copyOf(mutated, length);
  }

  @Test
  void aTruncatedFileIsNeverTakenForWhole() throws Exception {
    truncations(SafeTensors::read, golden("every-type.safetensors"));
    truncations(Npy::read, golden("little-f4.npy"));
    truncations(Npz::read, golden("stored.npz"));
    truncations(Npz::read, golden("deflated.npz"));
  }

  private static void truncations(Reader reader, byte[] whole) {
    for (int length = 0; length < whole.length; length++) {
      byte[] truncated = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> reader.read("t", truncated)).isInstanceOf(RefusedException.class);
    }
  }

  @Test
  void safetensorsHeadersSayWhatIsWrongWithThem() {
    refuses("{}", Long.MAX_VALUE, "a header of 9223372036854775807 bytes");
    refuses("{}", -1, "a header of 18446744073709551615 bytes");
    refuses("[]", 2, "header is no JSON object");
    refuses("{\"a\":", 5, "header is no JSON");
    refuses("[".repeat(100_000), 100_000, "header is no JSON: Document nesting depth");
    refuses(
        tensor("a", "F32", "[1]", "[0,4]") + tensor("a", "F32", "[1]", "[4,8]"),
        "Duplicate field 'a'");
    refuses(
        tensor("a", "F32", "[2]", "[0,4]"),
        "tensor \"a\": shape [2] of F32 takes 8 bytes, 4 are there");
    refuses(tensor("a", "F32", "[-1]", "[0,4]"), "tensor \"a\": -1 in its shape or offsets");
    refuses(tensor("a", "F32", "[1.0]", "[0,4]"), "tensor \"a\": 1.0 in its shape");
    refuses(tensor("a", "F32", "[1e9]", "[0,4]"), "in its shape or offsets");
    refuses(
        tensor("a", "F32", "[99999999999999999999]", "[0,4]"), "99999999999999999999 in its shape");
    refuses(
        tensor("a", "F32", "[2147483647,2147483647,2147483647]", "[0,4]"), "tensor \"a\": shape");
    refuses(tensor("a", "F32", "[1]", "[4,0]"), "tensor \"a\": lies from 4 to 0, expected from 0");
    refuses(
        tensor("a", "F32", "[1]", "[0,9000000000000000000]"), "tensor \"a\": lies from 0 to 9000");
    refuses(
        tensor("a", "F32", "[1]", "[0]"),
        "tensor \"a\": expected dtype, shape of at most 32 and two");
    refuses(tensor("a", "Q4", "[1]", "[0,4]"), "tensor \"a\": dtype \"Q4\", expected one of");
    refuses(
        tensor("a", "F32", "[1]", "[0,4]") + tensor("b", "F32", "[1]", "[2,6]"),
        "tensor \"b\": lies from 2 to 6, expected from 4");
    refuses(
        tensor("a", "F32", "[1]", "[0,4]") + tensor("b", "F32", "[1]", "[8,12]"),
        "tensor \"b\": lies from 8 to 12, expected from 4");
    refuses(tensor("a", "F32", "[1]", "[0,4]"), "16 bytes of numbers, the header accounts for 4");
    refuses(
        tensor("a", "F32", "[1]", "{\"x\":0,\"y\":4}"),
        "tensor \"a\": expected dtype, shape of at most");
    refuses(
        tensor("a", "F32", "[" + "1,".repeat(40) + "1]", "[0,4]"),
        "tensor \"a\": expected dtype, shape");
    refuses("\"__metadata__\":[1],", "metadata is no JSON object");
    refuses("\"__metadata__\":{\"k\":1},", "metadata \"k\" is no text");
  }

  private static String tensor(String name, String type, String shape, String offsets) {
    return "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s},"
        .formatted(name, type, shape, offsets);
  }

  private static void refuses(String entries, String reason) {
    String header = "{" + entries.substring(0, entries.length() - 1) + "}";
    refuses(header, header.length(), reason);
  }

  private static void refuses(String header, long length, String reason) {
    ByteBuffer file = ByteBuffer.allocate(8 + header.length() + 16).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(length).put(header.getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> SafeTensors.read("f", file.array()))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("f: ")
        .hasMessageContaining(reason);
  }

  @Test
  void anArrayThatClaimsMoreThanItHasIsRefused() throws Exception {
    for (String shape :
        List.of("(9, 4)", "(3,-4)", "(99999999999,)", "(2147483647, 2147483647, 9)")) {
      String header = new String(golden("little-f4.npy"), StandardCharsets.ISO_8859_1);
      byte[] file = header.replace("(3, 4)", shape).getBytes(StandardCharsets.ISO_8859_1);
      int longer = shape.length() - "(3, 4)".length();
      file[8] += (byte) longer;
      assertThatThrownBy(() -> Npy.read("f", file))
          .as(shape)
          .isInstanceOf(RefusedException.class)
          .hasMessageStartingWith("f: ");
    }
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> Weights.read(Path.of("no/such.safetensors")))
        .isInstanceOf(RefusedException.class)
        .hasMessage("no/such.safetensors: there is no such file");
  }

  @Test
  void anArchiveThatInflatesWithoutEndIsRefused() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("bomb.npy"));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 300; i++) {
        zip.write(zeros);
      }
    }
    assertThatThrownBy(() -> Npz.read("f", bytes.toByteArray()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("inflates to more than");
  }
}
