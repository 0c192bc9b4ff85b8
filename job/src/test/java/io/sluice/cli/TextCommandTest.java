package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextCommandTest {
  private final StringWriter err = new StringWriter();

  @TempDir private Path directory;

  @Test
  void saysInOneLineWhichFileIsNoTextToLearn() throws Exception {
    Path absent = directory.resolve("absent.txt");
    Path binary = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xC3, 0x28});
    Path brief = Files.writeString(directory.resolve("brief.txt"), "the time traveller");

    assertThat(refusal(absent)).isEqualTo(absent + ": is no file, expected a text");
    assertThat(refusal(directory)).isEqualTo(directory + ": is no file, expected a text");
    assertThat(refusal(binary)).isEqualTo(binary + ": is not UTF-8, expected a text");
    assertThat(refusal(brief))
        .isEqualTo(brief + ": a text of 18 letters and spaces, expected more than 1155");
  }

  @Test
  void tellsTheFirstEpochAndTheLast() throws Exception {
    Path text = Files.writeString(directory.resolve("text"), "the time traveller ".repeat(70));
    StringWriter out = new StringWriter();
    int code =
        Main.line()
            .setOut(new PrintWriter(out, true))
            .execute("text", "--file", text.toString(), "--epochs", "3");
    assertThat(code).isZero();
    assertThat(out.toString().lines().map(line -> line.replaceAll(" {2,}.*", "")))
        .contains("epoch 1 of 3", "epoch 3 of 3")
        .doesNotContain("epoch 2 of 3");
  }

  private String refusal(Path file) {
    err.getBuffer().setLength(0);
    int code =
        Main.line()
            .setErr(new PrintWriter(err, true))
            .execute("text", "--file", file.toString(), "--epochs", "1");
    assertThat(code).isOne();
    assertThat(err.toString()).startsWith("sluice: ").hasLineCount(1);
    return err.toString().substring("sluice: ".length()).strip();
  }
}
