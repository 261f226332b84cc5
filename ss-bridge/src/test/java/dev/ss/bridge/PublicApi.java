package dev.ss.bridge;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Describes a module's public API: one line for each type and member that other modules can use.
 */
final class PublicApi {
  /** The methods that the compiler adds to every record. */
  private static final Set<String> OF_ANY_OBJECT = Set.of("equals", "hashCode", "toString");

  /** The implicit superclasses. */
  private static final Set<Class<?>> UNSAID = Set.of(Object.class, Record.class);

  private final Path classes;
  private final String home;

  private PublicApi(Path classes, String home) {
    this.classes = classes;
    this.home = home;
  }

  static String of(Path classes) throws IOException {
    ModuleDescriptor module;
    try (var descriptor = Files.newInputStream(classes.resolve("module-info.class"))) {
      module = ModuleDescriptor.read(descriptor);
    }
    StringBuilder lines = new StringBuilder();
    for (ModuleDescriptor.Exports exported : module.exports()) {
      new PublicApi(classes, exported.source()).types().forEach(lines::append);
    }
    return lines.toString();
  }

  private List<String> types() throws IOException {
    try (Stream<Path> files = Files.list(classes.resolve(home.replace('.', '/')))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
          .map(name -> load(home + "." + name.replace(".class", "")))
          .filter(PublicApi::reachable)
          .map(this::text)
          .sorted()
          .toList();
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, PublicApi.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean reachable(Class<?> type) {
    return offered(type.getModifiers())
        && !type.isAnonymousClass()
        && (type.getEnclosingClass() == null || reachable(type.getEnclosingClass()));
  }

  private static boolean offered(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private String text(Class<?> type) {
    String members =
        members(type).distinct().sorted().map(member -> "  " + member + "\n").collect(joining(""));
    return heading(type) + "\n" + members;
  }

  private String heading(Class<?> type) {
    List<String> parts = new ArrayList<>();
    parts.add(name(type.getName()) + parameters(type.getTypeParameters()) + ":");
    if (Modifier.isProtected(type.getModifiers())) {
      parts.add("protected");
    }
    if (type.isSealed()) {
      parts.add("sealed");
    } else if (Modifier.isFinal(type.getModifiers()) && !type.isRecord() && !type.isEnum()) {
      parts.add("final");
    } else if (Modifier.isAbstract(type.getModifiers()) && !type.isInterface()) {
      parts.add("abstract");
    }
    parts.add(kind(type));
    if (type.getSuperclass() != null && !UNSAID.contains(type.getSuperclass())) {
      parts.add("extends " + name(type.getGenericSuperclass()));
    }
    if (type.getInterfaces().length > 0) {
      parts.add("implements " + names(type.getGenericInterfaces()));
    }
    return String.join(" ", parts);
  }

  private static String kind(Class<?> type) {
    if (type.isInterface()) {
      return type.isAnnotation() ? "annotation" : "interface";
    }
    return type.isRecord() ? "record" : type.isEnum() ? "enum" : "class";
  }

  /** Includes members inherited from package-private types, because callers can use those too. */
  private Stream<String> members(Class<?> type) {
    Stream<? extends Member> own =
        Stream.of(type.getDeclaredFields(), type.getDeclaredMethods())
            .<Member>flatMap(Arrays::stream);
    Stream<String> inherited =
        Stream.concat(Stream.ofNullable(type.getSuperclass()), Arrays.stream(type.getInterfaces()))
            .filter(parent -> parent.getPackageName().equals(home) && !reachable(parent))
            .flatMap(this::members)
            .filter(member -> !member.startsWith("new("));
    return Stream.concat(
        Stream.concat(own, Arrays.stream(type.getDeclaredConstructors()))
            .filter(member -> offered(member.getModifiers()) && !member.isSynthetic())
            .filter(member -> !OF_ANY_OBJECT.contains(member.getName()))
            .map(this::text),
        inherited);
  }

  private String text(Member member) {
    String modifiers =
        Stream.of("protected", "static", "abstract")
            .filter(word -> Modifier.toString(member.getModifiers()).contains(word))
            .map(word -> word + " ")
            .collect(joining(""));
    if (member instanceof Field field) {
      return modifiers + name(field.getGenericType()) + " " + field.getName();
    }
    if (member instanceof Constructor<?> constructor) {
      return modifiers + signature("new", constructor);
    }
    Method method = (Method) member;
    String types = parameters(method.getTypeParameters());
    return modifiers
        + (types.isEmpty() ? "" : types + " ")
        + name(method.getGenericReturnType())
        + " "
        + signature(method.getName(), method);
  }

  private String signature(String name, Executable executable) {
    Type[] thrown = executable.getGenericExceptionTypes();
    return name
        + "("
        + names(executable.getGenericParameterTypes())
        + ")"
        + (thrown.length == 0 ? "" : " throws " + names(thrown));
  }

  private String parameters(TypeVariable<?>[] variables) {
    return variables.length == 0
        ? ""
        : Arrays.stream(variables)
            .map(variable -> variable.getName() + " extends " + names(variable.getBounds()))
            .map(variable -> variable.replace(" extends Object", ""))
            .collect(Collectors.joining(", ", "<", ">"));
  }

  private String names(Type[] types) {
    return Arrays.stream(types).map(this::name).collect(joining(", "));
  }

  private String name(Type type) {
    return name(type.getTypeName());
  }

  /** Drops the names of well-known packages and of this one. */
  private String name(String qualified) {
    return qualified
        .replace('$', '.')
        .replaceAll("\\bjava\\.(lang|util|time|util\\.function)\\.(?=[A-Z])", "")
        .replace(home + ".", "");
  }

  private static Collector<CharSequence, ?, String> joining(String between) {
    return Collectors.joining(between);
  }
}
