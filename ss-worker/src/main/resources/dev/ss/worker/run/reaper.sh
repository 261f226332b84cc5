# Waits for the end of its standard input, which the worker holds open for as long as it lives, and
# ends what the worker's running attempts have left behind. $1 is the directory of their directories.
# A child in which the worker has only begun to start a command holds that input open as well, until
# it has the attempt's input as its own: none is missed.
trap '' HUP INT QUIT TERM
while read -r _; do :; done

# An attempt that has ended has no directory any more: what its command left running on purpose
# stays. What one that has not ended has started carries its directory in the environment, or reads
# its input.
left() {
  for attempt in "$1"/*; do
    [ -d "$attempt" ] && printf 'SS_ATTEMPT_DIRECTORY=%s\n' "$attempt"
  done | grep -lsF -f - /proc/[0-9]*/environ
  for attempt in "$1"/*; do
    if [ -d "$attempt" ] && [ -f "$attempt.input" ]; then
      for process in /proc/[0-9]*; do
        [ "$process/fd/0" -ef "$attempt.input" ] && echo "$process/environ"
      done
    fi
  done
}

# Two looks that find nothing, because one that is killed may just have started another.
looks=50
empty=0
while [ $looks -gt 0 ] && [ $empty -lt 2 ] && ! rmdir "$1" 2>/dev/null; do
  empty=$((empty + 1))
  for environ in $(left "$1"); do
    empty=0
    process=${environ#/proc/}
    kill -KILL "${process%/environ}" 2>/dev/null
  done
  looks=$((looks - 1))
  sleep 0.1
done
rm -rf "$1" 2>/dev/null || { chmod -R u+rwx "$1" && rm -rf "$1"; }
