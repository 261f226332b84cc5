package dev.ss.worker.run;

/**
 * Something that a command could do to others. Its script prints {@code open} if it succeeds. The
 * script's input is the path of the database file, the directory of another running attempt, and
 * the id of that one's process.
 */
enum Escape {
  ENVIRONMENT("read the worker's environment", "grep -q . /proc/$PPID/environ && echo open"),
  DATABASE("read the database file", "grep -q . \"$database\" && echo open"),
  SIGNAL("signal the worker", "kill -0 $PPID && echo open"),
  OTHER_ATTEMPT(
      "read the files of another attempt, or signal it",
      "{ grep -q . \"$other/secret\" || kill -0 $pid; } && echo open"),
  REMAINS(
      "leave a process behind that nobody recognises",
      "env -i sleep 300 </dev/null >/dev/null 2>&1 & echo $!"),
  /**
   * Half a second's work, for which a busy machine and a fast one have time, and a cgroup has not.
   */
  PROCESSORS(
      "use a processor without end",
      "timeout 15 sh -c 'i=0; while [ $i -lt 600000 ]; do i=$((i+1)); done' && echo open"),
  MEMORY(
      "use memory without end",
      "[ \"$(head -c 100000000 /dev/zero | tail -n 1 | wc -c)\" = 100000000 ] && echo open"),
  FILE("write a file without end", "head -c 3000000 /dev/zero >big && echo open"),
  FILES(
      "write files without end",
      "for i in 1 2 3 4 5; do head -c 900000 /dev/zero >$i || exit; done; echo open"),
  DESCRIPTORS("open files without end", "paste $(yes /dev/null | head -n 200) && echo open"),

  /** The last: what it leaves is counted until process 1 has noticed its end. */
  FORKS(
      "start processes without end",
      "i=0; while [ $i -lt 60 ]; do sleep 60 & i=$((i+1)); done; echo open");

  private static final String READ_INPUT = "read -r database; read -r other; read -r pid\n";

  private final String title;
  private final String script;

  Escape(String title, String script) {
    this.title = title;
    this.script = script;
  }

  /** As in the first column of the table in docs/deploy.md. */
  String title() {
    return title;
  }

  String script() {
    return READ_INPUT + script;
  }
}
