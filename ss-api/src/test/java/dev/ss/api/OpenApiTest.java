package dev.ss.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.api.problem.ProblemCode;
import dev.ss.api.report.Area;
import dev.ss.api.report.FindingCode;
import dev.ss.api.report.Verdict;
import dev.ss.api.support.ApiServerExtension;
import dev.ss.job.ErrorCode;
import dev.ss.job.JobState;
import dev.ss.job.RunOutcome;
import dev.ss.testkit.client.Answer;
import dev.ss.testkit.contract.OpenApi;
import dev.ss.testkit.repository.Repository;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.model.Resource;
import org.glassfish.jersey.server.model.ResourceMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * openapi.yaml and the code name the same things. That the answers are those of the document, the
 * tests' clients check at each answer.
 */
class OpenApiTest {
  @RegisterExtension static final ApiServerExtension API = new ApiServerExtension();

  /** Served by the bridge, beside Jersey. */
  private static final String METRICS = "GET /metrics";

  private static final OpenApi DOCUMENT = OpenApi.read();

  @Test
  void theDocumentIsServedAndNotAgainToWhoHasIt() throws IOException {
    Answer answer = API.http().get("/v1/openapi.yaml");

    assertThat(answer.header("Content-Type")).contains("application/yaml");
    assertThat(answer.text())
        .isEqualTo(
            Files.readString(
                Repository.root().resolve("ss-api/src/main/resources/dev/ss/api/openapi.yaml")));
    String tag = answer.header("ETag").orElseThrow();
    assertThat(API.http().get("/v1/openapi.yaml", "If-None-Match", tag).status()).isEqualTo(304);
  }

  @Test
  void noTextInItIsCutOffAtAComma() {
    assertThat(DOCUMENT.keysWithoutValue()).isEmpty();
  }

  @Test
  void itHasEveryRouteWithItsQueryParametersAndNoOther() {
    Map<String, Set<String>> documented = new TreeMap<>(DOCUMENT.queryParameters());
    assertThat(documented.remove(METRICS)).containsExactly("name[]", "peek");

    assertThat(documented).isEqualTo(served(API.jersey()));
  }

  private static Map<String, Set<String>> served(ResourceConfig jersey) {
    Map<String, Set<String>> routes = new TreeMap<>();
    Stream.concat(
            jersey.getClasses().stream(), jersey.getInstances().stream().map(Object::getClass))
        .distinct()
        .map(Resource::from)
        .filter(Objects::nonNull)
        .forEach(resource -> collect("", resource, routes));
    return routes;
  }

  private static void collect(String prefix, Resource resource, Map<String, Set<String>> routes) {
    String path = (prefix + "/" + resource.getPath()).replaceAll("/{2,}", "/");
    for (ResourceMethod method : resource.getAllMethods()) {
      routes
          .computeIfAbsent(method.getHttpMethod() + " " + path, route -> new TreeSet<>())
          .addAll(queryParameters(method.getInvocable().getDefinitionMethod()));
    }
    resource.getChildResources().forEach(child -> collect(path, child, routes));
  }

  private static List<String> queryParameters(Method method) {
    return Arrays.stream(method.getParameters())
        .flatMap(
            parameter ->
                parameter.isAnnotationPresent(BeanParam.class)
                    ? Arrays.stream(parameter.getType().getDeclaredFields())
                    : Stream.of(parameter))
        .map(place -> place.getAnnotation(QueryParam.class))
        .filter(Objects::nonNull)
        .map(QueryParam::value)
        .toList();
  }

  @Test
  void itHasEveryCodeOfAProblemUnderTheCodesStatus() {
    assertThat(DOCUMENT.values("Code"))
        .isEqualTo(names(ProblemCode.values(), ProblemCode::wireName));
    assertThat(DOCUMENT.codesByStatus())
        .allSatisfy(
            (status, codes) ->
                assertThat(codes)
                    .isSubsetOf(
                        Arrays.stream(ProblemCode.values())
                            .filter(code -> code.status() == status)
                            .map(ProblemCode::wireName)
                            .toList()));
    assertThat(DOCUMENT.codes())
        .containsExactlyInAnyOrderElementsOf(names(ProblemCode.values(), ProblemCode::wireName));
  }

  @Test
  void itHasEveryWordThatAnAnswerMayHave() {
    assertThat(DOCUMENT.values("FindingCode"))
        .isEqualTo(names(FindingCode.values(), FindingCode::wireName));
    assertThat(DOCUMENT.values("Area")).isEqualTo(names(Area.values(), Area::wireName));
    assertThat(DOCUMENT.values("Verdict")).isEqualTo(names(Verdict.values(), Verdict::wireName));
    assertThat(DOCUMENT.values("ErrorCode"))
        .isEqualTo(names(ErrorCode.values(), ErrorCode::wireName));
    assertThat(DOCUMENT.values("Outcome"))
        .startsWith("running")
        .endsWith(
            Arrays.stream(RunOutcome.values()).map(RunOutcome::wireName).toArray(String[]::new));
    assertThat(DOCUMENT.values("JobState")).isEqualTo(names(JobState.values(), JobState::wireName));
  }

  @Test
  void itHasTheFieldsOfSubmissions() {
    String known = String.join(", ", DOCUMENT.fields("Submission"));
    assertThat(API.http().submit("{\"no_such_field\": 1}").field("detail"))
        .endsWith("there are " + known + ".");
    String ofItems = String.join(", ", DOCUMENT.fields("BatchItem"));
    assertThat(
            API.http()
                .submitBatch("{\"jobs\": [{\"no_such_field\": 1}]}")
                .json()
                .at("/results/0/detail")
                .textValue())
        .endsWith("there are " + ofItems + ".");
  }

  private static <T> List<String> names(T[] values, Function<T, String> name) {
    return Arrays.stream(values).map(name).collect(Collectors.toList());
  }
}
