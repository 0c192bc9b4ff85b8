package io.sluice.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Opens a page in a browser without a window. */
final class Browser {
  private Browser() {}

  /**
   * What the page says of itself once its script has run: whatever the probe returns, what broke, whether it was drawn, and
   * whether it is wider than a small window. The test is skipped where there is no browser.
   *
   * @param probe body of a function that is called then
   */
  static JsonNode look(Path folder, String page, String probe)
      throws IOException, InterruptedException {
    Optional<Path> browser = browser();
    assumeTrue(browser.isPresent(), "no chromium on the PATH to look with");
    String script =
        """
        <script>
        const broken = [];
        addEventListener('error', (event) => broken.push(event.message));
        const probe = () => {
        %s
        };
        addEventListener('load', () => {
          const note = document.createElement('p');
          note.id = 'probe';
          let said = {};
          try { said = probe(); } catch (error) { broken.push(String(error)); }
          note.textContent = JSON.stringify({...said, broken,
            wide: document.documentElement.scrollWidth > innerWidth, drawn: document.body.dataset.drawn});
          document.body.append(note);
        });
        </script>
        """
            .formatted(probe);
    Path probed = folder.resolve("probed.html");
    Files.writeString(probed, page.replace("</head>", script + "</head>"));
    String seen = open(browser.get(), folder, probed);
    assertThat(seen).contains("<p id=\"probe\">");
    String said = seen.split("<p id=\"probe\">")[1].split("</p>")[0];
    return new ObjectMapper()
        .readTree(said.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"));
  }

  private static Optional<Path> browser() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder, "chromium"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** The page as it stands once its script has run. */
  private static String open(Path browser, Path folder, Path page)
      throws IOException, InterruptedException {
    Path seen = folder.resolve("seen.html");
    Process process =
        new ProcessBuilder(
                browser.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-sync",
                "--user-data-dir=" + folder.resolve("profile"),
                "--window-size=500,900",
                "--virtual-time-budget=3000",
                "--dump-dom",
                page.toUri().toString())
            .redirectOutput(seen.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("chromium ended").isTrue();
    return Files.readString(seen);
  }
}
