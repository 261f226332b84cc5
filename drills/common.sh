# What drills/run and drills/alerts have in common; they source it from the repository's directory.

LIMIT=3600 # seconds; whatever hangs ends then

fail() {
  echo "$0: $*" >&2
  exit 2
}

java=${JAVA_HOME:+$JAVA_HOME/bin/}java

require_machine() {
  [ "$(uname -s)" = Linux ] || fail "the drills need Linux: signals, /proc, mounts and prlimit."
  command -v "$java" >/dev/null ||
    fail "there is no $java. Install a JDK 17 or newer, or set JAVA_HOME to one."
  if [ "$(id -u)" = 0 ]; then
    unshare -U true 2>/dev/null ||
      fail "PostgreSQL refuses to run as root, and user namespaces are not allowed here. Run this as another user."
  fi
}

jars=(ss-api/target/ss-api.jar ss-worker/target/ss-worker.jar ss-drill/target/ss-drill.jar)

needs_build() {
  local jar
  for jar in "${jars[@]}"; do
    [ -f "$jar" ] || return 0
    [ -z "$(find pom.xml ss-{common,testkit,api,worker,drill}/{pom.xml,src/main} -newer "$jar")" ] || return 0
  done
  return 1
}

build() {
  needs_build || return 0
  echo "$0: building …" >&2
  ./mvnw -q -B -Pdrill -pl ss-api,ss-worker,ss-drill -am -DskipTests package >&2 ||
    fail "the build failed; its messages are above."
  touch "${jars[@]}" # a jar that came out the same keeps its time
}

# Our processes work below our directory, their jobs' commands have their home there, and nothing
# else has.
end_processes() {
  local process
  for process in /proc/[0-9]*; do
    if [[ "$(readlink "$process/cwd" 2>/dev/null)/" == "$directory"/* ]] ||
      tr '\0' '\n' 2>/dev/null <"$process/environ" | grep -q "^HOME=$directory/"; then
      kill -KILL "${process#/proc/}" 2>/dev/null || true
    fi
  done
}

unmount() {
  awk -v d="$directory/" 'index($2, d) == 1 {print $2}' /proc/mounts | while read -r mounted; do
    umount "$mounted" || true
  done
}

clean_up() {
  trap - EXIT
  if [ -n "$child" ] && kill "$child" 2>/dev/null; then
    wait "$child" 2>/dev/null || true
  fi
  end_processes
  unmount
  if [ "$status" = 0 ]; then
    rm -rf "$directory"
  else
    rm -rf "$directory"{,/stoppable}/postgresql{,-data}
    echo "$0: logs and what else was written are in $directory" >&2
  fi
}

# run_in <name of a directory> <arguments>: runs what $drill names to Java, ends the script with its
# exit code, and leaves no process whichever way it ends.
run_in() {
  directory=$(realpath -m "${DRILLS_DIRECTORY:-target/drills}")/$1
  child=
  status=1
  shift
  trap clean_up EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  mkdir -p "$directory"
  # In the background: the shell heeds no signal while it waits for something in the foreground.
  timeout --foreground --kill-after=30 "$LIMIT" "$java" -Xmx256m "${drill[@]}" "$directory" . "$@" &
  child=$!
  status=0
  wait "$child" || status=$?
  child=
  exit "$status"
}
