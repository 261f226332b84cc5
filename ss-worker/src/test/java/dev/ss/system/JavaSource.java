package dev.ss.system;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A Java source file, read by the JDK's own parser. */
record JavaSource(CompilationUnitTree tree) {

  /** Parses all source files in these directories and below; a directory may be missing. */
  static List<JavaSource> below(List<Path> directories) {
    List<Path> paths = directories.stream().flatMap(JavaSource::files).toList();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, List.of(), null, files.getJavaFileObjectsFromPaths(paths));
      return StreamSupport.stream(task.parse().spliterator(), false).map(JavaSource::new).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> files(Path directory) {
    if (!Files.isDirectory(directory)) {
      return Stream.of();
    }
    try (Stream<Path> paths = Files.walk(directory)) {
      return paths.filter(path -> path.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns whether the file declares the class of this name. */
  boolean declares(String className) {
    return tree.getSourceFile().isNameCompatible(className, tree.getSourceFile().getKind());
  }

  /** Returns the names of the methods that have an annotation whose name ends with {@code Test}. */
  List<String> tests() {
    return methods().stream()
        .filter(JavaSource::isTest)
        .map(method -> method.getName().toString())
        .toList();
  }

  private static boolean isTest(MethodTree method) {
    return method.getModifiers().getAnnotations().stream()
        .anyMatch(annotation -> annotation.getAnnotationType().toString().endsWith("Test"));
  }

  /** Returns the texts in the methods of this name that have a body. */
  List<String> textsIn(String method) {
    return methods().stream()
        .filter(each -> each.getName().contentEquals(method) && each.getBody() != null)
        .flatMap(each -> texts(each).stream())
        .toList();
  }

  /** Returns the texts in the file. Texts that are joined with + are one text. */
  List<String> texts() {
    return texts(tree);
  }

  private List<MethodTree> methods() {
    List<MethodTree> methods = new ArrayList<>();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitMethod(MethodTree method, Void unused) {
        methods.add(method);
        return super.visitMethod(method, null);
      }
    }.scan(tree, null);
    return methods;
  }

  private static List<String> texts(Tree tree) {
    List<String> texts = new ArrayList<>();
    new TreeScanner<Void, Void>() {
      private boolean joins;

      @Override
      public Void visitBinary(BinaryTree binary, Void unused) {
        scan(binary.getLeftOperand(), null);
        joins = binary.getKind() == Tree.Kind.PLUS;
        scan(binary.getRightOperand(), null);
        joins = false;
        return null;
      }

      @Override
      public Void visitLiteral(LiteralTree literal, Void unused) {
        if (literal.getValue() instanceof String text) {
          if (joins && !texts.isEmpty()) {
            texts.set(texts.size() - 1, texts.get(texts.size() - 1) + text);
          } else {
            texts.add(text);
          }
        }
        return null;
      }
    }.scan(tree, null);
    return texts;
  }
}
