package io.sluice.cli;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Ctrl-C, or SIGTERM: the first is heard here, a second one ends the process at once.
 *
 * <p>By reflection: the JDK hears signals by {@code sun.misc.Signal} alone, of which compilers warn whatever they are told.
 */
final class CtrlC {
  private CtrlC() {}

  /** Done once somebody asks this process to end. */
  static CompletableFuture<Void> heard() {
    CompletableFuture<Void> heard = new CompletableFuture<>();
    try {
      for (String signal : List.of("INT", "TERM")) {
        hear(signal, heard);
      }
      return heard;
    } catch (ReflectiveOperationException deaf) {
      throw new IllegalStateException("this Java hears no Ctrl-C: start it without -Xrs", deaf);
    }
  }

  private static void hear(String name, CompletableFuture<Void> heard)
      throws ReflectiveOperationException {
    Class<?> type = Class.forName("sun.misc.Signal");
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    Method handle = handler.getMethod("handle", type);
    Object[] before = new Object[1];
    Object ours =
        Proxy.newProxyInstance(
            CtrlC.class.getClassLoader(),
            new Class<?>[] {handler},
            (proxy, method, arguments) ->
                heard.complete(null) ? null : handle.invoke(before[0], arguments));
    Object signal = type.getConstructor(String.class).newInstance(name);
    before[0] = type.getMethod("handle", type, handler).invoke(null, signal, ours);
  }
}
