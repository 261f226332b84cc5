import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ss.client.ApiClient;
import dev.ss.client.ApiException;
import dev.ss.client.JobTypesApi;
import dev.ss.client.JobsApi;
import dev.ss.client.JobsApi.APIAwaitJobRequest;
import dev.ss.client.JobsApi.APIGetLogRequest;
import dev.ss.client.JobsApi.APIGetOutputRequest;
import dev.ss.client.JobsApi.APIRetryJobRequest;
import dev.ss.client.JobsApi.APISubmitJobRequest;
import dev.ss.client.model.Job;
import dev.ss.client.model.JobState;
import dev.ss.client.model.JobType;
import dev.ss.client.model.Problem;
import dev.ss.client.model.Submission;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.util.List;
import java.util.function.Function;

/**
 * A program such as a client developer writes it, with the client that a generator has made of
 * openapi.yaml. Counts the words of a text: the README's flow.
 */
public class WordCount implements Function<String, String> {
  private final ApiClient client = new ApiClient();
  private final JobsApi jobs;

  public WordCount(String server) {
    client.updateBaseUri(server);
    client.setHttpClientBuilder(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1));
    jobs = new JobsApi(client);
  }

  @Override
  public String apply(String text) {
    try {
      return count(text);
    } catch (ApiException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private String count(String text) throws ApiException, IOException {
    List<String> types =
        new JobTypesApi(client).listJobTypes().getJobTypes().stream()
            .map(JobType::getJobType)
            .toList();
    require(types.contains("word-count"), types);

    Submission submission = new Submission().jobType("word-count").input(text);
    APISubmitJobRequest request =
        APISubmitJobRequest.newBuilder().submission(submission).idempotencyKey("a-key").build();
    Job job = jobs.submitJob(request);
    Job again = jobs.submitJob(request);
    require(again.getJobId().equals(job.getJobId()), again);

    Job ended = jobs.awaitJob(
            APIAwaitJobRequest.newBuilder().jobId(job.getJobId()).timeout("60s").build());
    require(ended.getState() == JobState.SUCCEEDED, ended);
    require(ended.getExitCode() == 0 && ended.getErrorCode() == null, ended);
    require(ended.getFinishedAt().isAfter(ended.getCreatedAt()), ended);
    require(
        jobs.getLog(APIGetLogRequest.newBuilder().jobId(job.getJobId()).build()).isEmpty(), "a log");
    requireProblem(job);
    APIGetOutputRequest output = APIGetOutputRequest.newBuilder().jobId(job.getJobId()).build();
    return Files.readString(jobs.getOutput(output).toPath());
  }

  private void requireProblem(Job succeeded) throws IOException {
    try {
      jobs.retryJob(APIRetryJobRequest.newBuilder().jobId(succeeded.getJobId()).build());
      require(false, "retried");
    } catch (ApiException e) {
      Problem problem = new ObjectMapper().readValue(e.getResponseBody(), Problem.class);
      require(problem.getStatus() == 409 && e.getCode() == 409, problem);
      require(problem.getCode().getValue().equals("job_not_retryable"), problem);
    }
  }

  private static void require(boolean condition, Object about) {
    if (!condition) {
      throw new IllegalStateException(String.valueOf(about));
    }
  }
}
