package dev.ss.worker.run;

import dev.ss.job.Attempt;
import dev.ss.job.JobType;
import dev.ss.job.Limits;
import dev.ss.worker.run.Confined.BorrowedUser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps commands in their place: within the limits of their job type, and as another user. A cgroup
 * enforces the limits that it can, and prlimit the others.
 */
public final class Confinement {
  private static final Logger LOG = LoggerFactory.getLogger(Confinement.class);

  /** Each line takes its own arguments and leaves those of the next. */
  private static final String JOIN = "echo $$ >\"$1\" || exit; shift\n";

  /**
   * So that the command can open {@code /dev/stdout} and {@code /dev/stderr}. In a subshell,
   * because the shell redirects its own streams while it runs a command.
   */
  private static final String OWN_STREAMS =
      "(exec \"$1\" \"$2\" /proc/$$/fd/1 /proc/$$/fd/2 2>/dev/null); shift 2\n";

  private static final String BECOME = "exec \"$@\"";

  private final Optional<Path> shell;
  private final Optional<Path> chown;
  private final Optional<CommandUsers> users;
  private final Cgroups cgroups;
  private final Prlimit prlimit;
  private final Map<String, Plan> byJobType = new HashMap<>();

  /** How the limits of a job type are enforced. */
  private record Plan(Limits limits, Set<Limit> byCgroup, List<String> prlimit) {}

  private Confinement(
      Commands commands, Optional<CommandUsers> users, Cgroups cgroups, Prlimit prlimit) {
    this.shell = commands.installed("sh");
    this.chown = commands.installed("chown");
    this.users = users;
    this.cgroups = cgroups;
    this.prlimit = prlimit;
  }

  /** Finds out how to enforce the limits, and warns of each that cannot be enforced. */
  public static Confinement of(Commands commands, Optional<CommandUsers> users) {
    return of(
        commands,
        users,
        cgroups(commands),
        Prlimit.installed(commands, users.filter(CommandUsers::areOwn).isPresent()));
  }

  private static Cgroups cgroups(Commands commands) {
    if (commands.all().stream().allMatch(each -> Limit.in(each.type().limits()).isEmpty())) {
      return Cgroups.none("no job type has limits");
    }
    return commands.installed("sh").isPresent()
        ? Cgroups.ofThisProcess()
        : Cgroups.none("there is no program sh");
  }

  static Confinement of(
      Commands commands, Optional<CommandUsers> users, Cgroups cgroups, Prlimit prlimit) {
    Confinement confinement = new Confinement(commands, users, cgroups, prlimit);
    commands.all().forEach(command -> confinement.plan(command.type()));
    return confinement;
  }

  private void plan(JobType type) {
    Set<Limit> byCgroup = EnumSet.noneOf(Limit.class);
    Set<Limit> byPrlimit = EnumSet.noneOf(Limit.class);
    for (Limit limit : Limit.in(type.limits())) {
      Optional<String> notByCgroup = cgroups.obstacle(limit);
      Optional<String> notByPrlimit = prlimit.obstacle(limit);
      if (notByCgroup.isEmpty()) {
        byCgroup.add(limit);
      } else if (notByPrlimit.isEmpty()) {
        byPrlimit.add(limit);
      } else {
        LOG.warn(
            "jobTypes.{}.limits.{} is not enforced: {}, and {}.",
            type.name(),
            limit.key(),
            notByCgroup.get(),
            notByPrlimit.get());
      }
    }
    byJobType.put(
        type.name(), new Plan(type.limits(), byCgroup, prlimit.launcher(byPrlimit, type.limits())));
  }

  /** Prepares for an attempt of a job type that this worker has. */
  Confined begin(Attempt attempt) throws IOException {
    Plan plan = Objects.requireNonNull(byJobType.get(attempt.jobType()));
    if (users.isEmpty() && plan.byCgroup().isEmpty() && plan.prlimit().isEmpty()) {
      return Confined.NOT;
    }
    Optional<Cgroup> cgroup = cgroups.create(attempt, plan.byCgroup(), plan.limits());
    Optional<BorrowedUser> user = users.map(all -> new BorrowedUser(all.borrow(), all));
    return new Confined(launcher(cgroup, user, plan), cgroup, user);
  }

  private List<String> launcher(
      Optional<Cgroup> cgroup, Optional<BorrowedUser> borrowed, Plan plan) {
    List<String> launcher = new ArrayList<>();
    if (cgroup.isPresent() || borrowed.isPresent()) {
      launcher.addAll(byShell(cgroup, borrowed));
    }
    borrowed.ifPresent(user -> launcher.addAll(user.user().launcher()));
    launcher.addAll(plan.prlimit());
    return launcher;
  }

  /** With the worker's own rights: the cgroup and the pipes are the worker's. */
  private List<String> byShell(Optional<Cgroup> cgroup, Optional<BorrowedUser> borrowed) {
    StringBuilder script = new StringBuilder();
    List<String> arguments = new ArrayList<>();
    cgroup.ifPresent(
        joined -> {
          script.append(JOIN);
          arguments.add(joined.members().toString());
        });
    borrowed.ifPresent(
        user -> {
          script.append(OWN_STREAMS);
          arguments.add(chown.orElseThrow().toString());
          arguments.add(Long.toString(user.user().user()));
        });
    List<String> launcher = new ArrayList<>();
    launcher.add(shell.orElseThrow().toString());
    launcher.addAll(List.of("-c", script.append(BECOME).toString(), Confined.SHELL_NAME));
    launcher.addAll(arguments);
    return launcher;
  }
}
