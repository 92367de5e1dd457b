/**
 * The loop, for any POSIX shell with curl, base64, head, tr and sleep. Arguments: seconds from one request to the next, how many requests, bytes of an
 * answer that are kept, then curl's own. Each request is one line, written at once when it is over:
 *
 *     NUMBER BASE64 STATUS SECONDS FIRSTBYTE BYTES ip=ADDRESS MESSAGE… EXITCODE
 *
 * BASE64 holds the headers and the begin of the body (empty without an answer), so nothing in an answer can be taken for a fact; FIRSTBYTE is seconds too;
 * BYTES is the size of the body; MESSAGE is curl's word on a failure. There is no time in it, since a small shell's `date` knows whole seconds only: the log has the moment of each line, which is the end of the request.
 * The pause runs beside the request, so requests begin in equal steps. The words of an answer's facts are split and joined again (without globbing, `-f`),
 * which takes line breaks out of MESSAGE.
 */
export const loopScript = String.raw`set -f
every=$1 most=$2 kept=$3
shift 3
trap 'exit 0' TERM INT
for tool in curl base64 head tr sleep; do
  command -v "$tool" >/dev/null || { echo "missing $tool"; exit 127; }
done
n=0
while [ "$n" -lt "$most" ]; do
  n=$((n + 1))
  sleep "$every" &
  line=$(
    exec 3>&1
    facts=$({ { curl "$@" -w '%{stderr}%{http_code} %{time_total} %{time_starttransfer} %{size_download} ip=%{remote_ip} %{errormsg}'; printf ' %s' "$?" >&2; } |
      head -c "$kept" | base64 | tr -d '\n' >&3; } 2>&1)
    printf ' %s' $facts
  )
  printf '%s %s\n' "$n" "$line"
  wait "$!"
done`;

/** What the loop calls itself: its `$0`. */
export const loopName = 'rollwatch-curl';
