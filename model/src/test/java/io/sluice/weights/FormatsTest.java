package io.sluice.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.Python;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that numpy wrote (weights_golden.py) are read, and files written here are read by numpy. */
class FormatsTest {
  private static final Path GOLDEN = Path.of("src/test/resources/weights/formats");
  private static final Tensor QUARTERS = tensor(0.25f, -1, 3, 4);
  private static final Tensor WHOLE = tensor(1, 0, 3, 4);
  private static final Tensor ODD = odd();

  @TempDir Path folder;

  private static Tensor tensor(float step, float first, int... shape) {
    Tensor tensor = Tensor.zeros(shape);
    for (int i = 0; i < tensor.data().length; i++) {
      tensor.data()[i] = first + i * step;
    }
    return tensor;
  }

  private static Tensor odd() {
    Tensor tensor = Tensor.zeros(3, 4);
    for (int i = 0; i < tensor.data().length; i++) {
      tensor.data()[i] = i % 2;
    }
    return tensor;
  }

  @ParameterizedTest
  @ValueSource(strings = {"little-f8", "little-f4", "little-f2", "big-f4", "big-f8"})
  void readsNumpysFloats(String name) throws Exception {
    assertThat(Npy.read(GOLDEN.resolve(name + ".npy"))).isEqualTo(QUARTERS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"i8", "i4", "i2", "i1", "u1"})
  void readsNumpysWholeNumbers(String name) throws Exception {
    assertThat(Npy.read(GOLDEN.resolve(name + ".npy"))).isEqualTo(WHOLE);
  }

  @Test
  void readsNumpysOtherShapesAndOrders() throws Exception {
    assertThat(Npy.read(GOLDEN.resolve("b1.npy"))).isEqualTo(ODD);
    assertThat(Npy.read(GOLDEN.resolve("fortran.npy"))).isEqualTo(tensor(1, 0, 2, 3, 4));
    assertThat(Npy.read(GOLDEN.resolve("scalar.npy"))).isEqualTo(tensor(0, 2.5f));
    assertThat(Npy.read(GOLDEN.resolve("empty.npy"))).isEqualTo(Tensor.zeros(0, 3));
  }

  @ParameterizedTest
  @CsvSource({
    "object, never unpickled",
    "structured, expected a 'descr' that is one plain number",
    "complex, dtype \"c8\" is not one",
    "large-whole, holds 1.6777217E7",
    "large-double, holds 1.0E300"
  })
  void refusesWhatNoFloatHolds(String name, String reason) {
    Path file = GOLDEN.resolve("refused-" + name + ".npy");
    assertThatThrownBy(() -> Npy.read(file))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"stored", "deflated"})
  void readsNumpysArchives(String name) throws Exception {
    Tensors tensors = Npz.read(GOLDEN.resolve(name + ".npz"));
    assertThat(tensors.names()).containsExactly("quarters", "whole");
    assertThat(tensors.tensor("quarters")).isEqualTo(QUARTERS);
    assertThat(tensors.tensor("whole")).isEqualTo(WHOLE);
  }

  @Test
  void readsEveryTypeOfSafetensors() throws Exception {
    SafeTensors file = SafeTensors.read(GOLDEN.resolve("every-type.safetensors"));
    assertThat(file.metadata()).isEqualTo(Map.of("format", "pt", "made by", "numpy"));
    for (String name : List.of("F64", "F32", "F16", "BF16")) {
      assertThat(file.tensors().tensor(name)).isEqualTo(QUARTERS);
    }
    for (String name : List.of("I64", "I32", "I16", "I8", "U8")) {
      assertThat(file.tensors().tensor(name)).isEqualTo(WHOLE);
    }
    assertThat(file.tensors().tensor("BOOL")).isEqualTo(ODD);
    assertThat(file.tensors().names()).hasSize(10);
  }

  @Test
  void writesWhatItReads() throws Exception {
    Map<String, Tensor> byName = new LinkedHashMap<>();
    byName.put("weight \"ih\" ü", tensor(1 / 3f, 5, 2, 3, 5));
    byName.put("scalar", tensor(0, -0.0f));
    byName.put("empty", Tensor.zeros(2, 0));
    Tensors tensors = new Tensors(byName);
    byName.forEach(
        (name, tensor) -> {
          try {
            assertThat(Npy.read(name, Npy.bytes(tensor))).isEqualTo(tensor);
          } catch (RefusedException e) {
            throw new AssertionError(e);
          }
        });
    assertThat(Npz.read("", Npz.bytes(tensors))).isEqualTo(tensors);
    SafeTensors file = new SafeTensors(tensors, Map.of("a", "ü\n\""));
    assertThat(SafeTensors.read("", file.bytes())).isEqualTo(file);
  }

  @Test
  void numpyReadsWhatItWrites() throws Exception {
    Python.assumeModule("numpy");
    Npy.write(folder.resolve("a.npy"), QUARTERS);
    Npy.write(folder.resolve("scalar.npy"), tensor(0, 2.5f));
    Map<String, Tensor> byName = new LinkedHashMap<>();
    byName.put("row", tensor(1, 0, 3));
    byName.put("empty", Tensor.zeros(0, 2));
    Npz.write(folder.resolve("b.npz"), new Tensors(byName));
    String printed =
        Python.run(
            "read_arrays.py",
            folder.resolve("a.npy"),
            folder.resolve("scalar.npy"),
            folder.resolve("b.npz"));
    assertThat(printed)
        .isEqualTo(
            """
             (3, 4) float32 [[-1.0, -0.75, -0.5, -0.25], [0.0, 0.25, 0.5, 0.75], [1.0, 1.25, 1.5, 1.75]]
             () float32 2.5
            row (3,) float32 [0.0, 1.0, 2.0]
            empty (0, 2) float32 []
            """);
  }
}
