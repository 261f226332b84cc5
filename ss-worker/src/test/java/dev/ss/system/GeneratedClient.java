package dev.ss.system;

import static java.util.stream.Collectors.toCollection;

import dev.ss.testkit.repository.Repository;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The client that the build has generated from openapi.yaml, compiled together with a program that
 * uses it.
 */
final class GeneratedClient {
  private static final Path MODULE = Repository.root().resolve("ss-worker");

  private final Path classes;

  private GeneratedClient(Path classes) {
    this.classes = classes;
  }

  /** Compiles both into this directory. */
  static GeneratedClient compiledInto(Path classes) {
    List<Path> sources = sources(MODULE.resolve("target/client/src/main/java"));
    sources.add(MODULE.resolve("src/test/client/WordCount.java"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      StringWriter said = new StringWriter();
      List<String> options =
          List.of(
              "-proc:none",
              "-nowarn",
              "-cp",
              System.getProperty("java.class.path"),
              "-d",
              classes.toString());
      boolean compiled =
          compiler
              .getTask(said, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
              .call();
      if (!compiled) {
        throw new AssertionError("the generated client does not compile:\n" + said);
      }
      return new GeneratedClient(classes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> sources(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .collect(toCollection(ArrayList::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Counts the words of a text with the program. */
  String countWords(String server, String text) throws ReflectiveOperationException, IOException {
    try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
      @SuppressWarnings("unchecked")
      Function<String, String> program =
          (Function<String, String>)
              loader.loadClass("WordCount").getConstructor(String.class).newInstance(server);
      return program.apply(text);
    }
  }
}
