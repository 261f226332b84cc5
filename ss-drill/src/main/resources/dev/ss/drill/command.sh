# command.sh LEDGER SECONDS [CHILDREN]: writes a line into the ledger when it begins and one when it
# ends, and its nonce to its output. Nothing but the pause is a process of its own.
read -r now _ </proc/uptime
read -r nonce </proc/sys/kernel/random/uuid
echo "start $SS_JOB_ID $SS_ATTEMPT $PPID $nonce $now" >>"$1"
children=
for _ in ${3:-}; do
  sleep 600 >/dev/null 2>&1 &
  children="$children $!"
done
[ "$2" = 0 ] || sleep "$2"
[ -z "$children" ] || kill $children
read -r now _ </proc/uptime
echo "end $SS_JOB_ID $SS_ATTEMPT $PPID $nonce $now" >>"$1"
echo "$nonce"
