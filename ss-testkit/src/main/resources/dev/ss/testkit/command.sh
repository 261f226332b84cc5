# command.sh LEDGER SECONDS [EXIT [CHILDREN]]: writes a line into the ledger when it begins and one
# when it ends, and its nonce to its output. Nothing but the pause is a process of its own. With - for
# SECONDS, the input says how many.
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
