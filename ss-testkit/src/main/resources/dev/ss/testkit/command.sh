# command.sh LEDGER SECONDS [EXIT [CHILDREN]]: appends a line to the ledger when it begins and one
# when it ends, and prints its nonce. Except for the pause and the CHILDREN, it starts no process.
# If SECONDS is -, the first line of the input gives the seconds.
read -r now _ </proc/uptime
read -r nonce </proc/sys/kernel/random/uuid
echo "start $SS_JOB_ID $SS_ATTEMPT $PPID $nonce $now $$" >>"$1"
seconds=$2
[ "$seconds" != - ] || read -r seconds
children=
for _ in ${4:-}; do
  sleep 600 >/dev/null 2>&1 &
  children="$children $!"
done
[ "$seconds" = 0 ] || sleep "$seconds"
[ -z "$children" ] || kill $children
read -r now _ </proc/uptime
echo "end $SS_JOB_ID $SS_ATTEMPT $PPID $nonce $now $$" >>"$1"
echo "$nonce"
exit "${3:-0}"
